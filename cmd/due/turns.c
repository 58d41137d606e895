#include "cmd/due/turns.h"

#include <stdlib.h>

#include "common/base/xalloc.h"

void
turns_init(struct turns *t)
{
	*t = (struct turns){ .list = NULL };
}

void
turns_release(struct turns *t)
{
	free(t->list);
	turns_init(t);
}

void
turns_add(struct turns *t, int64_t due_s, uint32_t host, int64_t what)
{
	if (due_s < 0)
		due_s = 0;
	if (due_s > UINT32_MAX)
		due_s = UINT32_MAX;
	t->list = xgrow(t->list, t->count, &t->cap, sizeof(*t->list));
	t->list[t->count++] = (struct turn){ what, (uint32_t)due_s, host };
}

static uint64_t
number_of(const struct turn *turn, int shift)
{
	return turn->due_s >> shift & 0xffff;
}

/* One pass of a stable radix sort by 16 bits of due_s. */
static void
radix_pass(const struct turn *from, struct turn *to, size_t count, int shift)
{
	size_t *starts = xcalloc(65537, sizeof(*starts));

	for (size_t i = 0; i < count; i++)
		starts[number_of(&from[i], shift) + 1]++;
	for (size_t i = 0; i < 65536; i++)
		starts[i + 1] += starts[i];
	for (size_t i = 0; i < count; i++)
		to[starts[number_of(&from[i], shift)]++] = from[i];
	free(starts);
}

/*
 * How many of the same host came before each turn, and the highest such
 * number. Hosts are counted in a table as large as there are turns.
 */
static uint32_t
count_rounds(uint32_t *rounds, const struct turn *list, size_t count)
{
	struct slot {
		uint32_t host, seen;
	} *slots;
	size_t size = 1024;
	uint32_t highest = 0;

	/* Rarely more than some thousand hosts; full only if all differ. */
	while (size < count * 2 && size < (size_t)1 << 21)
		size *= 2;
	slots = xcalloc(size, sizeof(*slots));
	for (size_t i = 0; i < count; i++) {
		size_t at = (list[i].host * 2654435761u) & (size - 1);
		size_t probes = 0;

		while (slots[at].seen && slots[at].host != list[i].host &&
			probes++ < size)
			at = (at + 1) & (size - 1);
		slots[at].host = list[i].host;
		rounds[i] = slots[at].seen++;
		highest = rounds[i] > highest ? rounds[i] : highest;
	}
	free(slots);
	return highest;
}

/* Stable: by round. */
static void
sort_by_round(const struct turn *from, struct turn *to,
	const uint32_t *rounds, size_t count, uint32_t highest)
{
	size_t *starts = xcalloc((size_t)highest + 2, sizeof(*starts));

	for (size_t i = 0; i < count; i++)
		starts[rounds[i] + 1]++;
	for (size_t i = 0; i <= highest; i++)
		starts[i + 1] += starts[i];
	for (size_t i = 0; i < count; i++)
		to[starts[rounds[i]]++] = from[i];
	free(starts);
}

void
turns_sort(struct turns *t)
{
	struct turn *other;
	uint32_t *rounds, highest;

	if (t->count < 2)
		return;
	other = xcalloc(t->count, sizeof(*other));
	rounds = xcalloc(t->count, sizeof(*rounds));
	radix_pass(t->list, other, t->count, 0);
	radix_pass(other, t->list, t->count, 16);
	highest = count_rounds(rounds, t->list, t->count);
	sort_by_round(t->list, other, rounds, t->count, highest);
	free(rounds);
	free(t->list);
	t->list = other;
	t->cap = t->count;
}
