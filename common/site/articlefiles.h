/* All files of one article: pages, feeds, TimeMap. */
#ifndef STET_ARTICLEFILES_H
#define STET_ARTICLEFILES_H

#include "common/base/err.h"
#include "common/site/work.h"

/*
 * Writes every file of the article (a page that would be as it was is left
 * alone). Of a hidden one every address says so.
 */
int articlefiles_write(struct work *w, struct view *v, struct err *err);

#endif
