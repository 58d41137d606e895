/*
 * libgit2's diff of two sequences of tokens: lines, paragraphs or words. Each
 * distinct token is written as one short line and the two buffers go through
 * git_diff_buffers, so the algorithm is git's own, whatever bytes the tokens
 * hold. The result is a plain edit script.
 *
 *	struct gitdiff *d = gitdiff_new();
 *	struct gitdiff_run *runs;
 *	size_t count;
 *	if (gitdiff_tokens(&runs, &count, d, a, a_count, b, b_count,
 *			GITDIFF_PLAIN, &err) < 0)
 *		...
 *	gitdiff_free(d);
 *
 * A script covers both sides in order: equal runs, and between two of them at
 * most one deletion followed by at most one insertion. Beyond
 * GITDIFF_TOKENS_MAX on a side only the common start and end are found and
 * the middle is replaced as a whole, so time stays bounded.
 */
#ifndef STET_GITDIFF_H
#define STET_GITDIFF_H

#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum { GITDIFF_TOKENS_MAX = 1 << 15 };

enum gitdiff_op { GITDIFF_EQUAL, GITDIFF_DELETE, GITDIFF_INSERT };

struct gitdiff_run {
	enum gitdiff_op op;
	size_t left;  /* first token on the left; where it would be, if none */
	size_t right; /* first token on the right, likewise */
	size_t count; /* tokens, on both sides of an equal run */
};

enum gitdiff_mode {
	GITDIFF_PLAIN,   /* Myers with git's heuristics */
	GITDIFF_PATIENCE /* unique tokens first: for paragraphs */
};

struct gitdiff;

/* A differ, which keeps its buffers between calls; never NULL. */
struct gitdiff *gitdiff_new(void);
void gitdiff_free(struct gitdiff *d);

/*
 * Compares two arrays of tokens, which are equal when their bytes are. *runs
 * belongs to d and is valid until its next use. -1 when libgit2 fails.
 */
int gitdiff_tokens(struct gitdiff_run **runs, size_t *count, struct gitdiff *d,
	const struct str *left, size_t left_count, const struct str *right,
	size_t right_count, enum gitdiff_mode mode, struct err *err);

#endif
