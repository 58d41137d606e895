#include "common/archive/scheduledb.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "common/article/memory.h"
#include "common/base/xalloc.h"

enum { SCHEMA_VERSION = 1, PROBES_MAX = 64, HOPS_MAX = 8 };

/* The columns of an entry in the order in which they are read and bound. */
#define COLUMNS \
	"key, url, source, kind, state, first_s, checked_s, changed_s, " \
	"next_s, period_s, checks, failures, misses, missed_s, etag, " \
	"last_modified, error"

enum statement {
	FIND_ALIAS,
	GET,
	GET_LINK,
	KEY_AT,
	ALIAS_AT,
	PUT,
	PUT_ALIAS,
	DROP,
	DROP_ALIAS,
	GET_NOTE,
	SET_NOTE,
	MEMORY_AT,
	PUT_MEMORY,
	DROP_MEMORY,
	COUNT_SHARERS,
	PUT_DOUBT,
	END_DOUBT,
	STATEMENTS
};

static const char *const texts[STATEMENTS] = {
	[FIND_ALIAS] = "SELECT key FROM aliases WHERE place = ?1",
	[GET] = "SELECT " COLUMNS " FROM entries WHERE place = ?1",
	[GET_LINK] = "SELECT key, url, source, misses, missed_s, etag,"
		     " last_modified FROM entries WHERE place = ?1",
	[KEY_AT] = "SELECT key, kind FROM entries WHERE place = ?1",
	[ALIAS_AT] = "SELECT alias, 0 FROM aliases WHERE place = ?1",
	[PUT] = "INSERT OR REPLACE INTO entries (place, host, " COLUMNS ") "
		"VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, "
		"?13, ?14, ?15, ?16, ?17, ?18, ?19)",
	[PUT_ALIAS] = "INSERT OR REPLACE INTO aliases (place, alias, key) "
		"VALUES (?1, ?2, ?3)",
	[DROP] = "DELETE FROM entries WHERE place = ?1",
	[DROP_ALIAS] = "DELETE FROM aliases WHERE place = ?1",
	[GET_NOTE] = "SELECT value FROM notes WHERE name = ?1",
	[SET_NOTE] = "INSERT OR REPLACE INTO notes VALUES (?1, ?2)",
	[MEMORY_AT] = "SELECT doubt FROM memory WHERE place = ?1",
	[PUT_MEMORY] = "INSERT OR REPLACE INTO memory VALUES (?1, ?2, ?3, ?4)",
	[DROP_MEMORY] = "DELETE FROM memory WHERE place = ?1",
	[COUNT_SHARERS] = "SELECT count(*) FROM memory"
			  " INDEXED BY memory_sketch"
			  " WHERE sketch = ?1 AND host = ?2 AND sketch != 0",
	[PUT_DOUBT] = "INSERT INTO doubts VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
		      " ?7, '') ON CONFLICT (key, text, first_s) DO UPDATE"
		      " SET last_s = ?5, looks = ?6,"
		      " records = substr(records || ' ' || ?7, 1, 2000)",
	[END_DOUBT] = "UPDATE doubts SET outcome = ?2"
		      " WHERE key = ?1 AND outcome = ''"
};

struct scheduledb {
	struct sql *sql;
	char *path; /* NULL: in memory */
	struct sql_stmt *statements[STATEMENTS];
	bool remembers; /* it has the tables of `memory_schema` */
};

static const char schema[] =
	"CREATE TABLE IF NOT EXISTS entries ("
	" place INTEGER PRIMARY KEY, host INTEGER NOT NULL,"
	" key TEXT NOT NULL, url TEXT, source TEXT, kind INTEGER NOT NULL,"
	" state INTEGER NOT NULL, first_s INTEGER, checked_s INTEGER,"
	" changed_s INTEGER, next_s INTEGER, period_s INTEGER,"
	" checks INTEGER, failures INTEGER, misses INTEGER,"
	" missed_s INTEGER, etag TEXT, last_modified TEXT, error TEXT);"
	"CREATE INDEX IF NOT EXISTS entries_due"
	" ON entries (next_s, host) WHERE kind = 0 AND next_s > 0;"
	"CREATE INDEX IF NOT EXISTS entries_feeds"
	" ON entries (place) WHERE kind = 1;"
	"CREATE TABLE IF NOT EXISTS aliases ("
	" place INTEGER PRIMARY KEY, alias TEXT NOT NULL,"
	" key TEXT NOT NULL);"
	"PRAGMA user_version = 1;";

/* Added later: a schedule without it stays one of version 1. */
static const char notes[] =
	"CREATE TABLE IF NOT EXISTS notes ("
	" name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID";
/* What a schedule of an earlier stet has not. */
static const char memory_schema[] =
	"CREATE TABLE IF NOT EXISTS memory ("
	" place INTEGER PRIMARY KEY, host INTEGER NOT NULL,"
	" sketch INTEGER NOT NULL, doubt TEXT NOT NULL);"
	"CREATE INDEX IF NOT EXISTS memory_sketch"
	" ON memory (sketch, host) WHERE sketch != 0;"
	"CREATE TABLE IF NOT EXISTS doubts ("
	" key TEXT NOT NULL, text INTEGER NOT NULL, reason TEXT NOT NULL,"
	" first_s INTEGER NOT NULL, last_s INTEGER NOT NULL,"
	" looks INTEGER NOT NULL, records TEXT NOT NULL,"
	" outcome TEXT NOT NULL, PRIMARY KEY (key, text, first_s));";

static int64_t
user_version(struct scheduledb *db, struct err *err)
{
	struct sql_stmt *s;
	int64_t version = -1;

	if (sql_prepare(&s, db->sql, "PRAGMA user_version", err) < 0)
		return -1;
	if (sql_step(s, err) > 0)
		version = sql_int(s, 0);
	sql_free(s);
	return version;
}

static bool
has_memory(struct scheduledb *db)
{
	struct sql_stmt *s;
	bool has = false;

	if (sql_prepare(&s, db->sql, "SELECT 1 FROM sqlite_master WHERE"
			" type = 'table' AND name = 'doubts'", NULL) < 0)
		return false;
	has = sql_step(s, NULL) > 0;
	sql_free(s);
	return has;
}

static int
set_up(struct scheduledb *db, enum sql_mode mode, struct err *err)
{
	int64_t version = user_version(db, err);

	if (version < 0)
		return -1;
	if (version > SCHEMA_VERSION) {
		err_set(err, "made by a later stet (its version is %d)",
			(int)version);
		return SQL_DAMAGED;
	}
	if (version == 0 && mode != SQL_READ &&
		(sql_begin(db->sql, err) < 0 ||
			sql_exec(db->sql, schema, err) < 0 ||
			sql_commit(db->sql, err) < 0))
		return -1;
	if (version == 0 && mode == SQL_READ)
		return err_set(err, "not a schedule, or being made just now");
	if (mode != SQL_READ && (sql_durable(db->sql, err) < 0 ||
			sql_exec(db->sql, notes, err) < 0 ||
			sql_exec(db->sql, memory_schema, err) < 0))
		return -1;
	db->remembers = has_memory(db);
	for (size_t i = 0; i < STATEMENTS; i++) {
		if ((i >= MEMORY_AT && !db->remembers) ||
			((i == GET_NOTE || i == SET_NOTE) && mode == SQL_READ))
			continue;
		if (sql_prepare(&db->statements[i], db->sql, texts[i], err) <
			0)
			return -1;
	}
	return 1;
}

int
scheduledb_open(struct scheduledb **out, const char *path,
	enum sql_mode mode, struct err *err)
{
	struct scheduledb *db;
	int got;

	*out = NULL;
	if (mode != SQL_CREATE && access(path, F_OK) < 0 && errno == ENOENT)
		return 0;
	db = xcalloc(1, sizeof(*db));
	got = sql_open(&db->sql, path, mode, err);
	if (got == 0 && (got = set_up(db, mode, err)) < 0)
		err_prefix(err, "'%s'", path);
	if (got < 0 && sql_damaged(db->sql))
		got = SQL_DAMAGED;
	if (got < 0) {
		scheduledb_close(db);
		return got;
	}
	db->path = xstrdup(path);
	*out = db;
	return 1;
}

int
scheduledb_open_memory(struct scheduledb **out, struct err *err)
{
	struct scheduledb *db = xcalloc(1, sizeof(*db));

	*out = NULL;
	if (sql_open_memory(&db->sql, err) < 0 ||
		set_up(db, SQL_CREATE, err) < 0) {
		scheduledb_close(db);
		return -1;
	}
	*out = db;
	return 0;
}

void
scheduledb_close(struct scheduledb *db)
{
	if (!db)
		return;
	/* Found only now, deep in it: the next who opens it makes it anew. */
	if (db->path && sql_damaged(db->sql) && !sql_is_sound(db->path))
		sql_move_aside(db->path, sql_identity(db->path), NULL);
	for (size_t i = 0; i < STATEMENTS; i++)
		sql_free(db->statements[i]);
	sql_close(db->sql);
	free(db->path);
	free(db);
}

int
scheduledb_note(struct str *out, struct scheduledb *db, const char *name,
	struct arena *arena, struct err *err)
{
	struct sql_stmt *s = db->statements[GET_NOTE];
	int got;

	*out = STR("");
	sql_bind_str(s, 1, str_from(name));
	got = sql_step(s, err);
	if (got > 0)
		*out = arena_dup(arena, sql_str(s, 0));
	sql_reset(s);
	return out->ptr ? got : err_set(err, "a note is too long");
}

int
scheduledb_set_note(struct scheduledb *db, const char *name, struct str value,
	struct err *err)
{
	struct sql_stmt *s = db->statements[SET_NOTE];

	sql_bind_str(s, 1, str_from(name));
	sql_bind_str(s, 2, value);
	return sql_run(s, err);
}

bool
scheduledb_empty(struct scheduledb *db)
{
	struct sql_stmt *s;
	bool empty = true;

	if (!db || sql_prepare(&s, db->sql,
			   "SELECT 1 FROM entries WHERE kind = 0 LIMIT 1",
			   NULL) < 0)
		return true;
	empty = sql_step(s, NULL) == 0;
	sql_free(s);
	return empty;
}

int
scheduledb_begin(struct scheduledb *db, struct err *err)
{
	return sql_begin(db->sql, err);
}

int
scheduledb_commit(struct scheduledb *db, struct err *err)
{
	return sql_commit(db->sql, err);
}

void
scheduledb_rollback(struct scheduledb *db)
{
	sql_rollback(db->sql);
}

int
scheduledb_hold(struct scheduledb *db, struct err *err)
{
	return db ? sql_exec(db->sql, "BEGIN", err) : 0;
}

void
scheduledb_let_go(struct scheduledb *db)
{
	if (db)
		sql_rollback(db->sql);
}

/*
 * Where the row of that key is, or would be: the hash's place, or the next
 * free one when another key has the same hash. *there: it is. `table` is
 * KEY_AT or ALIAS_AT.
 */
static int64_t
locate(bool *there, struct scheduledb *db, enum statement table,
	enum schedule_kind kind, struct str key, struct err *err)
{
	struct sql_stmt *s = db->statements[table];
	uint64_t place = schedule_hash(kind, key);
	int got;

	*there = false;
	for (int probe = 0; probe < PROBES_MAX; probe++) {
		sql_bind_int(s, 1, (int64_t)place);
		got = sql_step(s, err);
		*there = got > 0 && str_eq(sql_str(s, 0), key) &&
			sql_int(s, 1) == (int64_t)kind;
		sql_reset(s);
		if (got < 0)
			return -1;
		if (got == 0 || *there)
			return (int64_t)place;
		place = (place + 2) & INT64_MAX;
		if (place < 2)
			place += 2;
	}
	return err_set(err, "the schedule is damaged near place %lld",
		(long long)place);
}

static struct str
column(struct sql_stmt *s, int n, struct arena *arena)
{
	return arena ? arena_dup(arena, sql_str(s, n)) : sql_str(s, n);
}

static void
read_entry(struct schedule_entry *out, struct sql_stmt *s,
	struct arena *arena)
{
	out->key = column(s, 0, arena);
	out->url = sql_is_null(s, 1) ? out->key : column(s, 1, arena);
	out->source = column(s, 2, arena);
	out->kind = sql_int(s, 3) ? SCHEDULE_FEED : SCHEDULE_ARTICLE;
	out->state = (enum schedule_state)(sql_int(s, 4) & 3);
	out->first_s = sql_int(s, 5);
	out->checked_s = sql_int(s, 6);
	out->changed_s = sql_int(s, 7);
	out->next_s = sql_int(s, 8);
	out->period_s = sql_int(s, 9);
	out->checks = sql_int(s, 10);
	out->failures = sql_int(s, 11);
	out->misses = sql_int(s, 12);
	out->missed_s = sql_int(s, 13);
	out->etag = column(s, 14, arena);
	out->last_modified = column(s, 15, arena);
	out->error = column(s, 16, arena);
	out->doubt = STR("");
}

/* What is remembered of the entry at that place. */
static int
read_memory(struct schedule_entry *out, struct scheduledb *db, int64_t place,
	struct arena *arena, struct err *err)
{
	struct sql_stmt *s = db->statements[MEMORY_AT];
	int got;

	out->doubt = STR("");
	if (!db->remembers)
		return 0;
	sql_bind_int(s, 1, place);
	got = sql_step(s, err);
	if (got > 0)
		out->doubt = arena_dup(arena, sql_str(s, 0));
	sql_reset(s);
	if (got > 0 && !out->doubt.ptr)
		return err_set(err, "no memory for an entry of the schedule");
	return got < 0 ? -1 : 0;
}

int
scheduledb_get_link(struct schedule_entry *out, struct scheduledb *db,
	int64_t place, struct arena *arena, struct err *err)
{
	struct sql_stmt *s = db->statements[GET_LINK];
	int got;

	*out = (struct schedule_entry){ .kind = SCHEDULE_ARTICLE };
	sql_bind_int(s, 1, place);
	got = sql_step(s, err);
	if (got > 0) {
		out->key = column(s, 0, arena);
		out->url = sql_is_null(s, 1) ? out->key : column(s, 1, arena);
		out->source = column(s, 2, arena);
		out->misses = sql_int(s, 3);
		out->missed_s = sql_int(s, 4);
		out->etag = column(s, 5, arena);
		out->last_modified = column(s, 6, arena);
	}
	sql_reset(s);
	if (got > 0 && !out->last_modified.ptr)
		return err_set(err, "no memory for an entry of the schedule");
	if (got > 0 && read_memory(out, db, place, arena, err) < 0)
		return -1;
	return got;
}

static int
get(struct schedule_entry *out, struct scheduledb *db, int64_t place,
	struct arena *arena, struct err *err)
{
	struct sql_stmt *s = db->statements[GET];
	int got;

	sql_bind_int(s, 1, place);
	got = sql_step(s, err);
	if (got > 0)
		read_entry(out, s, arena);
	sql_reset(s);
	if (got > 0 && !out->error.ptr)
		return err_set(err, "no memory for an entry of the schedule");
	if (got > 0 && read_memory(out, db, place, arena, err) < 0)
		return -1;
	return got;
}

int
scheduledb_find(struct schedule_entry *out, struct scheduledb *db,
	enum schedule_kind kind, struct str key, struct arena *arena,
	struct err *err)
{
	bool there = false;
	int64_t place;

	*out = (struct schedule_entry){ .kind = kind, .key = key,
		.doubt = STR("") };
	if (!db)
		return 0;
	place = locate(&there, db, KEY_AT, kind, key, err);
	if (place < 0)
		return -1;
	return there ? get(out, db, place, arena, err) : 0;
}

static int
resolve_once(struct str *key, struct scheduledb *db, struct arena *arena,
	struct err *err)
{
	struct sql_stmt *s;
	bool there = false;
	int64_t place = 0;

	if (db)
		place = locate(&there, db, ALIAS_AT, SCHEDULE_ARTICLE, *key,
			err);
	if (place < 0 || !there)
		return (int)(place < 0 ? -1 : 0);
	s = db->statements[FIND_ALIAS];
	sql_bind_int(s, 1, place);
	if (sql_step(s, err) > 0)
		*key = arena_dup(arena, sql_str(s, 0));
	sql_reset(s);
	return key->ptr ? 1 : err_set(err, "no memory for an alias");
}

int
scheduledb_resolve(struct str *key, struct scheduledb *db,
	struct arena *arena, struct err *err)
{
	int got, hops = 0;

	while ((got = resolve_once(key, db, arena, err)) > 0 &&
		hops < HOPS_MAX)
		hops++;
	return got < 0 ? -1 : hops > 0;
}

static void
bind_entry(struct sql_stmt *s, const struct schedule_entry *e)
{
	sql_bind_str(s, 3, e->key);
	if (str_eq(e->url, e->key))
		sql_bind_null(s, 4);
	else
		sql_bind_str(s, 4, e->url);
	sql_bind_str(s, 5, e->source);
	sql_bind_int(s, 6, e->kind);
	sql_bind_int(s, 7, e->state);
	sql_bind_int(s, 8, e->first_s);
	sql_bind_int(s, 9, e->checked_s);
	sql_bind_int(s, 10, e->changed_s);
	sql_bind_int(s, 11, e->next_s);
	sql_bind_int(s, 12, e->period_s);
	sql_bind_int(s, 13, e->checks);
	sql_bind_int(s, 14, e->failures);
	sql_bind_int(s, 15, e->misses);
	sql_bind_int(s, 16, e->missed_s);
	sql_bind_str(s, 17, e->etag);
	sql_bind_str(s, 18, e->last_modified);
	sql_bind_str(s, 19, e->error);
}

static int
put_memory(struct scheduledb *db, const struct schedule_entry *e,
	int64_t place, uint32_t host, struct err *err)
{
	struct sql_stmt *s = db->statements[e->doubt.len > 0 ? PUT_MEMORY :
							       DROP_MEMORY];
	struct memory m;

	if (!db->remembers)
		return 0;
	memory_parse(&m, e->doubt);
	sql_bind_int(s, 1, place);
	if (e->doubt.len > 0) {
		sql_bind_int(s, 2, host);
		sql_bind_int(s, 3, (int64_t)(m.sketch & INT64_MAX));
		sql_bind_str(s, 4, e->doubt);
	}
	return sql_run(s, err);
}

/* Deletes the row of a key, if there is one. */
static int
drop(struct scheduledb *db, enum statement table, enum statement how,
	struct str key, struct err *err)
{
	bool there;
	int64_t place = locate(&there, db, table, SCHEDULE_ARTICLE, key, err);

	if (place < 0 || !there)
		return place < 0 ? -1 : 0;
	sql_bind_int(db->statements[how], 1, place);
	return sql_run(db->statements[how], err);
}

int
scheduledb_put(struct scheduledb *db, const struct schedule_entry *e,
	uint32_t host, struct err *err)
{
	struct sql_stmt *s = db->statements[PUT];
	bool there;
	int64_t place = locate(&there, db, KEY_AT, e->kind, e->key, err);

	if (place < 0)
		return -1;
	if (!there && e->kind == SCHEDULE_ARTICLE &&
		drop(db, ALIAS_AT, DROP_ALIAS, e->key, err) < 0)
		return -1;
	sql_bind_int(s, 1, place);
	sql_bind_int(s, 2, host);
	bind_entry(s, e);
	if (sql_run(s, err) < 0)
		return -1;
	return put_memory(db, e, place, host, err);
}

int64_t
scheduledb_sharers(struct scheduledb *db, uint64_t sketch, uint32_t host,
	struct err *err)
{
	struct sql_stmt *s;
	int64_t count = 0;

	if (!db || !db->remembers || sketch == 0)
		return 0;
	s = db->statements[COUNT_SHARERS];
	sql_bind_int(s, 1, (int64_t)(sketch & INT64_MAX));
	sql_bind_int(s, 2, host);
	count = sql_step(s, err) > 0 ? sql_int(s, 0) : 0;
	sql_reset(s);
	return count;
}

int
scheduledb_note_doubt(struct scheduledb *db, struct str key,
	const struct memory *m, struct str record, struct err *err)
{
	struct sql_stmt *s = db->statements[PUT_DOUBT];

	sql_bind_str(s, 1, key);
	sql_bind_int(s, 2, (int64_t)m->text);
	sql_bind_str(s, 3, m->reason);
	sql_bind_int(s, 4, m->first_s);
	sql_bind_int(s, 5, m->last_s);
	sql_bind_int(s, 6, m->looks);
	sql_bind_str(s, 7, record);
	return sql_run(s, err);
}

int
scheduledb_end_doubt(struct scheduledb *db, struct str key,
	struct str outcome, struct err *err)
{
	struct sql_stmt *s = db->statements[END_DOUBT];

	sql_bind_str(s, 1, key);
	sql_bind_str(s, 2, outcome);
	return sql_run(s, err);
}

int
scheduledb_doubts(struct scheduledb *db, struct str key,
	int (*each)(void *context, const struct scheduledb_doubt *doubt),
	void *context, struct err *err)
{
	struct scheduledb_doubt d;
	struct sql_stmt *s;
	int got = 0, result = 0;

	if (!db || !db->remembers)
		return 0;
	if (sql_prepare(&s, db->sql, "SELECT key, reason, first_s, last_s,"
			" looks, records, outcome FROM doubts"
			" WHERE ?1 = '' OR key = ?1"
			" ORDER BY first_s, key", err) < 0)
		return -1;
	sql_bind_str(s, 1, key);
	while (result == 0 && (got = sql_step(s, err)) > 0) {
		d = (struct scheduledb_doubt){ .key = sql_str(s, 0),
			.reason = sql_str(s, 1), .first_s = sql_int(s, 2),
			.last_s = sql_int(s, 3), .looks = sql_int(s, 4),
			.records = sql_str(s, 5), .outcome = sql_str(s, 6) };
		result = each(context, &d);
	}
	sql_free(s);
	return result == 0 && got < 0 ? -1 : result;
}

int
scheduledb_alias(struct scheduledb *db, struct str alias, struct str key,
	struct err *err)
{
	struct sql_stmt *put = db->statements[PUT_ALIAS];
	bool there;
	int64_t place;

	if ((db->remembers &&
		    drop(db, KEY_AT, DROP_MEMORY, alias, err) < 0) ||
		drop(db, KEY_AT, DROP, alias, err) < 0)
		return -1;
	place = locate(&there, db, ALIAS_AT, SCHEDULE_ARTICLE, alias, err);
	if (place < 0)
		return -1;
	sql_bind_int(put, 1, place);
	sql_bind_str(put, 2, alias);
	sql_bind_str(put, 3, key);
	return sql_run(put, err);
}

int
scheduledb_due(struct scheduledb *db, int64_t now_s,
	int (*each)(void *context, const struct scheduledb_due *due),
	void *context, struct err *err)
{
	struct scheduledb_due due;
	struct sql_stmt *s;
	int got, result = 0;

	if (!db)
		return 0;
	/* Answered by the index entries_due alone. */
	if (sql_prepare(&s, db->sql,
		    "SELECT next_s, host, place FROM entries "
		    "INDEXED BY entries_due WHERE kind = 0 AND next_s > 0 "
		    "AND next_s <= ?1 ORDER BY next_s, host, place", err) < 0)
		return -1;
	sql_bind_int(s, 1, now_s);
	while (result == 0 && (got = sql_step(s, err)) > 0) {
		due.next_s = sql_int(s, 0);
		due.host = (uint32_t)sql_int(s, 1);
		due.place = sql_int(s, 2);
		result = each(context, &due);
	}
	sql_free(s);
	return result == 0 && got < 0 ? -1 : result;
}

int
scheduledb_each(struct scheduledb *db, enum schedule_kind kind,
	int (*each)(void *context, const struct schedule_entry *e),
	void *context, struct err *err)
{
	static const char *const queries[] = {
		[SCHEDULE_ARTICLE] = "SELECT " COLUMNS " FROM entries "
				     "WHERE kind = 0",
		[SCHEDULE_FEED] = "SELECT " COLUMNS " FROM entries "
				  "WHERE kind = 1" };
	struct schedule_entry e;
	struct sql_stmt *s;
	int got = 0, result = 0;

	if (!db)
		return 0;
	if (sql_prepare(&s, db->sql, queries[kind], err) < 0)
		return -1;
	while (result == 0 && (got = sql_step(s, err)) > 0) {
		read_entry(&e, s, NULL);
		result = each(context, &e);
	}
	sql_free(s);
	return result == 0 && got < 0 ? -1 : result;
}
