/*
 * The difference of two texts on their words (common/text/words.h), found by
 * libgit2's diff (common/git/gitdiff.h).
 *
 *	struct wordsdiff diff;
 *	wordsdiff_init(&diff);
 *	if (wordsdiff_run(&diff, differ, left, right, &err) < 0)
 *		...
 *	for (size_t i = 0; i < diff.count; i++)
 *		switch (diff.spans[i].op) ...
 *	wordsdiff_release(&diff);
 */
#ifndef STET_WORDSDIFF_H
#define STET_WORDSDIFF_H

#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitdiff.h"
#include "common/text/words.h"

/*
 * Spans cover both texts: the left parts in a row are the left text, the
 * right parts the right one, white space included (it ends the span of the
 * token before it). An equal span has both, and they may differ in white
 * space alone. Short equal spans between changes ("the", ",") are dissolved
 * into them, so that the marks read well.
 */
struct wordsdiff_span {
	enum gitdiff_op op;
	struct str left;  /* empty in an insertion */
	struct str right; /* empty in a deletion */
	size_t words;
};

struct wordsdiff {
	struct wordsdiff_span *spans;
	size_t count, cap;
	size_t added, removed; /* words within insertions and deletions */
	struct words left, right;
};

void wordsdiff_init(struct wordsdiff *d);
void wordsdiff_release(struct wordsdiff *d);

/* Fills d anew; its spans are views into the texts. -1 as gitdiff_tokens. */
int wordsdiff_run(struct wordsdiff *d, struct gitdiff *differ, struct str left,
	struct str right, struct err *err);

#endif
