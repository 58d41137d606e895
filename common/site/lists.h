/*
 * Lists of changes and of articles, by pages that keep their numbers: page 1
 * has the oldest entries, the index page the newest.
 */
#ifndef STET_LISTS_H
#define STET_LISTS_H

#include <stdint.h>

#include "common/base/err.h"
#include "common/site/work.h"

enum { LISTS_PAGE = 50 };

/*
 * Writes the pages that hold what came after commit `since_seq` (0: all):
 * latest, small changes, removed, each source's, the rankings, the sources.
 */
int lists_write(struct work *w, int64_t since_seq, struct err *err);

#endif
