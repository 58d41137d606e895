/*
 * robots.txt (RFC 9309): what one host allows one crawler.
 *
 *	struct robots *r = robots_parse(text, STR("stet"));
 *	if (!robots_allows(r, STR("/news/1.html?page=2"), &rule))
 *		... `rule` is the line that forbids it
 *	wait robots_delay_ms(r)
 *	robots_free(r);
 *
 * Groups of the same agent are merged; the longest pattern wins and `allow`
 * wins ties; "*" and "$" are special; both sides are compared in one
 * percent-encoded form. Crawl-delay, which is no part of the RFC, is read.
 */
#ifndef STET_FETCH_ROBOTS_H
#define STET_FETCH_ROBOTS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

enum { ROBOTS_BYTES = 500 << 10 }; /* what is read of a file (RFC 9309 2.5) */

struct robots;

/*
 * Reads a robots.txt in any state of repair for the product token `agent`;
 * what lies behind ROBOTS_BYTES is not read. Nothing of `text` is borrowed;
 * the caller frees the result.
 */
struct robots *robots_parse(struct str text, struct str agent);
void robots_free(struct robots *r);

/*
 * Whether `target` (path and query of a URL, from its "/") may be fetched.
 * *rule is the line that decided, as a view of r, or empty.
 */
bool robots_allows(const struct robots *r, struct str target,
	struct str *rule);

/* The Crawl-delay in ms, or -1 without one. */
int64_t robots_delay_ms(const struct robots *r);

#endif
