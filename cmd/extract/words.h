/*
 * How alike two short texts are, by their words: is this heading the title,
 * is this block the standfirst? Words are runs of letters and digits in lower
 * case; a Han or kana character is a word of its own.
 */
#ifndef STET_EXTRACT_WORDS_H
#define STET_EXTRACT_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/str.h"

enum { WORDS_MAX = 96 }; /* words beyond are not looked at */

struct words {
	uint32_t hashes[WORDS_MAX];
	size_t count;
};

/* The words of s. */
void words_read(struct words *out, struct str s);

/* How many words s has (not limited by WORDS_MAX). */
size_t words_count(struct str s);

/* The share, 0 to 1, of a's words that b has too; 0 when a has none. */
double words_share(const struct words *a, const struct words *b);

/* Whether both have the same words in the same order, and at least one. */
bool words_same(struct str a, struct str b);

/* The smaller of both shares: 1 for the same words in any order. */
double words_alike(struct str a, struct str b);

#endif
