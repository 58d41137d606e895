/*
 * A text as words, numbers, punctuation and symbols, in every script, and
 * the difference of two texts on them (libgit2's, by common/gitdiff.h).
 *
 *	struct words_diff diff;
 *	words_diff_init(&diff);
 *	if (words_diff(&diff, differ, left, right, &err) < 0)
 *		...
 *	for (size_t i = 0; i < diff.count; i++)
 *		switch (diff.spans[i].op) ...
 *	words_diff_release(&diff);
 *
 * A word is a run of letters, digits and marks, with the apostrophes, points
 * and commas inside it ("isn't", "1.5", "U.S"); a script without spaces gives
 * a word a character. A sign or a currency before digits and a % after them
 * are part of the number. White space is no token: it goes with the token
 * before it.
 */
#ifndef STET_WORDS_H
#define STET_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "common/gitdiff.h"
#include "common/str.h"

enum words_kind {
	WORDS_WORD,
	WORDS_NUMBER, /* a word with a digit in it */
	WORDS_PUNCT,  /* one character */
	WORDS_SYMBOL  /* one character: currency, pictures */
};

struct words_token {
	struct str text;     /* a view into the text, without space */
	enum words_kind kind;
	bool upper;          /* it begins with a capital */
};

struct words {
	struct words_token *tokens;
	size_t count, cap;
};

void words_init(struct words *w);
void words_release(struct words *w);

/* Appends the tokens of s, valid UTF-8, as views into it. */
void words_split(struct words *w, struct str s);

/* Whether a token counts as a word: words and numbers. */
bool words_counts(const struct words_token *token);

/* How many words are in s. */
size_t words_in(struct str s);

/*
 * Spans cover both texts: the left parts in a row are the left text, the
 * right parts the right one, white space included (it ends the span of the
 * token before it). An equal span has both, and they may differ in white
 * space alone. Short equal spans between changes ("the", ",") are dissolved
 * into them, so that the marks read well.
 */
struct words_span {
	enum gitdiff_op op;
	struct str left;  /* empty in an insertion */
	struct str right; /* empty in a deletion */
	size_t words;
};

struct words_diff {
	struct words_span *spans;
	size_t count, cap;
	size_t added, removed; /* words within insertions and deletions */
	struct words left, right;
};

void words_diff_init(struct words_diff *d);
void words_diff_release(struct words_diff *d);

/* Fills d anew; its spans are views into the texts. -1 as gitdiff_tokens. */
int words_diff(struct words_diff *d, struct gitdiff *differ, struct str left,
	struct str right, struct err *err);

#endif
