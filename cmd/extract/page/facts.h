/*
 * Everything that a page says of itself outside its text: meta elements,
 * links, headings, times, marked authors and dates, JSON-LD. Collected in one
 * pass over the nodes; the modules that decide (title, authors, published,
 * language, site, notarticle) only read here.
 *
 *	struct facts f;
 *	if (facts_read(&f, &page) < 0)
 *		... the arena is full
 *	title = facts_meta(&f, META_OG_TITLE, 0);
 */
#ifndef STET_EXTRACT_FACTS_H
#define STET_EXTRACT_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/extract/words/classwords.h"
#include "cmd/extract/page/jsonld.h"
#include "cmd/extract/page/page.h"
#include "common/base/str.h"

enum {
	FACTS_METAS = 192,
	FACTS_MARKS = 96,   /* of each kind */
	FACTS_VALUE_BYTES = 4096 /* a longer value is cut */
};

/* What a meta element is about; several names mean the same. */
enum meta_key {
	META_NONE,
	META_OG_TITLE,
	META_TWITTER_TITLE,
	META_TITLE, /* other names of the headline */
	META_DESCRIPTION,
	META_OG_DESCRIPTION,
	META_AUTHOR,
	META_ARTICLE_AUTHOR,
	META_LABELLED,  /* a line of a link preview: "Written by" */
	META_PUBLISHED, /* article:published_time */
	META_DATE,      /* other names of the date of publication */
	META_MODIFIED,  /* article:modified_time */
	META_UPDATED,   /* og:updated_time, last-modified */
	META_SITE_NAME,
	META_APPLICATION,
	META_PUBLISHER,
	META_LOCALE,
	META_LANGUAGE,
	META_OG_URL,
	META_OG_TYPE,
	META_REFRESH
};

struct meta_fact {
	enum meta_key key;
	struct str value; /* plain text */
};

/* What an element in the page is marked as. */
enum mark_kind {
	MARK_H1,
	MARK_TIME,           /* <time>, with what its datetime says */
	MARK_DATE_PUBLISHED, /* itemprop */
	MARK_DATE_MODIFIED,
	MARK_DATE_CLASS,     /* class or id speaks of a date */
	MARK_AUTHOR,         /* itemprop or rel */
	MARK_AUTHOR_CLASS,   /* class or id speaks of an author or byline */
	MARK_HEADLINE,       /* itemprop */
	MARKS
};

struct mark {
	uint32_t node;
	struct str value; /* its content or datetime attribute; may be empty */
	bool sure;        /* pubdate, or a class of the stricter words */
};

struct marks {
	struct mark items[FACTS_MARKS];
	size_t count;
};

/* What an element is by the words of its class, bits. */
enum facts_made {
	FACTS_BESIDE = 1 << 0, /* of comments, teasers, captions */
	FACTS_WALL = 1 << 1    /* of a paywall */
};

struct facts {
	const struct page *page;
	struct str title;     /* of the element title, plain */
	struct str canonical; /* link rel=canonical, as written */
	struct str base;      /* base href, as written */
	struct str html_lang;
	struct meta_fact metas[FACTS_METAS];
	size_t metas_count;
	struct marks marks[MARKS];
	struct jsonld ld;
	struct classwords classwords;
	unsigned char *made; /* by node: enum facts_made, by its class */
	size_t passwords;   /* input elements that ask for one */
	size_t links;       /* anchors with an address */
	size_t articles;    /* elements article */
	size_t captchas;    /* elements of the well-known challenges */
	size_t consents;    /* elements of consent dialogues */
};

/* Collects; -1 when the arena is full. */
int facts_read(struct facts *out, const struct page *page);

/*
 * What a meta element of this name, property or http-equiv is about; case
 * does not count, '.' and ':' are the same.
 */
enum meta_key facts_meta_key(struct str name);

/* The i-th value of a key, "" when there are fewer. */
struct str facts_meta(const struct facts *f, enum meta_key key, size_t i);

/* The text of a marked element: its own value, else what it holds. */
struct str facts_mark_text(const struct facts *f, const struct mark *m);

/*
 * The text of the nodes [from, to), at most `max` bytes; `between` stands
 * where a block or a line ends; with "\n" it is several lines.
 */
struct str facts_text(const struct facts *f, uint32_t from, uint32_t to,
	struct str between, size_t max);

/*
 * The node up to `bytes` of text before, or behind, another: for looking
 * about a heading.
 */
uint32_t facts_node_before(const struct html *h, uint32_t node, size_t bytes);
uint32_t facts_node_after(const struct html *h, uint32_t node, size_t bytes);

#endif
