/*
 * Lists of changes and of articles, by pages that keep their numbers: page 1
 * has the oldest entries, the index page the newest.
 */
#ifndef STET_LISTS_H
#define STET_LISTS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/site/work.h"

enum { LISTS_PAGE = 50 };

/*
 * Writes the pages that hold what came after commit `since_seq` (0: all):
 * latest, small changes, removed, each source's, the rankings, the sources.
 */
/*
 * Writes the one list page at `path` ("changes/2.html", "index.html"): 1; 0:
 * there is none; -1. A source's lists too.
 */
int lists_one(struct work *w, struct str path, struct err *err);

int lists_write(struct work *w, int64_t since_seq, struct err *err);

/* Whether a list or feed may be there: without a look at the archive. */
bool lists_may_be(struct str path);

#endif
