/*
 * When it was published and last changed, as the page says: a date with the
 * time and the zone that were written, never more.
 */
#ifndef STET_EXTRACT_PUBLISHED_H
#define STET_EXTRACT_PUBLISHED_H

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "common/base/str.h"

struct published {
	struct str published; /* RFC 3339, or a date alone; "" unknown */
	struct str modified;
};

/*
 * Looks in JSON-LD, meta elements, marked elements, the URL and last the text
 * about `heading` (a node, or HTML_NONE). `lang` is the page's language and
 * tells 3/4/2024 apart. A date after the day of the fetch does not count.
 */
void published_find(struct published *out, const struct facts *f,
	const struct body *body, uint32_t heading, struct str lang);

#endif
