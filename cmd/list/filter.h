/* Which articles and commits a filter lets through. */
#ifndef STET_LIST_FILTER_H
#define STET_LIST_FILTER_H

#include "cmd/list/list.h"
#include "common/archive/index.h"
#include "common/git/gitstore.h"

/* Whether the filter looks at commits, and not at the article alone. */
bool filter_needs_versions(const struct list_options *o);

/* By what the article's row says. */
bool filter_article(const struct list_options *o,
	const struct index_article *a);

/* By what the commit says. The byline is read from the version's text, in
 * `arena`, and only when an author is asked for. 1, 0, -1. */
int filter_version(const struct list_options *o,
	const struct index_version *v, struct gitstore *store,
	struct arena *arena, struct err *err);

#endif
