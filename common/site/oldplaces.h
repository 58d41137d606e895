/*
 * The addresses of an article from before it moved: each page says where it
 * is now, feeds and TimeMap are those of the article, so that no permalink
 * breaks and no reader's subscription ends.
 */
#ifndef STET_OLDPLACES_H
#define STET_OLDPLACES_H

#include "common/base/err.h"
#include "common/site/work.h"

/*
 * Calls `each` with a view of the article at each of its old stems: a copy of
 * `v` whose paths are the old ones. Nothing happens for an article that has
 * not moved, nor at the place of another article. Stops at the first -1.
 */
int oldplaces_each(struct work *w, const struct view *v,
	int (*each)(void *context, struct view *old, struct err *err),
	void *context, struct err *err);

#endif
