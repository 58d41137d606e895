/*
 * A number that texts which are nearly the same share: the least of the
 * hashes of their sentences. One sentence edited of n changes it once in n.
 */
#ifndef STET_SKETCH_H
#define STET_SKETCH_H

#include <stddef.h>
#include <stdint.h>

#include "common/article/document.h"

enum { SKETCH_MAX = 4 };

/* A hash of bytes, the same on every machine; never 0. */
uint64_t sketch_hash(uint64_t seed, struct str bytes);

/* The same for a site (the registrable domain of its key), as a seed. */
uint64_t sketch_site(struct str key);

/*
 * The up to SKETCH_MAX least hashes of the long sentences, ascending; of all
 * where none is long. Returns how many; out[0] is the text's sketch.
 */
size_t sketch_of(uint64_t out[SKETCH_MAX], uint64_t site,
	const struct document *d);

/* A digest of all that a reader sees of the text: no date, no address. */
uint64_t sketch_text(const struct document *d);

#endif
