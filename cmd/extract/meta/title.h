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

struct title {
	struct str text;  /* "" when there is none */
	uint32_t heading; /* the element with it, or HTML_NONE */
};

/*
 * The headline; its heading is the element that it was taken from, else the h1
 * (else a marked headline, h2 or h3) that repeats the page's title.
 */
void title_find(struct title *out, const struct facts *f,
	const struct body *body);

/*
 * `title` without the site's name at its end or start: split at " | ", " - ",
 * " \u2013 " and the like, `sites` being the names the site goes by. A view of
 * `title`.
 */
struct str title_clean(struct str title, const struct str *sites,
	size_t sites_count);

/*
 * Whether the page says its headline elsewhere (title element, og:title,
 * structured data), and nowhere there as `title`: a form that is tried out.
 */
bool title_is_alone(const struct facts *f, struct str title);

/* The names that the site goes by: at most `max` are written. */
size_t title_sites(const struct facts *f, struct str *out, size_t max);

/* Whether `part` is one of the site's names, or all but that. */
bool title_names_site(struct str part, const struct str *sites,
	size_t sites_count);

#endif
