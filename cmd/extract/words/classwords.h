/*
 * What the words in a class or id tell of an element. Words end at what is no
 * letter and at a capital after a small letter: "post-Date" and "postDate"
 * have the word "date", "update" does not.
 *
 *	struct classwords words;
 *	classwords_init(&words);
 *	if (classwords_read(&words, class) & CLASSWORDS_AUTHOR)
 *		...
 */
#ifndef STET_EXTRACT_CLASSWORDS_H
#define STET_EXTRACT_CLASSWORDS_H

#include <stdint.h>

#include "common/base/str.h"

enum {
	CLASSWORDS_SLOTS = 256,
	CLASSWORDS_BYTES = 512,
	CLASSWORDS_MEMO = 256 /* a power of two */
};

enum classwords_flags {
	CLASSWORDS_AUTHOR = 1 << 0,
	CLASSWORDS_DATE = 1 << 1,
	CLASSWORDS_DATE_SURE = 1 << 2, /* of a word that means nothing else */
	CLASSWORDS_CHALLENGE = 1 << 3, /* of a proof of being human */
	CLASSWORDS_CONSENT = 1 << 4
};

/* A value and its flags: on most pages each value stands many times. */
struct classwords_memo {
	struct str value;
	unsigned flags;
};

struct classwords {
	struct classwords_memo memo[CLASSWORDS_MEMO];
	uint8_t slots[CLASSWORDS_SLOTS]; /* place in the list + 1, by hash */
};

/* Fills the table. */
void classwords_init(struct classwords *w);

/*
 * The flags of all words in `s`, which must last as long as w; 0 for one
 * longer than CLASSWORDS_BYTES, as no person writes them.
 */
unsigned classwords_read(struct classwords *w, struct str s);

#endif
