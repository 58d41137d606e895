/* What rows.c and rowsinline.c share. */
#ifndef STET_ROWSIMPL_H
#define STET_ROWSIMPL_H

#include "common/diff/align.h"
#include "common/diff/wordsdiff.h"
#include "common/git/gitdiff.h"
#include "common/page/rows.h"
#include "common/text/words.h"

struct rows {
	struct align *align;
	struct gitdiff *differ;
	struct wordsdiff words; /* of headline, byline, summary */
	const struct document *left, *right;
	/* For a moved paragraph, by its index on the left: the rows where it
	 * left and where it came to. */
	size_t *from, *to;
	size_t cap;
};

#endif
