/*
 * Memory for one record: many small allocations, dropped together. One arena
 * per record or per page, reset after it; views (struct str) point into it.
 *
 *	struct arena a;
 *	arena_init(&a, 64 << 20);
 *	while (next_record(&record, &a))
 *		work, then arena_reset(&a);
 *	arena_release(&a);
 *
 * An arena has a cap on the bytes handed out between two resets. At the cap
 * arena_alloc returns NULL; a parser of input that meets NULL reports the
 * record as too large. Not to be shared between threads.
 */
#ifndef STET_ARENA_H
#define STET_ARENA_H

#include <stddef.h>

#include "common/base/str.h"

struct arena_chunk;

struct arena {
	struct arena_chunk *chunk; /* the one in use; older ones behind it */
	size_t used_bytes;         /* handed out since the last reset */
	size_t max_bytes;
};

/* Fills a; allocates nothing. */
void arena_init(struct arena *a, size_t max_bytes);

/* Takes all allocations back; keeps the largest chunk for the next record. */
void arena_reset(struct arena *a);

/* Drops the storage. */
void arena_release(struct arena *a);

/* `size` bytes aligned for any type, not cleared; NULL at the cap. */
void *arena_alloc(struct arena *a, size_t size);

/* `count` cleared elements of `size` bytes; NULL at the cap or on overflow. */
void *arena_calloc(struct arena *a, size_t count, size_t size);

/*
 * Grows the allocation `old` of `old_size` bytes to `size`; in place when it
 * was the last one. NULL at the cap (old stays valid).
 */
void *arena_grow(struct arena *a, void *old, size_t old_size, size_t size);

/* A copy of s with a NUL behind it; the view {NULL, 0} at the cap. */
struct str arena_dup(struct arena *a, struct str s);

#endif
