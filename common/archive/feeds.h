/*
 * The feeds, sitemaps and pages of an archive's configuration, and what it
 * says of when they are read.
 *
 *	feeds_each(store, each, context, &err);
 *	due_s = schedule_feed_due(&entry, feeds_period_s(store, source),
 *		feeds_mended_s(archive, now_s));
 */
#ifndef STET_FEEDS_H
#define STET_FEEDS_H

#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

/*
 * Calls `each` for each source.NAME.feed, .sitemap and .page, in the file's
 * order, until it returns non-zero; returns that, or -1. Strings are valid
 * within the call.
 */
int feeds_each(struct gitstore *store,
	int (*each)(void *context, struct str source, struct str url),
	void *context, struct err *err);

/* The period of a source's feeds in seconds; 0: none is set. */
int64_t feeds_period_s(struct gitstore *store, struct str source);

/*
 * When the configuration of the archive at that path was changed last; 0 when
 * that cannot be told, or is after `now_s`.
 */
int64_t feeds_mended_s(const char *archive, int64_t now_s);

#endif
