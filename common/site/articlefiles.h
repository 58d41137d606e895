/* All files of one article: pages, feeds, TimeMap. */
#ifndef STET_ARTICLEFILES_H
#define STET_ARTICLEFILES_H

#include "common/base/err.h"
#include "common/page/feeds.h"
#include "common/site/work.h"

/*
 * Writes every file of the article (a page that would be as it was is left
 * alone). Of a hidden one every address says so.
 */
int articlefiles_write(struct work *w, struct view *v, struct err *err);

/*
 * One file of an article that is shown, as articlefiles_write makes it: its
 * page, text n (from 0), one text against another, first against latest, a
 * feed, the TimeMap.
 */
int articlefiles_page(struct work *w, struct view *v, struct err *err);
int articlefiles_version(struct work *w, struct view *v, size_t n,
	struct err *err);
int articlefiles_diff(struct work *w, struct view *v, size_t left,
	size_t right, struct err *err);
int articlefiles_whole(struct work *w, struct view *v, struct err *err);
int articlefiles_feed(struct work *w, struct view *v, enum feed_kind kind,
	struct err *err);
int articlefiles_timemap(struct work *w, struct view *v, struct err *err);

/* The page that a hidden article has at each of its addresses. */
int articlefiles_hidden(struct work *w, const char *path, struct err *err);

#endif
