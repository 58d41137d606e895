/*
 * Allocation that does not fail: without memory the process says so and ends
 * with status 3. For the storage of modules; what a record needs comes from
 * an arena, and no size here is taken unchecked from input.
 */
#ifndef STET_XALLOC_H
#define STET_XALLOC_H

#include <stddef.h>
#include <stdlib.h>

/* `size` bytes, not cleared. */
void *xmalloc(size_t size);

/* An array of `count` cleared elements; count * size is checked. */
void *xcalloc(size_t count, size_t size);

/* realloc; the caller frees with free(). */
void *xrealloc(void *old, size_t size);

/* An array resized to `count` elements; count * size is checked. */
void *xreallocarray(void *old, size_t count, size_t size);

/* A copy of a C string, and of `len` bytes with a NUL behind them. */
char *xstrdup(const char *c);
char *xmemdup0(const void *bytes, size_t len);

/*
 * Makes room for one more element in a growing array: when *cap is reached
 * it is doubled. Returns the array's new place.
 */
void *xgrow(void *array, size_t count, size_t *cap, size_t size);

#endif
