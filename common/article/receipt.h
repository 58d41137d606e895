/*
 * A receipt: what became of one article record, as one line of JSON
 * (stet-receipt(5)). It is printed only when the archive holds the result
 * durably.
 *
 *	struct receipt r;
 *	if (receipt_parse(&r, line, &arena, &err) < 0)
 *		... malformed record
 *	receipt_write(&out, &r);
 */
#ifndef STET_RECEIPT_H
#define STET_RECEIPT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/article/article.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { RECEIPT_VERSION = 1, RECEIPT_LINE_BYTES = 256 * 1024 };

enum receipt_status {
	RECEIPT_NEW,       /* first version */
	RECEIPT_CHANGED,   /* a new version */
	RECEIPT_MINOR,     /* a new version whose classes are all minor */
	RECEIPT_SAME,      /* nothing new, nothing committed */
	RECEIPT_GONE,      /* withdrawal committed */
	RECEIPT_RESTORED,  /* it was gone and is back: a new version */
	RECEIPT_MOVED,     /* to another address, and so committed */
	RECEIPT_BLOCKED,   /* could not be seen; nothing committed */
	RECEIPT_TECHNICAL, /* a new version by a new extractor alone */
	RECEIPT_FAILED,    /* nothing committed; `error` says why */
	RECEIPT_UNCONFIRMED, /* may be no edit: to be seen again first */
	RECEIPT_LATE       /* older than what is stored: kept for a merge */
};

struct receipt {
	struct str url;
	struct str key;
	struct str path; /* in the archive */
	enum receipt_status status;
	int64_t version;     /* of the article's newest version; 0: none */
	struct str commit;   /* of that version; empty without */
	struct str previous; /* commit of the version before it */
	struct strlist classes;
	int64_t words_added;
	int64_t words_removed;
	struct str fetched;
	struct str etag;
	struct str last_modified;
	struct str error; /* reason of failed, blocked and gone */
	struct str source;
	struct str location;   /* where the address redirects to */
	int64_t retry_after_s; /* the server's wish; 0: none */
	struct str record;     /* id of the WARC record */
	struct str doubt;      /* what to remember: common/article/memory.h */
};

struct str receipt_status_name(enum receipt_status status);
int receipt_status_parse(enum receipt_status *out, struct str name);

/* Whether the receipt stands for a commit made. */
bool receipt_has_commit(const struct receipt *r);

/* As article_parse. */
int receipt_parse(struct receipt *out, struct str line, struct arena *arena,
	struct err *err);

/* Appends the line with its newline. */
void receipt_write(struct strbuf *out, const struct receipt *r);

#endif
