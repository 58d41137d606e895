/* The files of a site that do not come from articles. */
#ifndef STET_RENDER_STATICS_H
#define STET_RENDER_STATICS_H

#include "cmd/render/render.h"
#include "cmd/render/work.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"

/*
 * Checks the address of the site and gives it a '/' at its end (in `arena`);
 * an empty one stays. -1: it is not http or https, or has a query, a fragment
 * or a character that an address cannot have.
 */
int statics_base_url(struct str *url, struct arena *arena, struct err *err);

/*
 * For a folder without a site in it yet: -1 when it has a file that a site
 * would replace, for that file is somebody else's.
 */
int statics_claim(struct work *w, struct err *err);

/* Writes style sheets, `_headers`, the search page, the sitemap if wanted. */
int statics_write(struct work *w, const struct render_options *options,
	struct err *err);

#endif
