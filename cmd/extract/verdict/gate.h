/*
 * Whether a page says that it shows a part of its article only: a metered or
 * hard paywall, a registration wall. Told by isAccessibleForFree in JSON-LD and
 * by what such walls say (the list gate of walls.words) beside the text or in
 * an overlay; a page that has its whole text may say so too, so it is evidence
 * and no verdict.
 */
#ifndef STET_EXTRACT_GATE_H
#define STET_EXTRACT_GATE_H

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "common/article/article.h"
#include "common/base/str.h"

enum {
	GATE_BLOCK_BYTES = 120, /* a longer block is the article's */
	GATE_TEXT_BYTES = 400, /* a longer text is no gate */
	GATE_FOOT_BYTES = 1500 /* below the article's element */
};

struct gate {
	struct str evidence; /* what was seen, one line; "" for nothing */
	bool said;           /* in words that readers see */
};

/*
 * `a` has the blocks: what stands in one of them is the article's own, unless
 * it is a short block with just these words, which is taken out.
 */
void gate_find(struct gate *out, const struct facts *f,
	const struct body *body, struct article *a);

#endif
