/*
 * What is known of a page while its article is being looked for: handed from
 * step to step, filled from the top.
 */
#ifndef STET_EXTRACT_PAGE_H
#define STET_EXTRACT_PAGE_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/web/html.h"

struct page {
	struct str url;     /* absolute; of the hop that answered */
	struct str fetched; /* RFC 3339 UTC; may be empty */
	struct str headers; /* of HTTP, as they came; may be empty */
	struct html html;   /* the page after the charset decision */
	struct arena *arena;
};

#endif
