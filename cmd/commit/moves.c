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

/* Of a record that outlives its batch: the numbers. */
static struct record
numbers_of(const struct record *r)
{
	return (struct record){
		.number = r->number,
		.article = { .event = r->article.event,
			.status = r->article.status,
			.retry_after_s = r->article.retry_after_s },
		.fetched_s = r->fetched_s,
		.known = r->known,
		.row = { .id = r->row.id,
			.state = r->row.state,
			.versions = r->row.versions,
			.first_s = r->row.first_s,
			.last_s = r->row.last_s,
			.commit = r->row.commit,
			.blob = r->row.blob,
			.sketch = r->row.sketch },
	};
}

/* The record that waits: its numbers, and copies of the texts named here. */
static bool
copy_record(struct move *move, const struct record *record, struct str target)
{
	const struct article *from = &record->article;
	struct record *r = &move->record;
	struct article *a = &r->article;
	const struct {
		struct str *to;
		struct str text;
	} texts[] = {
		{ &move->target, target },
		{ &a->url, from->url },
		{ &a->key, from->key },
		{ &a->source, from->source },
		{ &a->extractor, from->extractor },
		{ &a->fetched, from->fetched },
		{ &a->etag, from->etag },
		{ &a->last_modified, from->last_modified },
		{ &a->record_id, from->record_id },
		{ &a->payload_digest, from->payload_digest },
		{ &a->reason, from->reason },
		{ &a->location, from->location },
		{ &a->doubt, from->doubt },
		{ &r->url, record->url },
		{ &r->key, record->key },
		{ &r->row.key, record->row.key },
		{ &r->row.path, record->row.path },
		{ &r->row.source, record->row.source },
	};

	*r = numbers_of(record);
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		*texts[i].to = arena_dup(&move->arena, texts[i].text);
		if (!texts[i].to->ptr)
			return false;
	}
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
	moves->items = xgrow(
		moves->items, moves->count, &moves->cap, sizeof(struct move *));
	moves->items[moves->count++] = move;
	return true;
}

void
moves_follow(struct moves *moves, struct str from, struct str to)
{
	for (size_t i = 0; i < moves->count; i++) {
		struct move *move = moves->items[i];

		if (!move->taken && str_eq(move->target, from)) {
			move->target = arena_dup(&move->arena, to);
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
