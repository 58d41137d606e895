/*
 * What the words in a class or id tell of an element (classes.words). Words end
 * at what is no letter and at a capital after a small letter: "post-Date" and
 * "postDate" have the word "date", "update" does not.
 *
 *	struct classwords words = { 0 };
 *	if (classwords_read(&words, class) & CLASSWORDS_AUTHOR)
 *		...
 */
#ifndef STET_EXTRACT_CLASSWORDS_H
#define STET_EXTRACT_CLASSWORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

enum {
	CLASSWORDS_BYTES = 512,
	CLASSWORDS_MEMO = 256 /* a power of two */
};

enum classwords_lists {
	CLASSWORDS_AUTHOR = 1 << 0,
	CLASSWORDS_DATE = 1 << 1,
	CLASSWORDS_DATE_SURE = 1 << 2, /* a word that means nothing else */
	CLASSWORDS_CHALLENGE = 1 << 3, /* of a proof of being human */
	CLASSWORDS_CONSENT = 1 << 4,
	/* of what stands beside an article: see boilerplate.h */
	CLASSWORDS_RELATED = 1 << 5,
	CLASSWORDS_COMMENT = 1 << 6,
	CLASSWORDS_BYLINE = 1 << 7,
	CLASSWORDS_CAPTION = 1 << 8,
	CLASSWORDS_FOOTER = 1 << 9,
	CLASSWORDS_NAV = 1 << 10,
	CLASSWORDS_CONSENT_BOX = 1 << 11,
	CLASSWORDS_PROMO = 1 << 12,
	CLASSWORDS_AD = 1 << 13,
	CLASSWORDS_SHARE = 1 << 14,
	CLASSWORDS_SOFT = 1 << 15,   /* names articles as well */
	CLASSWORDS_LAYOUT = 1 << 16, /* beside one of those: of layout */
	CLASSWORDS_STANDFIRST = 1 << 17,
	CLASSWORDS_APART = 1 << 18,  /* a standfirst within the text */
	CLASSWORDS_DIALOG = 1 << 19, /* a window over the page */
	CLASSWORDS_WALL = 1 << 20    /* what a paywall stands in */
};

/* A value and its lists: on most pages each value stands many times. */
struct classwords_memo {
	struct str value;
	uint32_t lists;
};

/* Begins as zeros. */
struct classwords {
	struct classwords_memo memo[CLASSWORDS_MEMO];
};

/*
 * The lists of all words in `s`, which must last as long as w; 0 for one
 * longer than CLASSWORDS_BYTES, as no person writes them.
 */
uint32_t classwords_read(struct classwords *w, struct str s);

/* A walk over the words of an attribute; `rest` is its value at first. */
struct classwords_walk {
	struct str rest;
	struct str word;
	uint32_t lists; /* of the word */
	uint32_t pair;  /* of the word before and this one together */
	bool fresh;     /* white space is in front */
	bool goes_on;
};

/* The next word; false at the end. */
bool classwords_next(struct classwords_walk *walk);

/* Whether a name of one of the lists is anywhere in `s`. */
bool classwords_within(struct str s, uint32_t lists);

#endif
