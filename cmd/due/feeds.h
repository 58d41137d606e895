/* The feeds, sitemaps and pages of the archive's configuration. */
#ifndef STET_DUE_FEEDS_H
#define STET_DUE_FEEDS_H

#include "cmd/due/plan.h"
#include "common/link.h"

/*
 * Calls `offer` with a link for each source.NAME.feed, .sitemap and .page, in
 * the file's order, until it returns non-zero; returns that, or -1.
 */
int due_feeds(struct plan *plan,
	int (*offer)(void *context, struct link *link, struct err *err),
	void *context, struct err *err);

#endif
