/*
 * Redirects that are not in the status line: the header Refresh and
 * <meta http-equiv=refresh> (HTML 4.2.5.3, "shared declarative refresh
 * steps"). One is a redirect when it comes within REFRESH_MAX_S and its page
 * has no text of its own; else it is a page that renews itself.
 *
 *	if (m.status == 200 && refresh_find(&target, &m, body, &arena))
 *		... as if m had a Location of `target`
 */
#ifndef STET_REFRESH_H
#define STET_REFRESH_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/web/httpmsg.h"

enum {
	REFRESH_MAX_S = 5,
	REFRESH_PAGE_BYTES = 64 << 10, /* a longer page has text */
	REFRESH_TEXT_CHARS = 300       /* and so has one with so many */
};

/*
 * Parses "5; url=next.html". -1 when it names no time or no address, as a page
 * that renews itself does.
 */
int refresh_parse(int64_t *delay_s, struct str *target, struct str value);

/*
 * Whether the answer with this decoded body leads on, and where to: as
 * written, relative to the page.
 */
bool refresh_find(struct str *target, const struct httpmsg *m,
	struct str body, struct arena *arena);

#endif
