#include "cmd/links/children.h"

#include <stdlib.h>

#include "common/base/xalloc.h"

struct child {
	struct str href, base;
	int64_t changed_s; /* INT64_MIN: no date */
	size_t place;
};

void
children_init(struct children *c)
{
	*c = (struct children){ .list = NULL };
	arena_init(&c->arena, CHILDREN_BYTES);
}

void
children_release(struct children *c)
{
	arena_release(&c->arena);
	free(c->list);
	c->list = NULL;
}

void
children_add(struct children *c, const struct item *item)
{
	struct child child = { .href = arena_dup(&c->arena, item->href),
		.base = arena_dup(&c->arena, item->base),
		.changed_s = item->dated ? item->published_s : INT64_MIN,
		.place = c->count };

	if (c->count == CHILDREN_MAX || !child.href.ptr || !child.base.ptr)
		return;
	c->list = xgrow(c->list, c->count, &c->cap, sizeof(*c->list));
	c->list[c->count++] = child;
}

static int
newest_first(const void *a, const void *b)
{
	const struct child *x = a, *y = b;

	if (x->changed_s != y->changed_s)
		return x->changed_s < y->changed_s ? 1 : -1;
	return x->place < y->place ? -1 : 1;
}

static int
by_place(const void *a, const void *b)
{
	const struct child *x = a, *y = b;

	return x->place < y->place ? -1 : 1;
}

int
children_give(struct children *c, struct sink *sink, struct err *err)
{
	size_t count = c->count < CHILDREN_GIVEN ? c->count : CHILDREN_GIVEN;

	if (count == 0)
		return 0;
	qsort(c->list, c->count, sizeof(*c->list), newest_first);
	qsort(c->list, count, sizeof(*c->list), by_place);
	for (size_t i = 0; i < count; i++) {
		struct item item = { .kind = ITEM_SITEMAP,
			.href = c->list[i].href, .base = c->list[i].base };

		if (sink_add(sink, &item, err) < 0)
			return -1;
	}
	return 0;
}
