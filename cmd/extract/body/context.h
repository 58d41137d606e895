/* What an element says of all the text in it. */
#ifndef STET_EXTRACT_CONTEXT_H
#define STET_EXTRACT_CONTEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/extract/body/passage.h"

/* What a node hands down to all below it. */
enum context {
	IN_LINK = 1 << 16,
	IN_TABLE = 1 << 17,
	IN_LAYOUT = 1 << 18, /* a table that only lays out what is in it */
	INHERITED = PASSAGE_FIGURE | PASSAGE_HIDDEN | PASSAGE_EMBED |
		PASSAGE_HEADING | PASSAGE_ITEM | PASSAGE_QUOTE | PASSAGE_CELL |
		PASSAGE_PRE | PASSAGE_PARAGRAPH | PASSAGE_NOSCRIPT |
		PASSAGE_TERM | IN_LINK | IN_TABLE | IN_LAYOUT
};

/* The context of element i within one whose context is `above`. */
uint32_t context_of(const struct html *h, uint32_t i, uint32_t above);

/*
 * Whether an inline element is said beside the text and not in it: a tooltip,
 * what is for screen readers alone, or what is hidden within a sentence.
 */
bool context_is_aside(const struct html *h, uint32_t i, bool in_sentence);

/* Whether it is a box that opens over the text: "tooltip-content". */
bool context_is_pop_up(const struct html *h, uint32_t i);

/*
 * Whether it is a part of the text that readers unfold: the panel of an
 * accordion or of tabs (WAI-ARIA Authoring Practices).
 */
bool context_unfolds(const struct html *h, uint32_t i);

/* Whether a class hides its elements, as style sheets commonly have it. */
bool context_hides(struct str class);

#endif
