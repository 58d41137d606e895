/* How hits are printed: for people, or as JSON Lines. */
#ifndef STET_SEARCH_OUTPUT_H
#define STET_SEARCH_OUTPUT_H

#include <stdbool.h>

#include "common/base/strbuf.h"
#include "common/search/search.h"

/* Appends a hit as three lines; the match between `*`, or bold in `color`.
 * No byte of the text can steer a terminal. */
void output_text(struct strbuf *out, const struct search_hit *hit,
	enum search_mode mode, bool color);

#endif
