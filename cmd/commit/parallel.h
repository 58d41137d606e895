/*
 * The items of an array worked on by several threads, which stay for the next
 * array. What is done to an item must depend on the item alone, so that the
 * result is the same with any number of threads.
 *
 *	struct parallel *p = parallel_new(threads);
 *	parallel_for(p, count, work, context);	returns when all are done
 *	parallel_free(p);
 */
#ifndef STET_COMMIT_PARALLEL_H
#define STET_COMMIT_PARALLEL_H

#include <stddef.h>

enum { PARALLEL_MAX = 64 };

struct parallel;

/*
 * `threads` from 1 to PARALLEL_MAX, the caller's among them; they are started
 * when first needed, and fewer where the system allows no more.
 */
struct parallel *parallel_new(size_t threads);
void parallel_free(struct parallel *p);

size_t parallel_threads(const struct parallel *p);

/*
 * Calls work(context, worker, item) for each item below `count`; `worker`,
 * below parallel_threads, says whose scratch memory may be used.
 */
void parallel_for(struct parallel *p, size_t count,
	void (*work)(void *context, size_t worker, size_t item),
	void *context);

#endif
