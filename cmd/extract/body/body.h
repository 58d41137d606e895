/*
 * Which part of a page is its article, as blocks of text.
 *
 *	struct body_hints hints = { ... what the metadata say };
 *	struct body body;
 *	if (body_find(&body, &page, &hints, NULL, &err) < 0)
 *		... the page needs more memory than its arena has
 *	... body.blocks, body.summary; body.chars is 0 without a text
 *
 * One pass makes a flat array of text blocks and, for each element, the range
 * of blocks that it covers; the rest is sums over ranges. All views point
 * into the page's arena.
 */
#ifndef STET_EXTRACT_BODY_H
#define STET_EXTRACT_BODY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/extract/page/page.h"
#include "common/article/article.h"
#include "common/base/err.h"

enum { BODY_TITLES = 8, BODY_DESCRIPTIONS = 6, BODY_SIGNALS = 12 };

/* What metadata tell the search; every string may be empty. */
struct body_hints {
	struct str titles[BODY_TITLES]; /* og:title, twitter:title, title, ld */
	size_t titles_count;
	struct str descriptions[BODY_DESCRIPTIONS];
	size_t descriptions_count;
	struct str site;      /* og:site_name or the publisher */
	struct str ld_body;   /* JSON-LD articleBody, plain text */
};

struct body {
	struct block *blocks;
	size_t blocks_count;
	struct str summary;  /* the standfirst */
	size_t chars;        /* of the blocks' text; CJK count 3 */
	uint32_t root;       /* the node that holds the article, or HTML_NONE */
	uint32_t heading;    /* the node of the title heading, or HTML_NONE */
	struct str heading_text;
	double confidence;   /* 0 to 1 */
	struct strlist signals; /* what made it: "title-anchor", "hidden" */
	double mass_share;   /* of the page's prose that lies in the root */
	size_t page_chars;   /* of all text blocks of the page */
	size_t link_chars;   /* of these, within links */
	size_t prose_blocks; /* kept blocks that read as sentences */
	bool from_ld;        /* the text is the JSON-LD's */
	bool from_state;     /* the text is of the page's own program */
	bool from_hidden;    /* the text was found in hidden parts */
};

/*
 * `left_out` (by node) names elements that are not looked at, or is NULL. -1
 * only when the arena is full.
 */
int body_find(struct body *out, const struct page *page,
	const struct body_hints *hints, const bool *left_out,
	struct err *err);

#endif
