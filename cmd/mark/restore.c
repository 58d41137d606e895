#include "cmd/mark/restore.h"

#include "common/archive/index.h"
#include "common/archive/schedule.h"
#include "common/base/arena.h"

enum { ARENA_BYTES = 1 << 20 };

static int
put_aliases(struct scheduledb *db, struct index *index,
	const struct index_article *article, struct err *err)
{
	struct index_cursor *cursor;
	struct str alias;
	int got;

	if (index_aliases(&cursor, index, article->id, err) < 0)
		return -1;
	while ((got = index_next_alias(&alias, cursor, err)) > 0)
		if (!str_eq(alias, article->key) &&
			scheduledb_alias(db, alias, article->key, err) < 0) {
			got = -1;
			break;
		}
	index_cursor_free(cursor);
	return got;
}

static int
put_article(struct scheduledb *db, const struct index_article *article,
	int64_t now_s, struct arena *arena, struct err *err)
{
	static const enum schedule_state states[] = {
		[INDEX_LIVE] = SCHEDULE_LIVE, [INDEX_GONE] = SCHEDULE_GONE,
		[INDEX_MOVED] = SCHEDULE_MOVED };
	struct schedule_entry e = { .kind = SCHEDULE_ARTICLE,
		.key = article->key, .url = article->url,
		.source = article->source, .state = states[article->state],
		.first_s = article->first_s, .changed_s = article->last_s,
		.etag = STR(""), .last_modified = STR(""),
		.error = STR("") };

	if (!e.url.len)
		e.url = e.key;
	schedule_restore(&e, now_s);
	return scheduledb_put(db, &e, schedule_host(e.url, arena), err);
}

static int
put_all(struct scheduledb *db, struct index *index, int64_t now_s,
	struct err *err)
{
	struct index_article article;
	struct index_cursor *cursor;
	struct arena arena;
	int got;

	if (index_articles(&cursor, index, STR(""), err) < 0)
		return -1;
	arena_init(&arena, ARENA_BYTES);
	while ((got = index_next_article(&article, cursor, err)) > 0) {
		arena_reset(&arena);
		if (put_article(db, &article, now_s, &arena, err) < 0 ||
			put_aliases(db, index, &article, err) < 0) {
			got = -1;
			break;
		}
	}
	arena_release(&arena);
	index_cursor_free(cursor);
	return got;
}

int
restore_schedule(struct scheduledb *db, struct gitstore *store,
	int64_t now_s, struct err *err)
{
	struct index *index;
	int result;

	if (index_open(&index, store, err) < 0)
		return -1;
	result = scheduledb_begin(db, err);
	if (result == 0) {
		result = put_all(db, index, now_s, err);
		if (result == 0)
			result = scheduledb_commit(db, err);
		else
			scheduledb_rollback(db);
	}
	index_close(index);
	return result;
}
