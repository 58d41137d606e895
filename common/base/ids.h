/*
 * Sets of numbers (ids of rows) as sorted arrays.
 *
 *	count = ids_sort(ids, count);
 *	if (ids_has(ids, count, id))
 *		...
 */
#ifndef STET_IDS_H
#define STET_IDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Sorts the ids, drops doubles and returns how many are left. */
size_t ids_sort(int64_t *ids, size_t count);

/* Whether the sorted ids hold this one. */
bool ids_has(const int64_t *ids, size_t count, int64_t id);

/* For qsort and bsearch over structs that begin with an id. */
int ids_compare(const void *a, const void *b);

#endif
