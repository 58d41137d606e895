/* The site's search: a form with its results, feeds, JSON. */
#ifndef STET_WEB_SEARCHING_H
#define STET_WEB_SEARCHING_H

#include "cmd/web/request.h"
#include "common/base/err.h"
#include "common/site/work.h"

enum { SEARCHING_HITS = 50, SEARCHING_PAGES = 200 };

/*
 * Appends to w->page what is at `path` ("search", "search.rss", ".atom",
 * ".json") for the query: 0; 1: the query is not understood, and *why says so
 * in a sentence; 2: the archive has no index to search; -1.
 */
int searching_make(const char **why, struct work *w, const char *archive,
	struct str path, const struct request *request, struct err *err);

#endif
