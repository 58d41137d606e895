#include "common/site/told.h"

#include <stdlib.h>

#include "common/base/xalloc.h"

void
told_init(struct told *t)
{
	*t = (struct told){ 0 };
	arena_init(&t->arena, TOLD_BYTES);
}

void
told_release(struct told *t)
{
	free(t->entries);
	arena_release(&t->arena);
}

/* The entry of that place, or the free one where it would be. */
static struct told_entry *
slot(const struct told *t, int64_t seq)
{
	size_t i = (size_t)((uint64_t)seq * 0x9e3779b97f4a7c15u >> 20);

	while (t->entries[i % t->cap].seq != 0 &&
		t->entries[i % t->cap].seq != seq)
		i++;
	return &t->entries[i % t->cap];
}

bool
told_find(const struct told *t, int64_t seq, struct str *markup)
{
	const struct told_entry *e = t->cap > 0 ? slot(t, seq) : NULL;

	if (!e || e->seq == 0)
		return false;
	*markup = e->markup;
	return true;
}

static void
grow(struct told *t)
{
	struct told old = *t;

	t->cap = old.cap ? 2 * old.cap : 1024;
	t->entries = xcalloc(t->cap, sizeof(*t->entries));
	for (size_t i = 0; i < old.cap; i++)
		if (old.entries[i].seq != 0)
			*slot(t, old.entries[i].seq) = old.entries[i];
	free(old.entries);
}

void
told_keep(struct told *t, int64_t seq, struct str markup)
{
	struct str kept = arena_dup(&t->arena, markup);
	struct told_entry *e;

	if (!kept.ptr || seq <= 0)
		return;
	if (2 * (t->count + 1) > t->cap)
		grow(t);
	e = slot(t, seq);
	t->count += e->seq == 0;
	*e = (struct told_entry){ seq, kept };
}
