/*
 * One document, whatever it is: told by its bytes, never by its label.
 */
#ifndef STET_LINKS_DOCUMENT_H
#define STET_LINKS_DOCUMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/links/sink.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum {
	DOCUMENT_BYTES = 128 << 20, /* inflated; more is refused */
	DOCUMENT_SNIFF_BYTES = 4096,
	DOCUMENT_JUNK_BYTES = 64 * 1024 /* before the root of a feed */
};

enum document_kind {
	DOCUMENT_UNKNOWN,
	DOCUMENT_XML,
	DOCUMENT_JSON,
	DOCUMENT_HTML,
	DOCUMENT_LIST /* URLs or links, one a line */
};

struct document {
	const char *kind; /* for a person: "an RSS feed", "a page"; or NULL */
	size_t items;   /* entries, also those without an address */
	size_t homeless; /* those without */
	bool cut;       /* it lacks its end */
	int64_t wish_s; /* how seldom it wants to be read; 0: no word */
	bool is_index;  /* of sitemaps */
};

/*
 * Why nothing came of a document that could be read and in which nothing was
 * left out on purpose: written to `out`.
 */
void document_explain(struct err *out, const struct document *document);

/*
 * Gives the links of `bytes` to `sink`, which has begun the document.
 * `content_type` is what the server said, or "". -1: it is none of the kinds,
 * or cut short (what came before has been given), or (sink->failed) the
 * output cannot be written.
 */
int document_read(struct document *out, struct str bytes,
	struct str content_type, struct sink *sink, struct err *err);

#endif
