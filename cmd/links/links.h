/*
 * stet-links: the article URLs of feeds, sitemaps and section pages.
 */
#ifndef STET_LINKS_LINKS_H
#define STET_LINKS_LINKS_H

#include <stdint.h>

#include "cmd/links/rules.h"
#include "cmd/links/sink.h"
#include "common/base/err.h"
#include "common/base/str.h"

struct links_options {
	enum sink_mode mode;
	struct str base;   /* of a document that is not in a WARC */
	struct str source; /* its name; in a WARC: where a record has none */
	int64_t now_s;
	struct rules rules;
	int receipts_fd; /* -1: none */
};

/*
 * Reads `in` (a WARC, plain or gzip, or one document) and writes links to
 * `out`. Problems of single documents go to stderr. Returns STATUS_OK,
 * STATUS_PARTIAL, or -1 when reading or writing ended early.
 */
int links_run(const struct links_options *options, int in, int out,
	struct err *err);

#endif
