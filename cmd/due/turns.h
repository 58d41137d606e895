/*
 * The order in which links go out: the oldest due first, the hosts in turn,
 * so that a host with many does not keep the others waiting.
 *
 *	struct turns t;
 *	turns_init(&t);
 *	turns_add(&t, due_s, host, what);
 *	turns_sort(&t);
 *	for (size_t i = 0; i < t.count; i++)
 *		... t.list[i].what
 *	turns_release(&t);
 */
#ifndef STET_DUE_TURNS_H
#define STET_DUE_TURNS_H

#include <stddef.h>
#include <stdint.h>

struct turn {
	int64_t what;   /* the caller's */
	uint32_t due_s; /* seconds since 1970; later than 2106 is 2106 */
	uint32_t host;
};

struct turns {
	struct turn *list;
	size_t count, cap;
};

void turns_init(struct turns *t);
void turns_release(struct turns *t);
void turns_add(struct turns *t, int64_t due_s, uint32_t host, int64_t what);

/*
 * Sorts: first the oldest of every host, then the second of every host that
 * has one, and so on; within a round by time. Equal times keep their order.
 */
void turns_sort(struct turns *t);

#endif
