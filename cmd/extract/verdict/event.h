/*
 * What a WARC record says of an article before its page is looked at: that it
 * is unchanged, gone, moved, blocked, could not be fetched, or that there is
 * a page to read.
 *
 *	struct event e;
 *	switch (event_read(&e, &article, &record, &storage, arena, &err)) {
 *	case EVENT_SKIP: case EVENT_FEED: break;
 *	case EVENT_DONE: article_write(&out, &article); break;
 *	case EVENT_PAGE: ... e.body is its HTML
 *	}
 *
 * "Not found" is believed late: the link carries how often in a row the
 * article was missing and since when; with the third time, two days after the
 * first, it is gone. 410 and 451 are believed at once.
 */
#ifndef STET_EXTRACT_EVENT_H
#define STET_EXTRACT_EVENT_H

#include <stdint.h>

#include "common/article/article.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/warc/warc.h"

enum {
	EVENT_MISSES = 3,              /* "not found" so often in a row */
	EVENT_MISSES_S = 48 * 3600,    /* over at least this time: gone */
	EVENT_RETRY_MAX_S = 30 * 86400, /* of a Retry-After */
	EVENT_BODY_BYTES = 64 << 20    /* a larger page is `too-large` */
};

enum event_kind {
	EVENT_SKIP, /* the record gives no article record */
	EVENT_FEED, /* nor does a feed */
	EVENT_DONE, /* the article record is complete */
	EVENT_PAGE  /* its page is to be read */
};

/* What a page comes with. */
struct event {
	struct str body;         /* decoded of transfer- and content-coding */
	struct str content_type; /* of HTTP; may be empty */
	struct str headers;      /* of HTTP, whole; may be empty */
	struct str misses;       /* "COUNT/SINCE" of the link */
	int64_t date_s;          /* of the capture */
};

/*
 * Fills of `article` what the record tells: event, url, key, source, status,
 * fetched, validators, record_id, payload_digest, and for EVENT_DONE reason,
 * location and retry_after_s. `storage` holds a body that had to be decoded.
 * Views point into the record, the storage and the arena.
 */
enum event_kind event_read(struct event *out, struct article *article,
	const struct warc_record *record, struct strbuf *storage,
	struct arena *arena);

/*
 * Makes `article` one that is not there, for `reason`: `failed`, or `gone`
 * when that is confirmed.
 */
void event_miss(struct article *article, const struct event *e,
	struct str reason);

#endif
