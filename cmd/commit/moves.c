#include "cmd/commit/moves.h"

#include "common/base/xalloc.h"

enum { MOVE_BYTES = 1 << 20 };

struct moves {
	struct move **items;
	size_t count, cap;
};

struct moves *
moves_new(void)
{
	return xcalloc(1, sizeof(struct moves));
}

static void
move_free(struct move *move)
{
	arena_release(&move->arena);
	free(move);
}

void
moves_free(struct moves *moves)
{
	if (!moves)
		return;
	for (size_t i = 0; i < moves->count; i++)
		move_free(moves->items[i]);
	free(moves->items);
	free(moves);
}

static bool
keep(struct str *s, struct arena *arena)
{
	*s = arena_dup(arena, *s);
	return s->ptr != NULL;
}

/* A record of its own memory; what a move does not need is dropped. */
static bool
copy_record(struct move *move, const struct record *record, struct str target)
{
	struct record *r = &move->record;
	struct article *a = &r->article;
	struct str *const texts[] = { &a->url, &a->key, &a->source,
		&a->extractor, &a->fetched, &a->etag, &a->last_modified,
		&a->record_id, &a->payload_digest, &a->reason, &a->location,
		&r->url, &r->key, &r->row.key, &r->row.source };

	*r = *record;
	r->looked_up = false;
	a->blocks_count = a->authors.count = a->signals.count = 0;
	move->target = target;
	if (!keep(&move->target, &move->arena))
		return false;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (!keep(texts[i], &move->arena))
			return false;
	return true;
}

bool
moves_add(struct moves *moves, const struct record *record, struct str target)
{
	struct move *move;

	if (moves->count >= MOVES_MAX)
		return false;
	move = xcalloc(1, sizeof(*move));
	arena_init(&move->arena, MOVE_BYTES);
	move->new_here = true;
	if (!copy_record(move, record, target)) {
		move_free(move);
		return false;
	}
	moves->items = xgrow(moves->items, moves->count, &moves->cap,
		sizeof(struct move *));
	moves->items[moves->count++] = move;
	return true;
}

void
moves_follow(struct moves *moves, struct str from, struct str to)
{
	for (size_t i = 0; i < moves->count; i++) {
		struct move *move = moves->items[i];

		if (!move->taken && str_eq(move->target, from)) {
			move->target = to;
			if (!keep(&move->target, &move->arena))
				move->target = STR("");
		}
	}
}

static bool
is_kind(const struct move *move, enum move_kind kind)
{
	return move->record.known == (kind == MOVE_ARTICLE);
}

const struct move *
moves_find(struct moves *moves, struct str key, enum move_kind kind)
{
	for (size_t i = 0; i < moves->count; i++) {
		struct move *move = moves->items[i];

		if (!move->taken && is_kind(move, kind) &&
			str_eq(move->target, key)) {
			move->taken = true;
			return move;
		}
	}
	return NULL;
}

const struct move *
moves_rest(struct moves *moves)
{
	for (size_t i = 0; i < moves->count; i++) {
		struct move *move = moves->items[i];

		if (move->taken)
			continue;
		move->taken = true;
		return move;
	}
	return NULL;
}

/* Drops those that `drop` says of; the others stay. */
static void
sweep(struct moves *moves, bool accepted)
{
	size_t left = 0;

	for (size_t i = 0; i < moves->count; i++) {
		struct move *move = moves->items[i];

		if (accepted ? move->taken : move->new_here) {
			move_free(move);
			continue;
		}
		move->taken = move->new_here = false;
		moves->items[left++] = move;
	}
	moves->count = left;
}

void
moves_accept(struct moves *moves)
{
	sweep(moves, true);
}

void
moves_revert(struct moves *moves)
{
	sweep(moves, false);
}
