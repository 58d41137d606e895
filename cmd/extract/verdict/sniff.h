/* What a body is, by its media type and its first bytes. */
#ifndef STET_EXTRACT_SNIFF_H
#define STET_EXTRACT_SNIFF_H

#include "common/base/str.h"

enum { SNIFF_BYTES = 1024 };

enum sniff_kind {
	SNIFF_HTML,
	SNIFF_FEED, /* RSS, Atom, JSON Feed, OPML, a sitemap: links' matter */
	SNIFF_OTHER
};

/*
 * The kind of a body whose Content-Type is `type` (may be empty). Bytes that
 * are plainly something else beat the type.
 */
enum sniff_kind sniff_page(struct str type, struct str body);

#endif
