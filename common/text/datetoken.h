/*
 * A date's parts as tokens, for date.c and dateclock.c alone: numbers, words
 * and the bytes between them.
 */
#ifndef STET_DATETOKEN_H
#define STET_DATETOKEN_H

#include <stdbool.h>
#include <stddef.h>

#include "common/text/date.h"
#include "common/base/str.h"

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_WORD, TOKEN_MARK };

struct datetoken {
	enum token_kind kind;
	int value;   /* of a number of at most 9 digits */
	int digits;
	char mark;   /* '.', '/', '-', ',', ':', '+' or another byte */
	struct str text;
	size_t at, end; /* offsets */
	bool spaced; /* white space in front */
};

/* The token at or behind offset `at`; TOKEN_END at the end. */
struct datetoken datetoken_at(struct str s, size_t at);

/* The token behind t. */
struct datetoken datetoken_after(struct str s, const struct datetoken *t);

bool datetoken_is_mark(const struct datetoken *t, char c);

/* Whether t is this word, in any case of ASCII. */
bool datetoken_is_word(const struct datetoken *t, const char *word);

/* Four digits that can be a year. */
bool datetoken_is_year(const struct datetoken *t);

/* One or two digits from 1 to max. */
bool datetoken_is_small(const struct datetoken *t, int max);

/* The month that t names, or 0. */
int datetoken_month(const struct datetoken *t);

/* Whether a digit stands within a few bytes behind t. */
bool datetoken_before_digit(struct str s, const struct datetoken *t);

/* Finds the time of day within a few bytes behind *end, and moves *end. */
void dateclock_read(struct date *d, struct str s, unsigned flags, size_t *end);

/* The same for a clock between day and year, within [from, to). */
void dateclock_read_inner(struct date *d, struct str s, unsigned flags,
	size_t from, size_t to);

#endif
