/* How hits are printed: for people, or as JSON Lines. */
#ifndef STET_SEARCH_OUTPUT_H
#define STET_SEARCH_OUTPUT_H

#include <stdbool.h>

#include "cmd/search/search.h"
#include "common/base/strbuf.h"

/* Appends a hit as three lines; the match between `*`, or bold in `color`.
 * No byte of the text can steer a terminal. */
void output_text(struct strbuf *out, const struct search_hit *hit,
	enum search_mode mode, bool color);

/* Appends a hit as a line of JSON (stet-search(1)). */
void output_json(struct strbuf *out, const struct search_hit *hit,
	enum search_mode mode);

#endif
