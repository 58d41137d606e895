/*
 * An article's history, a version and a difference as JSON, for programs: one
 * object on a line, with "v": 1. What is said in stet-web(1).
 */
#ifndef STET_ARTICLEJSON_H
#define STET_ARTICLEJSON_H

#include "common/base/err.h"
#include "common/page/view.h"
#include "common/site/work.h"

/* Append to w->page. Addresses of pages are as in feeds. */
void articlejson_history(struct work *w, const struct view *v,
	struct str path);
int articlejson_version(struct work *w, const struct view *v, size_t n,
	struct str path, struct err *err);
int articlejson_diff(struct work *w, const struct view *v, size_t left,
	size_t right, struct str path, struct err *err);

#endif
