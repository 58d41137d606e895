/*
 * stet-render: an archive as a folder of static pages and feeds. A rendering
 * after another writes the articles named by receipts and those with commits
 * that the site has not seen; everything when asked to, when the site is new,
 * or when what all pages depend on has changed. Both ways give the same bytes,
 * as nothing on a page depends on the clock.
 */
#ifndef STET_RENDER_RENDER_H
#define STET_RENDER_RENDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"

struct render_options {
	const char *archive, *site;
	struct str base_url; /* "https://host/path"; empty: as configured */
	struct str web_url;  /* of stet-web; empty: as configured */
	struct str title;    /* empty: as configured */
	struct str css;      /* the user's style sheet */
	bool full;
	bool sitemap;
	bool cards;          /* with a picture of each change */
	bool gzip;           /* with FILE.gz beside what is text */
	bool pagefind;       /* an index of pagefind will be there */
	int in;              /* receipts; -1: none, everything */
	/* Called after each article of a rendering in full. */
	void (*progress)(int64_t done, int64_t all);
	/* Called when the receipts are read and nothing is open yet: in a
	 * pipe the archive may be made by the command before. */
	int (*confine)(const struct render_options *options, struct err *err);
};

struct render_report {
	size_t written, unchanged; /* files */
	size_t failures;           /* receipts and articles */
	bool stopped;              /* the output is incomplete */
};

/*
 * Renders. Problems of single articles and receipts go to `warn` and are
 * counted; -1 when nothing (or, with `stopped`, not all) could be done.
 */
int render_run(struct render_report *report,
	const struct render_options *options, void (*warn)(const char *text),
	struct err *err);

#endif
