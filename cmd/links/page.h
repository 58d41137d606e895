/*
 * A page of HTML: the feeds that it names, and the links of a section or home
 * page that look like articles.
 */
#ifndef STET_LINKS_PAGE_H
#define STET_LINKS_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/links/sink.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/web/url.h"

enum { PAGE_ARENA_BYTES = 256 << 20 };

/*
 * Gives to `sink` the feeds of <link rel=alternate> and the links of <a>
 * that look like articles of the page's own registrable domain, with the
 * longest text that a link to the address has as the title. *count: how many.
 * -1: the page is refused, or (sink->failed) the output cannot be written.
 */
int page_read(size_t *count, struct str text, struct sink *sink,
	struct err *err);

#endif
