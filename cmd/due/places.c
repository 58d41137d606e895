#include "cmd/due/places.h"

#include <stdlib.h>

#include "common/base/xalloc.h"

void
places_init(struct places *p)
{
	*p = (struct places){ .slots = NULL };
}

void
places_release(struct places *p)
{
	free(p->slots);
	places_init(p);
}

/* Where the number is or would be. */
static size_t
slot_of(const struct places *p, uint64_t number)
{
	size_t i = (number >> 1) & (p->cap - 1);

	while (p->slots[i] && p->slots[i] != number)
		i = (i + 1) & (p->cap - 1);
	return i;
}

static void
grow(struct places *p)
{
	struct places larger = { .cap = p->cap ? p->cap * 2 : 1024,
		.count = p->count };

	larger.slots = xcalloc(larger.cap, sizeof(*larger.slots));
	for (size_t i = 0; i < p->cap; i++)
		if (p->slots[i])
			larger.slots[slot_of(&larger, p->slots[i])] =
				p->slots[i];
	free(p->slots);
	*p = larger;
}

bool
places_add(struct places *p, uint64_t number)
{
	size_t i;

	if (p->count * 2 >= p->cap)
		grow(p);
	i = slot_of(p, number);
	if (p->slots[i])
		return false;
	p->slots[i] = number;
	p->count++;
	return true;
}

bool
places_has(const struct places *p, uint64_t number)
{
	return p->cap && p->slots[slot_of(p, number)];
}
