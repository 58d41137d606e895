/*
 * Which articles and commits of an archive are wanted: what stet list and
 * stet export let through.
 *
 *	struct rowfilter f = ROWFILTER_ALL;
 *	f.source = STR("gazette");
 *	if (rowfilter_article(&f, &article) &&
 *		rowfilter_version(&f, &version, store, &arena, &err) > 0)
 *		...
 */
#ifndef STET_ROWFILTER_H
#define STET_ROWFILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

/* Empty strings and the widest times let all through. */
struct rowfilter {
	struct str source;
	struct str host;   /* of the key; its subdomains too, and any
			     port unless it has one */
	struct str author; /* part of a byline, whatever its case */
	struct str class;
	struct str event;
	int64_t since_s, until_s; /* of the capture: from, and before */
};

#define ROWFILTER_ALL \
	((struct rowfilter){ .since_s = INT64_MIN, .until_s = INT64_MAX })

/* Whether the filter looks at commits, and not at the article alone. */
bool rowfilter_needs_versions(const struct rowfilter *f);

/* By what the article's row says. */
bool rowfilter_article(const struct rowfilter *f,
	const struct index_article *a);

/*
 * By what the commit says. The byline is read from the version's text, in
 * `arena`, which is reset, and only when an author is asked for. 1, 0, -1.
 */
int rowfilter_version(const struct rowfilter *f,
	const struct index_version *v, struct gitstore *store,
	struct arena *arena, struct err *err);

#endif
