/*
 * Threads that help one thread with a list of captures, each of which is dealt
 * with on its own.
 *
 *	struct packers *p = packers_new(3, pack, context);
 *	packers_run(p, list);	(all of the list is done when it returns)
 *	packers_free(p);
 */
#ifndef STET_FETCH_PACKERS_H
#define STET_FETCH_PACKERS_H

#include <stddef.h>

#include "cmd/fetch/writer.h"

struct packers;

/*
 * `helpers` threads beside the caller's. `pack` is called with its thread's
 * number: 0 for the caller of packers_run, 1 and on for the helpers.
 */
struct packers *packers_new(size_t helpers, void (*pack)(void *context,
	size_t thread, struct capture *c), void *context);

/* Calls `pack` for each capture of the list; waits until all are done. */
void packers_run(struct packers *p, struct capture *list);

/* Ends the threads. */
void packers_free(struct packers *p);

#endif
