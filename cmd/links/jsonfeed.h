/* JSON Feed 1.0 and 1.1. */
#ifndef STET_LINKS_JSONFEED_H
#define STET_LINKS_JSONFEED_H

#include "cmd/links/sink.h"
#include "common/base/err.h"
#include "common/base/str.h"

enum { JSONFEED_BYTES = 32 << 20 };

/*
 * Reads `text` and gives its items to `sink`: url, else external_url, else
 * an id that is an address. *count: the items met. -1: no JSON Feed, or
 * (sink->failed) the output cannot be written.
 */
int jsonfeed_read(size_t *count, struct str text, struct sink *sink,
	struct err *err);

#endif
