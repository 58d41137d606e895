/*
 * A text as words, numbers, punctuation and symbols, in every script.
 *
 *	struct words words;
 *	words_init(&words);
 *	words_split(&words, text);
 *	for (size_t i = 0; i < words.count; i++)
 *		switch (words.tokens[i].kind) ...
 *	words_release(&words);
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

#include "common/base/str.h"

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

#endif
