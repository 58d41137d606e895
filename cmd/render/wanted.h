/* Which articles are to be rendered, by receipts. */
#ifndef STET_RENDER_WANTED_H
#define STET_RENDER_WANTED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/linebuf.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

enum { WANTED_BYTES = 64 << 20 };

struct wanted {
	int64_t *ids; /* sorted by wanted_sort */
	size_t count, cap;
	struct str *keys; /* of the receipts */
	size_t keys_count, keys_cap;
	struct arena arena; /* the keys */
	struct linebuf lines;
	bool reading;
};

void wanted_init(struct wanted *w);
void wanted_release(struct wanted *w);

/*
 * Reads receipts to the end of `in`: 0. 1 after a line that is no receipt
 * (err says why; call again to go on), -1 when it cannot be read any further.
 */
int wanted_read(struct wanted *w, int in, struct err *err);

/* Looks up the articles of the receipts. Unknown ones are passed over: a
 * receipt of a failure may have none. */
int wanted_find(struct wanted *w, struct index *index, struct err *err);

/* Adds an article; sorts them and drops doubles. */
void wanted_add(struct wanted *w, int64_t id);
void wanted_sort(struct wanted *w);

#endif
