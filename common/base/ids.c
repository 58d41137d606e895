#include "common/base/ids.h"

#include <stdlib.h>

int
ids_compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

size_t
ids_sort(int64_t *ids, size_t count)
{
	size_t kept = 0;

	if (count > 1)
		qsort(ids, count, sizeof(*ids), ids_compare);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || ids[i] != ids[i - 1])
			ids[kept++] = ids[i];
	return kept;
}

bool
ids_has(const int64_t *ids, size_t count, int64_t id)
{
	return count > 0 && bsearch(&id, ids, count, sizeof(*ids), ids_compare);
}
