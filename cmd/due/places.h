/* A set of numbers that are hashes already: what has gone out. */
#ifndef STET_DUE_PLACES_H
#define STET_DUE_PLACES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct places {
	uint64_t *slots; /* open addressing; 0: free */
	size_t cap, count;
};

void places_init(struct places *p);
void places_release(struct places *p);

/* Adds a number other than 0; false when it is in already. */
bool places_add(struct places *p, uint64_t number);
bool places_has(const struct places *p, uint64_t number);

#endif
