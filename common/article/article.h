/*
 * An article, or the event that there is none, as extracted from one
 * response: one line of JSON (stet-article(5)).
 *
 *	struct article a;
 *	if (article_parse(&a, line, &arena, &err) < 0)
 *		... malformed record
 *	article_write(&out, &a);
 *
 * All strings are valid UTF-8 and views into the arena. Times are RFC 3339;
 * `published` and `modified` keep the zone that the page wrote and may be a
 * date alone.
 */
#ifndef STET_ARTICLE_H
#define STET_ARTICLE_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum {
	ARTICLE_VERSION = 1,
	ARTICLE_LINE_BYTES = 16 << 20, /* a longer record is refused */
	ARTICLE_BLOCKS_MAX = 20000
};

enum article_event {
	EVENT_ARTICLE,   /* the page held an article */
	EVENT_GONE,      /* withdrawn: 410, confirmed 404, 451 */
	EVENT_MOVED,     /* redirected to `location` */
	EVENT_BLOCKED,   /* 401, 402, 403, 429, bot wall, consent, paywall */
	EVENT_UNCHANGED, /* 304: as it was */
	EVENT_FAILED     /* no response, 5xx, 404 so far, not an article */
};

enum block_kind {
	BLOCK_P,
	BLOCK_H2,
	BLOCK_H3,
	BLOCK_H4,
	BLOCK_H5,
	BLOCK_H6,
	BLOCK_LI,
	BLOCK_QUOTE,
	BLOCK_PRE, /* the only kind whose text may hold newlines */
	BLOCK_ROW, /* a table row, cells joined by " | " */
	BLOCK_EMBED,
	BLOCK_CORRECTION,
	BLOCK_CREDIT
};

struct block {
	enum block_kind kind;
	struct str text;
};

struct article {
	enum article_event event;
	struct str url;       /* as it was fetched */
	struct str key;       /* canonical form that names the article */
	struct str canonical; /* what the page says of itself; may be empty */
	struct str source;
	struct str title;
	struct str byline; /* as written on the page */
	struct strlist authors;
	struct str published;
	struct str modified;
	struct str lang; /* BCP 47 */
	struct str site;
	struct str summary; /* standfirst */
	struct block *blocks;
	size_t blocks_count;
	double confidence;    /* 0 to 1 */
	struct str extractor; /* "stet/VERSION" */
	int64_t status;       /* HTTP status; negative: WARC fetch status */
	struct str fetched;   /* capture time, RFC 3339 UTC */
	struct str etag;
	struct str last_modified;
	struct str record_id;      /* <urn:uuid:...> of the WARC record */
	struct str payload_digest; /* "sha1:BASE32" */
	struct str reason;         /* why the event is not `article` */
	struct str location;       /* where a moved article is now */
	struct strlist signals;    /* what made the confidence */
	int64_t retry_after_s;     /* the server's wish; 0: none */
	struct str gate;           /* evidence of a paywall; may be empty */
	struct str doubt;          /* what the link remembers of the article */
	/* Of a record that stet-export made of a commit, else empty: */
	struct str first_url; /* where the article was first seen */
	struct str message;   /* of the commit */
	struct str confirmed; /* an archive had it as a version: seen first, */
	struct str after;     /* where the blob before it was this; or empty */
};

/* The name as in the format. */
struct str block_kind_name(enum block_kind kind);

/*
 * Parses one line. -1 when it is not JSON, its `v` is not ARTICLE_VERSION,
 * event or url is missing or bad, or a block's kind is unknown. Unknown
 * members are ignored.
 */
int article_parse(struct article *out, struct str line, struct arena *arena,
	struct err *err);

/* Appends the line with its newline. All members are written, in order. */
void article_write(struct strbuf *out, const struct article *a);

#endif
