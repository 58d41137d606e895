/*
 * What a page says of its article in JSON-LD (schema.org), the richest and
 * the sloppiest of its descriptions: comments and CDATA round it, objects in
 * arrays in graphs, several articles on a page, authors by reference.
 *
 *	struct jsonld ld;
 *	jsonld_read(&ld, &html, &hints, arena);
 *	if (ld.headline.len > 0)
 *		...
 *
 * Everything in it is plain text in the arena, empty when it is not there.
 */
#ifndef STET_EXTRACT_JSONLD_H
#define STET_EXTRACT_JSONLD_H

#include <stdbool.h>

#include "common/article/article.h"
#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/web/html.h"

enum {
	JSONLD_SCRIPT_BYTES = 4 << 20, /* a longer script is passed over */
	JSONLD_NODES = 512,            /* objects looked at on a page */
	JSONLD_AUTHORS = 64,
	JSONLD_DEPTH = 12
};

/* The better the rank, the more the node is about this page's article. */
enum jsonld_rank {
	JSONLD_NOTHING,
	JSONLD_PAGE,    /* WebPage, VideoObject, Event ... */
	JSONLD_ARTICLE, /* Article, Report, Review, Recipe ... */
	JSONLD_NEWS     /* NewsArticle and its kin, BlogPosting */
};

struct jsonld {
	enum jsonld_rank rank;
	struct str type; /* "NewsArticle" */
	struct str headline;
	struct str description;
	struct str published; /* as written */
	struct str modified;
	struct str lang;
	struct str url;
	struct str publisher;
	struct str body; /* paragraphs end in '\n' */
	struct strlist authors;
	bool people;  /* the authors are persons */
	bool paid;    /* isAccessibleForFree is false */
	bool listing; /* the page calls itself a collection or a list */
};

/* What tells several articles on a page apart. */
struct jsonld_hints {
	struct str canonical; /* the page's own address */
	struct str url;       /* as it was fetched */
	struct str title;     /* og:title or title */
};

/* Reads all JSON-LD of the page; *out is all empty when there is none. */
void jsonld_read(struct jsonld *out, const struct html *h,
	const struct jsonld_hints *hints, struct arena *arena);

/* The same for one script's text: for the tests. */
void jsonld_read_text(struct jsonld *out, struct str script,
	const struct jsonld_hints *hints, struct arena *arena);

#endif
