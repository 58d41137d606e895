/*
 * A table from short texts (hosts, origins, addresses) to what is known of
 * them. Keys and values are borrowed and never removed one by one.
 *
 *	struct map m = { 0 };
 *	struct site *site = map_get(&m, name);
 *	if (!site)
 *		map_add(&m, str_from(site->name), site);
 *	for (size_t i = 0; i < m.count; i++)
 *		... m.values[i], in the order they were added
 *	map_release(&m);
 */
#ifndef STET_FETCH_MAP_H
#define STET_FETCH_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

struct map {
	struct str *keys;
	void **values;
	uint32_t *slots; /* index into the above plus 1; 0: free */
	size_t count, cap, slots_count;
};

/* The value of `key`, or NULL. */
void *map_get(const struct map *m, struct str key);

/* Adds a key that is not there yet and stays where it is. */
void map_add(struct map *m, struct str key, void *value);

/* Drops the table, not what it points to. */
void map_release(struct map *m);

#endif
