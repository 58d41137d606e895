/*
 * Hashes of bytes and characters (FNV-1a), and the two tables that are made
 * of them: a set of numbers and a map from texts.
 *
 *	struct hash_set seen = { 0 };
 *	if (hash_set_add(&seen, hash_str64(url)))
 *		... it is new
 *	hash_set_release(&seen);
 *
 *	struct hash_map m = { 0 };
 *	struct site *site = hash_map_get(&m, name);
 *	if (!site)
 *		hash_map_add(&m, str_from(site->name), site);
 *	for (size_t i = 0; i < m.count; i++)
 *		... m.values[i], in the order they were added
 *	hash_map_release(&m);
 *
 * The values are part of what is stored (schedule.db has 32-bit ones): they
 * never change. Whoever writes the input can make them collide, which makes
 * look-ups slow and no answer wrong, but for a set of hashes of texts: there
 * two texts with the same hash of 64 bits are one.
 */
#ifndef STET_HASH_H
#define STET_HASH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

#define HASH_START 0x811c9dc5u
#define HASH_START64 0xcbf29ce484222325u

/* The hash of what came before and of one byte or character more. */
static inline uint32_t
hash_more(uint32_t hash, uint32_t c)
{
	return (hash ^ c) * 0x01000193u;
}

static inline uint64_t
hash_more64(uint64_t hash, uint32_t c)
{
	return (hash ^ c) * 0x100000001b3u;
}

/* The same of all bytes of s. */
static inline uint32_t
hash_add(uint32_t hash, struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		hash = hash_more(hash, (unsigned char)s.ptr[i]);
	return hash;
}

static inline uint64_t
hash_add64(uint64_t hash, struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		hash = hash_more64(hash, (unsigned char)s.ptr[i]);
	return hash;
}

static inline uint32_t
hash_str(struct str s)
{
	return hash_add(HASH_START, s);
}

static inline uint64_t
hash_str64(struct str s)
{
	return hash_add64(HASH_START64, s);
}

/* Numbers that are hashes already. */
struct hash_set {
	uint64_t *slots; /* 0: free */
	size_t cap, count;
	bool has_zero;
};

/* Adds a number; false when it was there. */
bool hash_set_add(struct hash_set *set, uint64_t number);
bool hash_set_has(const struct hash_set *set, uint64_t number);

/* Takes all out, keeps the storage; drops the storage. */
void hash_set_reset(struct hash_set *set);
void hash_set_release(struct hash_set *set);

/* Texts, as hosts and addresses; keys and values are borrowed and are never
 * removed one by one. */
struct hash_map {
	struct str *keys;
	void **values;
	uint32_t *slots; /* index into the above plus 1; 0: free */
	size_t count, cap, slots_count;
};

/* The value of `key`, or NULL. */
void *hash_map_get(const struct hash_map *m, struct str key);

/* Adds a key that is not there yet and stays where it is. */
void hash_map_add(struct hash_map *m, struct str key, void *value);

/* Drops the table, not what it points to. */
void hash_map_release(struct hash_map *m);

#endif
