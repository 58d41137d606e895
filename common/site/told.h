/*
 * What each change is, in a line of markup, by its place in the history: told
 * once, when its page is made or when a list first needs it, and kept as long
 * as there is room.
 */
#ifndef STET_TOLD_H
#define STET_TOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/str.h"

enum { TOLD_BYTES = 256 << 20 };

struct told_entry {
	int64_t seq; /* 0: free */
	struct str markup;
};

struct told {
	struct told_entry *entries; /* open addressing */
	size_t count, cap;
	struct arena arena;
};

void told_init(struct told *t);
void told_release(struct told *t);

/* Whether it is known: *markup (which may be empty) until told_release. */
bool told_find(const struct told *t, int64_t seq, struct str *markup);
void told_keep(struct told *t, int64_t seq, struct str markup);

#endif
