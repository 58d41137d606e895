#include "common/archive/restore.h"

#include "common/archive/index.h"
#include "common/archive/schedule.h"
#include "common/base/arena.h"
#include "common/base/number.h"
#include "common/base/strbuf.h"

#define NOTE "last article"

enum { ARENA_BYTES = 1 << 20, NOTE_BYTES = 1 << 16, PATH_BYTES = 8192 };

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
		.etag = article->etag, .last_modified = article->last_modified,
		.error = STR(""), .doubt = STR("") };

	if (!e.url.len)
		e.url = e.key;
	if (e.state != SCHEDULE_LIVE)
		e.etag = e.last_modified = STR("");
	schedule_restore(&e, now_s);
	return scheduledb_put(db, &e, schedule_host(e.url, arena), err);
}

/* 1: the schedule knows it, by its own key or another; 0; -1. */
static int
is_known(struct scheduledb *db, struct str key, struct arena *arena,
	struct err *err)
{
	struct schedule_entry e;
	int got = scheduledb_find(&e, db, SCHEDULE_ARTICLE, key, arena, err);

	return got != 0 ? got : scheduledb_resolve(&key, db, arena, err);
}

/*
 * The last article of the index that was known to be in the schedule, as
 * "ID KEY": 0 when there is none, or the index has another by that number.
 */
static int
last_known(int64_t *out, struct scheduledb *db, struct index *index,
	struct arena *arena, struct err *err)
{
	struct index_article article;
	struct str id, key, note;
	int got;

	*out = 0;
	if (scheduledb_empty(db))
		return 0;
	got = scheduledb_note(&note, db, NOTE, arena, err);
	if (got <= 0)
		return got;
	key = note;
	if (!str_cut(&id, &key, ' ') || number_parse(out, id, 1, INT64_MAX))
		return 0;
	got = index_get(&article, index, *out, arena, err);
	if (got == 0 || (got > 0 && !str_eq(article.key, key)))
		*out = 0;
	return got < 0 ? -1 : 0;
}

/* Puts the article into the schedule unless it is there: 1 it was missing. */
static int
put_if_missing(struct scheduledb *db, struct index *index,
	const struct index_article *article, int64_t now_s,
	struct arena *arena, struct err *err)
{
	int known = is_known(db, article->key, arena, err);

	if (known != 0)
		return known < 0 ? -1 : 0;
	return put_article(db, article, now_s, arena, err) < 0 ||
			put_aliases(db, index, article, err) < 0 ? -1 : 1;
}

/* How many articles were missing, or -1. */
static int64_t
put_missing(struct scheduledb *db, struct index *index, int64_t after,
	int64_t now_s, struct err *err)
{
	struct index_article article;
	struct index_cursor *cursor;
	struct strbuf last;
	struct arena arena;
	int64_t missing = 0;
	int got, put = 0;

	if (index_articles_after(&cursor, index, after, err) < 0)
		return -1;
	arena_init(&arena, ARENA_BYTES);
	strbuf_init(&last, NOTE_BYTES);
	while (put >= 0 &&
		(got = index_next_article(&article, cursor, err)) > 0) {
		arena_reset(&arena);
		put = put_if_missing(db, index, &article, now_s, &arena, err);
		missing += put;
		strbuf_reset(&last);
		strbuf_addf(&last, "%lld ", (long long)article.id);
		strbuf_adds(&last, article.key);
	}
	if (put < 0 || got < 0 || (last.len > 0 &&
			scheduledb_set_note(db, NOTE, strbuf_str(&last),
				err) < 0))
		missing = -1;
	strbuf_release(&last);
	arena_release(&arena);
	index_cursor_free(cursor);
	return missing;
}

static int64_t
restore(struct scheduledb *db, struct index *index, bool all, int64_t now_s,
	struct err *err)
{
	struct arena arena;
	int64_t after = 0, missing = -1;

	arena_init(&arena, ARENA_BYTES);
	if (scheduledb_begin(db, err) == 0) {
		if (all || last_known(&after, db, index, &arena, err) == 0)
			missing = put_missing(db, index, after, now_s, err);
		if (missing < 0)
			scheduledb_rollback(db);
		else if (scheduledb_commit(db, err) < 0)
			missing = -1;
	}
	arena_release(&arena);
	return missing;
}

int64_t
restore_schedule(struct scheduledb *db, struct gitstore *store, bool all,
	int64_t now_s, struct err *err)
{
	struct index *index;
	int64_t missing;

	if (index_open(&index, store, err) < 0)
		return -1;
	missing = restore(db, index, all, now_s, err);
	index_close(index);
	return missing;
}

/*
 * A damaged schedule is moved aside and a new one put in its place; where
 * that cannot be, one in memory: 0; -1.
 */
static int
replace(struct scheduledb **out, const char *path, uint64_t identity,
	struct gitstore *store, int64_t now_s, struct err *err)
{
	struct err why = *err;
	int moved = sql_move_aside(path, identity, err);

	if (moved > 0)
		err_tell("the schedule was damaged and is made anew from the "
			 "history (%s)", why.text);
	if (moved < 0 || scheduledb_open(out, path, SQL_CREATE, err) < 0) {
		err_tell("the schedule is damaged and cannot be made anew on "
			 "disk (%s)", why.text);
		if (scheduledb_open_memory(out, err) < 0)
			return -1;
	}
	return restore_schedule(*out, store, true, now_s, err) < 0 ? -1 : 0;
}

int
restore_open(struct scheduledb **out, struct gitstore *store,
	enum sql_mode mode, int64_t now_s, struct err *err)
{
	struct strbuf path;
	uint64_t identity;
	int got;

	strbuf_init(&path, PATH_BYTES);
	strbuf_addf(&path, "%s/stet/schedule.db", gitstore_path(store));
	identity = sql_identity(path.ptr);
	got = scheduledb_open(out, path.ptr, mode, err);
	if (got == SQL_DAMAGED) /* or the disk failed for a moment */
		got = scheduledb_open(out, path.ptr, mode, err);
	if (got == SQL_DAMAGED)
		got = replace(out, path.ptr, identity, store, now_s, err) < 0 ?
			-1 : 1;
	else if (got > 0 && mode != SQL_READ &&
		restore_schedule(*out, store, false, now_s, err) < 0)
		got = -1;
	if (got < 0) {
		scheduledb_close(*out);
		*out = NULL;
	}
	strbuf_release(&path);
	return got;
}

int64_t
restore_count(struct scheduledb *db, struct gitstore *store, struct err *err)
{
	struct index_article article;
	struct index_cursor *cursor = NULL;
	struct index *index;
	struct arena arena;
	int64_t missing = 0;
	int got, known = 0;

	if (index_open(&index, store, err) < 0)
		return -1;
	arena_init(&arena, ARENA_BYTES);
	got = index_articles(&cursor, index, STR(""), err);
	while (got >= 0 && known >= 0 &&
		(got = index_next_article(&article, cursor, err)) > 0) {
		arena_reset(&arena);
		known = is_known(db, article.key, &arena, err);
		missing += known == 0;
	}
	index_cursor_free(cursor);
	arena_release(&arena);
	index_close(index);
	return got < 0 || known < 0 ? -1 : missing;
}
