/*
 * Feeds and sitemaps in XML: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, OPML,
 * sitemaps, news sitemaps and sitemap indexes, all by one set of events, as
 * feeds mix each other's elements.
 *
 *	struct feed feed;
 *	if (feed_read(&feed, utf8, &sink, &err) < 0)
 *		... err says why; the links before it have been given
 *
 * The address of an entry is, in this order: feedburner's original link, RSS
 * link or Atom's rel=alternate (text/html first), an alternate of another
 * type, Atom's content src, a guid that is a permalink or an Atom id that is
 * an address, rdf:about. Its date: published, pubDate, dc:date and their kin
 * before updated, modified and lastmod.
 */
#ifndef STET_LINKS_FEED_H
#define STET_LINKS_FEED_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/links/sink.h"
#include "common/base/err.h"
#include "common/base/str.h"

enum { FEED_FIELD_BYTES = 64 * 1024, FEED_BASES_MAX = 32 };

enum feed_kind {
	FEED_UNKNOWN,
	FEED_RSS,
	FEED_ATOM,
	FEED_OPML,
	FEED_SITEMAP,
	FEED_SITEMAP_INDEX
};

struct feed {
	enum feed_kind kind; /* of its root */
	size_t items;        /* entries met, with an address or without */
	size_t homeless;     /* those without */
	int64_t wish_s; /* how seldom it wants to be read (ttl, sy:); 0: none */
};

/*
 * Reads `text` (UTF-8) and gives its entries to `sink`. -1: no feed, cut
 * short, or (sink->failed) the output cannot be written.
 */
int feed_read(struct feed *out, struct str text, struct sink *sink,
	struct err *err);

#endif
