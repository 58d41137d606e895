/* The files of a site that do not come from articles. */
#ifndef STET_STATICS_H
#define STET_STATICS_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/site/work.h"

/* Writes style sheets (the user's is `css`), `_headers`, the search page, and
 * the sitemap if wanted. */
int statics_write(struct work *w, struct str css, bool sitemap,
	struct err *err);

/* Writes the one of these at `path`, but the sitemap: 1; 0: it is none; -1. */
int statics_one(struct work *w, struct str path, struct err *err);

#endif
