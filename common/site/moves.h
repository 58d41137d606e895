/*
 * Moves of articles: from which address to which. An article that moved to a
 * free address takes its history along; one that moved to where another
 * article stands ends, and the pages of both say so.
 */
#ifndef STET_MOVES_H
#define STET_MOVES_H

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/site/work.h"

/*
 * Fills what the view says of moves: v->moves, v->address, the article to
 * which it led and those that led to it, as far as they are shown. -1: a
 * commit of the history cannot be read.
 */
int moves_load(struct work *w, struct view *v, struct err *err);

/*
 * Calls `each` for every article, beyond those in w->catalog->touched, whose
 * pages speak of one of these: as each end of a move names the other one.
 */
int moves_related(struct work *w, void (*each)(void *context, int64_t article),
	void *context, struct err *err);

#endif
