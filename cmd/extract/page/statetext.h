/*
 * The article in the state that a page hands to its own program: JSON in
 * <script id="__NEXT_DATA__"> and its kin, on pages that show nothing before
 * the program has run. No two sites name its members alike, so it is known by
 * its size and by the page's title near it: one long string, or a list of
 * paragraphs.
 */
#ifndef STET_EXTRACT_STATETEXT_H
#define STET_EXTRACT_STATETEXT_H

#include <stddef.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/web/html.h"

enum {
	STATETEXT_CHARS = 1000, /* a shorter text is a teaser or a notice */
	STATETEXT_BYTES = 1 << 20
};

/*
 * The text, paragraphs ending in '\n', or "" where none is found: the longest
 * within an object whose title is one of `titles`, or the only one there is and
 * under no other headline.
 * -1 when the arena is full.
 */
int statetext_read(struct str *out, const struct html *h,
	const struct str *titles, size_t titles_count, struct arena *arena);

#endif
