#include "common/base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

enum { FIRST_CHUNK_BYTES = 64 * 1024, LARGEST_STEP_BYTES = 8 << 20 };

struct arena_chunk {
	struct arena_chunk *older;
	size_t used;
	size_t size;
	alignas(max_align_t) char bytes[];
};

void
arena_init(struct arena *a, size_t max_bytes)
{
	*a = (struct arena){ .max_bytes = max_bytes };
}

static void
free_chunks(struct arena_chunk *c)
{
	while (c) {
		struct arena_chunk *older = c->older;

		free(c);
		c = older;
	}
}

void
arena_reset(struct arena *a)
{
	a->used_bytes = 0;
	if (!a->chunk)
		return;
	free_chunks(a->chunk->older);
	a->chunk->older = NULL;
	a->chunk->used = 0;
	/* One huge record must not pin its memory for the rest of the run. */
	if (a->chunk->size > LARGEST_STEP_BYTES) {
		free(a->chunk);
		a->chunk = NULL;
	}
}

void
arena_release(struct arena *a)
{
	free_chunks(a->chunk);
	arena_init(a, a->max_bytes);
}

static size_t
round_up(size_t size)
{
	return (size + alignof(max_align_t) - 1) & ~(alignof(max_align_t) - 1);
}

static void
add_chunk(struct arena *a, size_t size)
{
	size_t want = a->chunk ? a->chunk->size * 2 : FIRST_CHUNK_BYTES;
	struct arena_chunk *c;

	if (want > LARGEST_STEP_BYTES)
		want = LARGEST_STEP_BYTES;
	if (want < size)
		want = size;
	c = xmalloc(sizeof(*c) + want);
	c->older = a->chunk;
	c->used = 0;
	c->size = want;
	a->chunk = c;
}

void *
arena_alloc(struct arena *a, size_t size)
{
	void *p;

	if (size > a->max_bytes || a->used_bytes > a->max_bytes - size)
		return NULL;
	size = round_up(size ? size : 1);
	if (!a->chunk || a->chunk->size - a->chunk->used < size)
		add_chunk(a, size);
	p = a->chunk->bytes + a->chunk->used;
	a->chunk->used += size;
	a->used_bytes += size;
	return p;
}

void *
arena_calloc(struct arena *a, size_t count, size_t size)
{
	void *p;

	if (size && count > SIZE_MAX / size)
		return NULL;
	p = arena_alloc(a, count * size);
	if (p)
		memset(p, 0, count * size);
	return p;
}

void *
arena_grow(struct arena *a, void *old, size_t old_size, size_t size)
{
	size_t had = round_up(old_size ? old_size : 1);
	size_t want = round_up(size ? size : 1);
	struct arena_chunk *c = a->chunk;
	void *p;

	if (old && want <= had)
		return old;
	if (old && c && (char *)old + had == c->bytes + c->used &&
		c->size - c->used >= want - had &&
		a->used_bytes + (want - had) <= a->max_bytes) {
		c->used += want - had;
		a->used_bytes += want - had;
		return old;
	}
	p = arena_alloc(a, size);
	if (p && old)
		memcpy(p, old, old_size);
	return p;
}

struct str
arena_dup(struct arena *a, struct str s)
{
	char *copy = arena_alloc(a, s.len + 1);

	if (!copy)
		return (struct str){ NULL, 0 };
	if (s.len)
		memcpy(copy, s.ptr, s.len);
	copy[s.len] = '\0';
	return (struct str){ copy, s.len };
}
