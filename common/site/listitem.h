/*
 * The entries of lists, the heads above them, and the lists that are made as
 * a whole: rankings and sources.
 */
#ifndef STET_LISTITEM_H
#define STET_LISTITEM_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"
#include "common/site/work.h"

enum list_kind {
	LIST_CHANGES,
	LIST_SMALL,
	LIST_REMOVED,
	LIST_ARTICLES,
	LIST_KIND,
	LIST_MOST,
	LIST_BIGGEST,
	LIST_QUICKEST
};

struct list_page {
	enum list_kind kind;
	struct str folder; /* "changes/" */
	struct str title;
	struct frame frame;
	bool front;        /* its index page is the site's */
	const struct catalog_source *source; /* of a source's list */
	const struct catalog_entry *entries;
	const int64_t *articles; /* of LIST_ARTICLES, in place of entries */
	size_t count;
	char feeds[2][64];
};

/* Sets the frame; `feed` is "feed/NAME" or NULL. */
void listitem_frame(struct work *w, struct list_page *page,
	const char *section, const char *feed);

/* Appends where page `number` stands; 0 is the index page. */
void listitem_page_path(struct strbuf *out, const struct list_page *page,
	size_t number);

/* Appends the folder of the newest changes of a class: "kind/numbers/". */
void listitem_kind_folder(struct strbuf *out, size_t class);

/* Begins a page: frame, headline, what the list is. */
void listitem_head(struct work *w, const struct list_page *page,
	size_t number);

/* Says that a list is empty. */
void listitem_none(struct work *w, const struct list_page *page);

/* Adds entry i, unless it is hidden or gone from the index. */
int listitem_add(struct work *w, const struct list_page *page, size_t i,
	struct err *err);

/* Writes page `number` (from 1) of a ranking of `pages` pages. */
int listitem_ranking(struct work *w, struct list_page *page, size_t number,
	size_t pages, size_t per_page, struct err *err);

/* Writes the page of sources and feeds. */
int listitem_sources(struct work *w, struct err *err);

#endif
