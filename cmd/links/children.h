/*
 * The sitemaps of a sitemap index. Large papers list one for each month since
 * they went online; the newest are what a watcher wants.
 */
#ifndef STET_LINKS_CHILDREN_H
#define STET_LINKS_CHILDREN_H

#include <stddef.h>

#include "cmd/links/sink.h"
#include "common/base/arena.h"
#include "common/base/err.h"

enum {
	CHILDREN_GIVEN = 50,
	CHILDREN_MAX = 50000,
	CHILDREN_BYTES = 64 << 20
};

struct child;

struct children {
	struct arena arena;
	struct child *list;
	size_t count, cap;
};

void children_init(struct children *c);
void children_release(struct children *c);

/* Keeps a copy of the item, unless CHILDREN_MAX are kept. */
void children_add(struct children *c, const struct item *item);

/*
 * Gives the CHILDREN_GIVEN that changed last to `sink`, in the order of the
 * document; of those without a date the first ones. -1 as sink_add.
 */
int children_give(struct children *c, struct sink *sink, struct err *err);

#endif
