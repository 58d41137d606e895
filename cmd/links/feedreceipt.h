/*
 * The receipts of feeds (stet-receipt(5), class "feed"): that a feed, sitemap
 * or section page was read, by which its next time is set. Its status is
 * changed (it was sent anew), same (304), gone or failed.
 */
#ifndef STET_LINKS_FEEDRECEIPT_H
#define STET_LINKS_FEEDRECEIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/article/link.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/web/httpmsg.h"

struct feedreceipts {
	int fd;
	struct strbuf line;
};

struct feedreceipt {
	const struct link *link; /* as due gave it */
	int64_t fetched_s;
	const struct httpmsg *http;
	int64_t wish_s;    /* what the feed says of itself; 0: nothing */
	struct str error;  /* why it gave nothing; or empty */
	/*
	 * It must come as a whole next time too, as what it names is looked
	 * at even when it has not changed, or as its end is missing: the
	 * receipt has no validators.
	 */
	bool always_anew;
};

/* `fd` is borrowed; -1: none are written. */
void feedreceipts_init(struct feedreceipts *f, int fd);
void feedreceipts_release(struct feedreceipts *f);

/*
 * Writes the receipt of a response. The wish is the larger of the feed's own
 * and of Cache-Control's max-age; for 429 and 503 it is Retry-After.
 */
int feedreceipts_response(struct feedreceipts *f,
	const struct feedreceipt *receipt, struct err *err);

/* Writes the receipt of a fetch without a response, which `fields` tell of. */
int feedreceipts_metadata(struct feedreceipts *f, const struct link *link,
	int64_t fetched_s, struct str fields, struct err *err);

#endif
