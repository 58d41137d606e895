/*
 * A link: an article's URL and what is known of it, as one line of
 * tab-separated values (stet-link(5)). Missing trailing fields are empty, so
 * a plain list of URLs is a valid input.
 *
 *	struct link link;
 *	if (link_parse(&link, line, &arena, &err) < 0)
 *		... not a link; err names the reason
 *	link_write(&out, &link);
 */
#ifndef STET_LINK_H
#define STET_LINK_H

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { LINK_LINE_BYTES = 64 * 1024, LINK_URL_BYTES = 8192 };

struct link {
	struct str url;           /* absolute, http or https */
	struct str source;        /* name of the source it was found in */
	struct str found;         /* RFC 3339, UTC: when it was found */
	struct str published;     /* RFC 3339, as the feed has it */
	struct str title;         /* as the feed has it */
	struct str etag;          /* validators of the stored response, */
	struct str last_modified; /* bytes as they were received */
	struct str referrer;      /* the feed or page that named it */
	struct str misses;        /* "COUNT/SINCE": "not found" in a row so far,
	                             and the RFC 3339 time of the first */
	struct str doubt;         /* what is remembered of the article: text of
	                             common/article/memory.h */
};

/*
 * Parses one line (without its newline). Fields without escapes are views of
 * the line, the others lie in `arena`. -1: the first field is no absolute
 * http(s) URL, or a field is not UTF-8.
 */
int link_parse(struct link *out, struct str line, struct arena *arena,
	struct err *err);

/* Appends the line with its newline; empty fields at the end are left out. */
void link_write(struct strbuf *out, const struct link *link);

#endif
