/*
 * What commit remembers of articles: what their records bring along, what the
 * records of this stream have added to that, and for a stream whose maker
 * carries no memory (a WARC of another crawler) what stet-mark has noted. In
 * one stream the memory is whole, so that a replay decides as the first time.
 *
 *	struct recall *recall = recall_new(archive);
 *	recall_get(&memory, recall, key, carried, &arena);
 *	...
 *	recall_put(recall, key, &memory);
 */
#ifndef STET_COMMIT_RECALL_H
#define STET_COMMIT_RECALL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/article/memory.h"
#include "common/base/arena.h"
#include "common/base/str.h"

enum { RECALL_ARTICLES_MAX = 1 << 20 }; /* then the stream's part starts anew */

struct recall;

/* Never NULL. The archive's schedule is read when it is first asked for. */
struct recall *recall_new(const char *archive);
void recall_free(struct recall *r);

/* The memory of an article; its strings lie in `arena`. `carried` is what its
 * record brings. */
void recall_get(struct memory *out, struct recall *r, struct str key,
	struct str carried, struct arena *arena);

/* What is to be remembered from now on: the text for the receipt, in
 * `arena`. */
struct str recall_put(struct recall *r, struct str key,
	const struct memory *m, struct arena *arena);

/* Notes that an article shows a text that may be no edit; returns how many
 * others of this stream did. */
size_t recall_others(struct recall *r, uint64_t sketch, struct str key);

#endif
