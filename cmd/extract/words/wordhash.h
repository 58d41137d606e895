/*
 * How alike two short texts are, by their words: is this heading the title,
 * is this block the standfirst? Words are runs of letters and digits in lower
 * case; a Han or kana character is a word of its own.
 */
#ifndef STET_EXTRACT_WORDHASH_H
#define STET_EXTRACT_WORDHASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

enum { WORDHASHES_MAX = 96 }; /* words beyond are not looked at */

struct wordhashes {
	uint32_t hashes[WORDHASHES_MAX];
	size_t count;
};

/* The words of s. */
void wordhash_read(struct wordhashes *out, struct str s);

/* Takes the next word off the front of *s: its hash; false at the end. */
bool wordhash_next(uint32_t *hash, struct str *s);

/* How many words s has (not limited by WORDHASHES_MAX). */
size_t wordhash_count(struct str s);

/* The share, 0 to 1, of a's words that b has too; 0 when a has none. */
double wordhash_share(const struct wordhashes *a, const struct wordhashes *b);

/* Whether both have the same words in the same order, and at least one. */
bool wordhash_same(struct str a, struct str b);

/* The smaller of both shares: 1 for the same words in any order. */
double wordhash_alike(struct str a, struct str b);

#endif
