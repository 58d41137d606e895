/*
 * The TimeMap of an article (RFC 7089 section 5, application/link-format):
 * where it is, and every version of it with its time. Date negotiation needs
 * a server of its own, so no TimeGate is named.
 */
#ifndef STET_TIMEMAP_H
#define STET_TIMEMAP_H

#include "common/base/strbuf.h"
#include "common/page/frame.h"
#include "common/page/view.h"

/* `path` is where it stands: its own place, or an old one of the article;
 * `address` is what the article had there. */
void timemap_write(struct strbuf *out, const struct site_options *site,
	const struct view *v, struct str address, struct str path);

#endif
