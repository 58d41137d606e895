/*
 * Articles that their keeper has taken out of pages and search (stet-hide(1)):
 * the values of stet.hide in the archive's configuration, each the URL or key
 * of an article. The history keeps them.
 *
 *	struct hidden hidden;
 *	if (hidden_load(&hidden, store, index, &err) < 0)
 *		...
 *	if (hidden_has(&hidden, article.id))
 *		...
 *	hidden_release(&hidden);
 */
#ifndef STET_HIDDEN_H
#define STET_HIDDEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/base/err.h"
#include "common/git/gitstore.h"

struct hidden {
	int64_t *ids; /* of articles, sorted, each once */
	size_t count;
};

/* Fills out. A name that no article of the archive has is passed over. */
int hidden_load(struct hidden *out, struct gitstore *store,
	struct index *index, struct err *err);
void hidden_release(struct hidden *h);

bool hidden_has(const struct hidden *h, int64_t id);

#endif
