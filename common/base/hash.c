#include "common/base/hash.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

enum { SET_MIN = 1024, MAP_MIN = 64 };

/* Where the number is or would be. The lowest bit of some is always 0. */
static size_t
number_slot(const struct hash_set *set, uint64_t number)
{
	size_t i = (number >> 1) & (set->cap - 1);

	while (set->slots[i] && set->slots[i] != number)
		i = (i + 1) & (set->cap - 1);
	return i;
}

static void
grow_set(struct hash_set *set)
{
	struct hash_set larger = { .cap = set->cap ? set->cap * 2 : SET_MIN,
		.count = set->count, .has_zero = set->has_zero };

	larger.slots = xcalloc(larger.cap, sizeof(*larger.slots));
	for (size_t i = 0; i < set->cap; i++)
		if (set->slots[i])
			larger.slots[number_slot(&larger, set->slots[i])] =
				set->slots[i];
	free(set->slots);
	*set = larger;
}

bool
hash_set_add(struct hash_set *set, uint64_t number)
{
	bool was_there = hash_set_has(set, number);

	if (was_there || number == 0) {
		set->has_zero |= number == 0;
		return !was_there;
	}
	if (set->count * 2 >= set->cap)
		grow_set(set);
	set->slots[number_slot(set, number)] = number;
	set->count++;
	return true;
}

bool
hash_set_has(const struct hash_set *set, uint64_t number)
{
	if (number == 0)
		return set->has_zero;
	return set->cap && set->slots[number_slot(set, number)];
}

void
hash_set_reset(struct hash_set *set)
{
	if (set->count)
		memset(set->slots, 0, set->cap * sizeof(*set->slots));
	set->count = 0;
	set->has_zero = false;
}

void
hash_set_release(struct hash_set *set)
{
	free(set->slots);
	*set = (struct hash_set){ .slots = NULL };
}

static size_t
key_hash(struct str key)
{
	uint64_t hash = hash_str64(key);

	return (size_t)(hash ^ hash >> 32);
}

/* The slot that holds `key`, or the free one where it belongs. */
static uint32_t *
key_slot(const struct hash_map *m, struct str key)
{
	size_t mask = m->slots_count - 1;

	for (size_t i = key_hash(key) & mask;; i = (i + 1) & mask) {
		uint32_t *slot = &m->slots[i];

		if (*slot == 0 || str_eq(m->keys[*slot - 1], key))
			return slot;
	}
}

static void
grow_map(struct hash_map *m)
{
	m->cap = m->cap ? m->cap * 2 : MAP_MIN;
	m->keys = xreallocarray(m->keys, m->cap, sizeof(*m->keys));
	m->values = xreallocarray(m->values, m->cap, sizeof(*m->values));
	free(m->slots);
	m->slots_count = m->cap * 2;
	m->slots = xcalloc(m->slots_count, sizeof(*m->slots));
	for (size_t i = 0; i < m->count; i++)
		*key_slot(m, m->keys[i]) = (uint32_t)i + 1;
}

void *
hash_map_get(const struct hash_map *m, struct str key)
{
	uint32_t *slot = m->count ? key_slot(m, key) : NULL;

	return slot && *slot ? m->values[*slot - 1] : NULL;
}

void
hash_map_add(struct hash_map *m, struct str key, void *value)
{
	if (m->count == m->cap)
		grow_map(m);
	m->keys[m->count] = key;
	m->values[m->count] = value;
	*key_slot(m, key) = (uint32_t)++m->count;
}

void
hash_map_release(struct hash_map *m)
{
	free(m->keys);
	free(m->values);
	free(m->slots);
	*m = (struct hash_map){ .keys = NULL };
}
