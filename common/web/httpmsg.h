/*
 * The HTTP response inside a WARC record: its head, and the body that it
 * stands for, in every shape that writers of WARCs leave behind.
 *
 *	struct httpmsg m;
 *	if (httpmsg_parse(&m, record.block, &err) < 0)
 *		... no HTTP response
 *	type = httpmsg_get(&m, STR("content-type"));
 *	got = httpmsg_body(&body, &m, &storage, 64 << 20, &err);
 *
 * All views point into the parsed bytes, but for a body that had to be
 * decoded.
 */
#ifndef STET_HTTPMSG_H
#define STET_HTTPMSG_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { HTTPMSG_FIELDS_MAX = 256, HTTPMSG_CODINGS_MAX = 4 };

struct httpmsg_field {
	struct str name, value;
};

struct httpmsg {
	struct str version; /* "HTTP/1.1", "HTTP/2" */
	int status;         /* 100 to 999 */
	struct str reason;  /* may be empty */
	struct httpmsg_field fields[HTTPMSG_FIELDS_MAX];
	size_t fields_count;
	struct str head;    /* status line and fields with the empty line */
	struct str body;    /* as stored */
};

/*
 * Parses a response. Lines may end in LF alone, the reason may be missing,
 * interim responses (1xx) before the last one are passed over, a head without
 * its empty line has no body. A value that was folded over lines keeps its
 * line breaks. Lines without a colon and fields beyond HTTPMSG_FIELDS_MAX are
 * ignored. -1: no status line.
 */
int httpmsg_parse(struct httpmsg *out, struct str bytes, struct err *err);

/* The first field of that name (A-Z as a-z), trimmed; empty without one. */
struct str httpmsg_get(const struct httpmsg *m, struct str name);

enum { HTTPMSG_BAD = -1, HTTPMSG_WHOLE = 0, HTTPMSG_CUT = 1 };

/*
 * The body with transfer- and content-codings taken off: a view of m->body or
 * of `storage`, which is reset first. The header says what a body may be
 * coded in, its bytes whether it is: writers keep the header of a coding that
 * they took off. Chunks, gzip, deflate, br and zstd are known.
 *  HTTPMSG_WHOLE
 *  HTTPMSG_CUT   damaged, cut or more than `max_bytes`: *out is what came
 *                before, err the reason
 *  HTTPMSG_BAD   coded in a way that stet does not know (compress)
 */
int httpmsg_body(struct str *out, const struct httpmsg *m,
	struct strbuf *storage, size_t max_bytes, struct err *err);

/* The same with the transfer-codings alone taken off. */
int httpmsg_entity(struct str *out, const struct httpmsg *m,
	struct strbuf *storage, size_t max_bytes, struct err *err);

/*
 * Appends the head of a response as stet-warc(5) stores it beside a body of
 * `body_len` bytes that has its content-coding and no transfer-coding: CRLF
 * line ends, "HTTP/1.1" whatever the version was, Transfer-Encoding and a
 * Content-Length that is not `body_len` renamed to X-Crawler-..., one right
 * Content-Length (none added for 1xx, 204 and 304), folded lines joined.
 * Control bytes in a line become spaces, a user's name and password in an
 * address "***"; lines that are no field are dropped.
 * `head` is one head as it came from the server, from the status line to the
 * empty line; nothing is appended when it has no status line.
 */
void httpmsg_store_head(struct strbuf *out, struct str head, size_t body_len);

#endif
