#include "cmd/fetch/map.h"

#include <stdlib.h>

#include "common/base/xalloc.h"

/* FNV-1a; the hosts of a run are few enough that an attacker who makes them
 * collide makes nothing slow but his own look-ups. */
static size_t
hash(struct str key)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < key.len; i++)
		h = (h ^ (unsigned char)key.ptr[i]) * 0x100000001b3u;
	return (size_t)(h ^ h >> 32);
}

/* The slot that holds `key`, or the free one where it belongs. */
static uint32_t *
slot_of(const struct map *m, struct str key)
{
	size_t mask = m->slots_count - 1;

	for (size_t i = hash(key) & mask;; i = (i + 1) & mask) {
		uint32_t *slot = &m->slots[i];

		if (*slot == 0 || str_eq(m->keys[*slot - 1], key))
			return slot;
	}
}

static void
grow(struct map *m)
{
	m->cap = m->cap ? m->cap * 2 : 64;
	m->keys = xreallocarray(m->keys, m->cap, sizeof(*m->keys));
	m->values = xreallocarray(m->values, m->cap, sizeof(*m->values));
	free(m->slots);
	m->slots_count = m->cap * 2;
	m->slots = xcalloc(m->slots_count, sizeof(*m->slots));
	for (size_t i = 0; i < m->count; i++)
		*slot_of(m, m->keys[i]) = (uint32_t)i + 1;
}

void *
map_get(const struct map *m, struct str key)
{
	uint32_t *slot = m->count ? slot_of(m, key) : NULL;

	return slot && *slot ? m->values[*slot - 1] : NULL;
}

void
map_add(struct map *m, struct str key, void *value)
{
	if (m->count == m->cap)
		grow(m);
	m->keys[m->count] = key;
	m->values[m->count] = value;
	*slot_of(m, key) = (uint32_t)++m->count;
}

void
map_release(struct map *m)
{
	free(m->keys);
	free(m->values);
	free(m->slots);
	*m = (struct map){ .keys = NULL };
}
