/*
 * The inner part of common/diff/align.h: given what libgit2's diff on
 * paragraphs left the same, finds which of the other paragraphs belong
 * together.
 *	struct pairs *p = pairs_new();
 *	pairs_find(p, left, left_count, right, right_count, runs, runs_count);
 *	const struct pair *pair = pairs_of_left(p, 3);
 *	pairs_free(p);
 */
#ifndef STET_ALIGNPAIRS_H
#define STET_ALIGNPAIRS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/article/article.h"
#include "common/git/gitdiff.h"

struct pair {
	size_t left, left_count;
	size_t right, right_count;
	int similarity; /* 0 to 1000, by the words shared */
	bool moved;     /* it crosses others */
};

struct pairs;

/* Never NULL. */
struct pairs *pairs_new(void);
void pairs_free(struct pairs *p);

/*
 * Finds the pairs anew. Those that did not move are in the same order on both
 * sides and cross no equal run; a paragraph belongs to one pair at most.
 */
void pairs_find(struct pairs *p, const struct block *left, size_t left_count,
	const struct block *right, size_t right_count,
	const struct gitdiff_run *runs, size_t runs_count);

/* The pair that holds a block, or NULL. Valid until the next pairs_find. */
const struct pair *pairs_of_left(const struct pairs *p, size_t block);
const struct pair *pairs_of_right(const struct pairs *p, size_t block);

#endif
