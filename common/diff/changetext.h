/*
 * The classes of an edit within one text, a part of common/diff/change.h:
 * which of its words changed, and where they were.
 *
 *	struct changetext *t = changetext_new();
 *	wordsdiff_run(&diff, differ, left, right, &err);
 *	unsigned classes = changetext_classes(t, &diff, &how);
 *	changetext_free(t);
 */
#ifndef STET_CHANGETEXT_H
#define STET_CHANGETEXT_H

#include <stdbool.h>

#include "common/base/str.h"
#include "common/diff/wordsdiff.h"
#include "common/text/words.h"

/* What is known of the text. */
struct changetext_how {
	bool bare;         /* it may be a bare date: a paragraph */
	bool opens;        /* the first paragraph: "LONDON, Nov 23 - " */
	bool quote;        /* all of it is a quotation */
	bool nouns;        /* its language writes all nouns with capitals */
};

struct changetext;

/* Never NULL. */
struct changetext *changetext_new(void);
void changetext_free(struct changetext *t);

/*
 * CHANGE_NUMBERS, _QUOTES, _NAMES, _TEXT, _DATELINE, _PUNCTUATION and
 * _WHITESPACE, as far as they apply; 0 for equal bytes.
 */
unsigned changetext_classes(struct changetext *t, const struct wordsdiff *d,
	const struct changetext_how *how);

/* Whether the text holds a quotation of at least three words. */
bool changetext_has_quote(struct changetext *t, struct str text);

/* Whether all of the text is a date line. */
bool changetext_is_dateline(struct changetext *t, struct str text, bool bare);

/* Whether two texts have the same words in order, whatever the marks. */
bool changetext_same_words(struct changetext *t, const struct words *left,
	const struct words *right);

#endif
