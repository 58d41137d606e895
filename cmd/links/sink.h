/*
 * Where the links of a document go: resolved, checked, filtered, each once,
 * in the order of the document.
 *
 *	struct sink sink;
 *	sink_init(&sink, 1, &rules, SINK_ARTICLES);
 *	sink_begin(&sink, &origin);	(for each document)
 *	if (sink_add(&sink, &item, &err) < 0)
 *		... output cannot be written: the command ends
 *	sink_flush(&sink, &err);
 *	sink_release(&sink);
 */
#ifndef STET_LINKS_SINK_H
#define STET_LINKS_SINK_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/links/rules.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/hash.h"
#include "common/base/isotime.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/web/url.h"

enum {
	SINK_ITEMS_MAX = 1000000, /* of one document */
	SINK_TITLE_BYTES = 1000
};

/* What an entry of a document leads to. */
enum item_kind {
	ITEM_ARTICLE,
	ITEM_FEED,
	ITEM_SITEMAP,
	ITEM_PAGE, /* another page of the feed, or its archive */
	ITEM_HUB   /* who tells of what is new in it */
};

/* Which of them are printed: feeds and sitemaps with SINK_FEEDS. */
enum sink_mode {
	SINK_ARTICLES,
	SINK_FEEDS,
	SINK_SITEMAPS,
	SINK_PAGES,
	SINK_HUBS
};

/* The document that the next items come from. */
struct origin {
	struct str url;    /* base of its links; empty: none */
	struct str source; /* name of the source */
	int64_t found_s;   /* when it was fetched */
};

/* One entry of a document, as it stands there. */
struct item {
	enum item_kind kind;
	struct str href; /* may be relative */
	struct str base; /* of an xml:base; empty: the document's */
	struct str title;
	bool title_is_html; /* its entities and tags are still in it */
	struct str categories; /* one a line */
	bool dated;
	bool zoneless; /* its zone is not known: published_s is local */
	int64_t published_s;
};

/* Sets the date from how it is written; without one that can be read, none. */
void item_set_date(struct item *item, struct str text);

struct sink {
	int fd;
	enum sink_mode mode;
	const struct rules *rules;
	struct origin origin;
	char found[ISOTIME_BYTES]; /* its found_s */
	struct strbuf out, title;
	struct arena arena; /* one item's */
	struct arena origin_arena; /* the document's */
	struct url base;    /* of the document */
	bool has_base;
	bool failed; /* the output cannot be written */
	struct hash_set seen; /* addresses of the document */
	/* Of the current document: */
	size_t items;  /* links printed */
	size_t others; /* the other mode's, filtered, or twice there */
	size_t feeds;  /* of these the feeds and sitemaps, not asked for */
	size_t bad;    /* no http(s) URL */
	char bad_reason[ERR_TEXT_BYTES]; /* of the first bad one */
};

/* Fills s; links go to `fd`. `rules` is borrowed. */
void sink_init(struct sink *s, int fd, const struct rules *rules,
	enum sink_mode mode);
void sink_release(struct sink *s);

/* Begins a document: forgets what was seen, sets the counts to 0. */
void sink_begin(struct sink *s, const struct origin *origin);

/*
 * Prints a link for the item, or counts why not. -1 when the output cannot be
 * written.
 */
int sink_add(struct sink *s, const struct item *item, struct err *err);

/* Writes out what waits. */
int sink_flush(struct sink *s, struct err *err);

#endif
