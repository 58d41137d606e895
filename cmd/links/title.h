/*
 * The text of an entry's title, as one line: what a feed's reader would show.
 */
#ifndef STET_LINKS_TITLE_H
#define STET_LINKS_TITLE_H

#include <stdbool.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

/*
 * Appends `raw` with each run of white space as one space and without control
 * bytes. With `html`, tags are left out first and references resolved, which
 * feeds escape twice.
 */
void title_clean(struct strbuf *out, struct str raw, bool html);

#endif
