/*
 * Where the article of a page begins at the earliest: what follows is judged
 * by it, however much of it there is.
 *
 *	struct anchor anchor;
 *	anchor_find(&anchor, &passages, &hints);
 *	if (anchor.lead == HTML_NONE)
 *		... nothing on the page says where
 *
 * It is the headline where there is one that has a title's words; else what
 * repeats a title outside of a heading, else the paragraph that begins as the
 * description does, else the first h1.
 */
#ifndef STET_EXTRACT_ANCHOR_H
#define STET_EXTRACT_ANCHOR_H

#include "cmd/extract/body/body.h"
#include "cmd/extract/body/passage.h"

struct anchor {
	uint32_t passage; /* the headline, or what stands for it; HTML_NONE */
	uint32_t lead;    /* the first prose from there on; HTML_NONE */
};

void anchor_find(struct anchor *out, const struct passages *ps,
	const struct body_hints *hints);

/* Whether a passage is prose: no figure and nothing that has a reason. */
bool anchor_is_prose(const struct passage *p);

#endif
