/*
 * RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, written an entry at a time.
 * Identifiers are UUIDs of version 5 made from the commit's name, so they are
 * the same in every feed and format and stay when an article moves.
 *
 *	struct feed feed = { .kind = FEED_RSS, .frame = &frame,
 *		.title = STR("All changes"), .home = STR("index.html") };
 *	feeds_begin(out, &feed);
 *	for each, newest first:
 *		feeds_entry(out, &feed, &entry);
 *	feeds_end(out, &feed);
 */
#ifndef STET_FEEDS_H
#define STET_FEEDS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/git/gitstore.h"
#include "common/page/frame.h"

enum { FEEDS_ENTRIES = 50, FEEDS_ARTICLE_ENTRIES = 20 };

enum feed_kind { FEED_RSS, FEED_ATOM, FEED_JSON };

struct feed {
	enum feed_kind kind;
	const struct frame *frame; /* its path is the feed's own */
	struct str title;
	struct str home;           /* path of the page it belongs to */
	int64_t updated_s;         /* of its newest entry; 0: empty */
};

struct feed_entry {
	const struct gitoid *commit;
	struct str title;
	struct str source;
	struct str path;    /* of its page */
	struct str html;    /* what changed */
	struct str classes; /* "headline, numbers" */
	int64_t time_s;
	bool hidden;        /* only that it is no more: a tombstone */
};

/* File name ending: "rss", "atom", "json". */
const char *feeds_ending(enum feed_kind kind);

void feeds_begin(struct strbuf *out, const struct feed *feed);
void feeds_entry(struct strbuf *out, const struct feed *feed,
	const struct feed_entry *entry);
void feeds_end(struct strbuf *out, const struct feed *feed);

#endif
