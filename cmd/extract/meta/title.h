/*
 * The article's headline, among what the page offers: JSON-LD, the headings
 * in the page, og:title, the element title and what else titles.h collects,
 * without the name of the site that is tied to them.
 */
#ifndef STET_EXTRACT_TITLE_H
#define STET_EXTRACT_TITLE_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "common/base/str.h"

/* The headline, "" when there is none. */
struct str title_find(const struct facts *f, const struct body *body);

/*
 * The h1 (else a marked headline, h2 or h3) that repeats the page's title,
 * as a node; HTML_NONE when no heading does.
 */
uint32_t title_heading(const struct facts *f);

/*
 * `title` without the site's name at its end or start: split at " | ", " - ",
 * " \u2013 " and the like, `sites` being the names the site goes by. A view of
 * `title`.
 */
struct str title_clean(struct str title, const struct str *sites,
	size_t sites_count);

/* The names that the site goes by: at most `max` are written. */
size_t title_sites(const struct facts *f, struct str *out, size_t max);

/* Whether `part` is one of the site's names, or all but that. */
bool title_names_site(struct str part, const struct str *sites,
	size_t sites_count);

#endif
