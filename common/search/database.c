#include "common/search/database.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/archive/sql.h"
#include "common/base/hash.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/search/backlog.h"
#include "common/search/fold.h"
#include "common/search/query.h"
#include "common/search/story.h"

/* Raised when the folding or a table changes its meaning. */
enum { SCHEMA = 2, TEXT_BYTES = 512 << 20, BATCH_ARTICLES = 5000 };

static const char schema[] =
	"CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value BLOB)"
	" WITHOUT ROWID;"
	/* How many of an article's paragraphs its row holds: what has to be
	 * taken out of the index before more are put in. */
	"CREATE TABLE IF NOT EXISTS done(article INTEGER PRIMARY KEY,"
	" parts INTEGER NOT NULL);"
	"CREATE TABLE IF NOT EXISTS language(tag TEXT PRIMARY KEY)"
	" WITHOUT ROWID;"
	"CREATE VIRTUAL TABLE IF NOT EXISTS page USING fts5(words, content='',"
	" tokenize='ascii');"
	/* So much is collected before it is written: fewer merges. */
	"INSERT INTO page(page, rank) VALUES('hashsize', 67108864);";

static const char drop[] = "DROP TABLE IF EXISTS meta;"
			   "DROP TABLE IF EXISTS done;"
			   "DROP TABLE IF EXISTS language;"
			   "DROP TABLE IF EXISTS page;";

enum statement { GET_META, SET_META, GET_DONE, SET_DONE, GET_LANGUAGES,
	SET_LANGUAGE, PUT, TAKE, FIND, FIND_BEST, STATEMENTS };

static const char *const statements[STATEMENTS] = {
	[GET_META] = "SELECT value FROM meta WHERE name = ?1",
	[SET_META] = "INSERT OR REPLACE INTO meta VALUES(?1, ?2)",
	[GET_DONE] = "SELECT parts FROM done WHERE article = ?1",
	[SET_DONE] = "INSERT OR REPLACE INTO done VALUES(?1, ?2)",
	[GET_LANGUAGES] = "SELECT tag FROM language",
	[SET_LANGUAGE] = "INSERT OR IGNORE INTO language VALUES(?1)",
	[PUT] = "INSERT INTO page(rowid, words) VALUES(?1, ?2)",
	[TAKE] = "INSERT INTO page(page, rowid, words) VALUES('delete', ?1,"
		 " ?2)",
	[FIND] = "SELECT rowid FROM page WHERE page MATCH ?1"
		 " ORDER BY rowid DESC",
	[FIND_BEST] = "SELECT rowid FROM page WHERE page MATCH ?1"
		      " ORDER BY rank, rowid DESC",
};

struct database {
	struct sql *sql;
	struct sql_stmt *statements[STATEMENTS];
	struct gitstore *store;
	struct index *index;
	struct arena arena;   /* of a story */
	struct strbuf folded;
	struct strbuf words;  /* of a part */
	struct stems stems;
	struct hash_set seen; /* stems of the story */
	enum statement find;
};

static struct sql_stmt *
statement(struct database *db, enum statement which, struct err *err)
{
	if (!db->statements[which] &&
		sql_prepare(&db->statements[which], db->sql,
			statements[which], err) < 0)
		return NULL;
	return db->statements[which];
}

static void
free_statements(struct database *db)
{
	for (size_t i = 0; i < STATEMENTS; i++) {
		sql_free(db->statements[i]);
		db->statements[i] = NULL;
	}
}

static void
close_sql(struct database *db)
{
	free_statements(db);
	sql_close(db->sql);
	db->sql = NULL;
}

static int
get_meta(struct database *db, const char *name, struct strbuf *out,
	struct err *err)
{
	struct sql_stmt *s = statement(db, GET_META, err);
	int got;

	strbuf_reset(out);
	if (!s)
		return -1;
	sql_bind_str(s, 1, str_from(name));
	got = sql_step(s, err);
	if (got > 0)
		strbuf_adds(out, sql_str(s, 0));
	sql_reset(s);
	return got;
}

static int
set_meta(struct database *db, const char *name, struct str value,
	struct err *err)
{
	struct sql_stmt *s = statement(db, SET_META, err);

	if (!s)
		return -1;
	sql_bind_str(s, 1, str_from(name));
	sql_bind_blob(s, 2, value);
	return sql_run(s, err);
}

/* --- an article's row --- */

/* The stems of folded words, where they differ and were not yet there. */
static void
add_stems(struct database *db, struct stem *stem, struct str words)
{
	struct str word, own;

	while (words.len > 0 && str_cut(&word, &words, ' ')) {
		own = stem_word(stem, word);
		if (own.len == 0 || str_eq(own, word) ||
			!hash_set_add(&db->seen, hash_str64(own)))
			continue;
		strbuf_adds(&db->folded, STR(QUERY_STEM));
		strbuf_adds(&db->folded, own);
		strbuf_addc(&db->folded, ' ');
	}
}

static void
fold_parts(struct database *db, const struct story *s, size_t count)
{
	struct stem *stem = stems_of(&db->stems, s->lang);

	strbuf_reset(&db->folded);
	hash_set_reset(&db->seen);
	for (size_t i = 0; i < count; i++) {
		strbuf_reset(&db->words);
		fold_text(&db->words, s->parts[i]);
		strbuf_adds(&db->folded, strbuf_str(&db->words));
		if (stem)
			add_stems(db, stem, strbuf_str(&db->words));
		strbuf_addc(&db->folded, '\n');
	}
}

/* Makes known what a query has to be stemmed for. */
static int
set_language(struct database *db, struct str tag, struct err *err)
{
	struct sql_stmt *s = statement(db, SET_LANGUAGE, err);

	if (!s)
		return -1;
	if (!stems_of(&db->stems, tag))
		return 0;
	sql_bind_str(s, 1, tag);
	return sql_run(s, err);
}

static int
load_languages(struct database *db, struct err *err)
{
	struct sql_stmt *s = statement(db, GET_LANGUAGES, err);
	int got;

	if (!s)
		return -1;
	while ((got = sql_step(s, err)) > 0)
		stems_of(&db->stems, sql_str(s, 0));
	sql_reset(s);
	return got;
}

static int
run_text(struct database *db, enum statement which, int64_t article,
	struct err *err)
{
	struct sql_stmt *s = statement(db, which, err);

	if (!s)
		return -1;
	if (strbuf_overflowed(&db->folded))
		return err_set(err, "the article is too large");
	sql_bind_int(s, 1, article);
	sql_bind_str(s, 2, strbuf_str(&db->folded));
	return sql_run(s, err);
}

/* How many paragraphs the row has; 0 when there is no row. */
static int64_t
parts_done(struct database *db, int64_t article, struct err *err)
{
	struct sql_stmt *s = statement(db, GET_DONE, err);
	int64_t parts = 0;
	int got;

	if (!s)
		return -1;
	sql_bind_int(s, 1, article);
	got = sql_step(s, err);
	if (got > 0)
		parts = sql_int(s, 0);
	sql_reset(s);
	return got < 0 ? -1 : parts;
}

static int
set_done(struct database *db, int64_t article, size_t parts, struct err *err)
{
	struct sql_stmt *s = statement(db, SET_DONE, err);

	if (!s)
		return -1;
	sql_bind_int(s, 1, article);
	sql_bind_int(s, 2, (int64_t)parts);
	return sql_run(s, err);
}

/*
 * Puts an article's paragraphs in. FTS5 takes a row of an index without
 * content out only when it is shown what the row said; the history knows it.
 */
static int
put_article(struct database *db, int64_t article, struct err *err)
{
	int64_t done = parts_done(db, article, err);
	struct story s;
	int got;

	if (done < 0)
		return -1;
	arena_reset(&db->arena);
	got = story_load(&s, db->store, db->index, article, &db->arena, err);
	if (got <= 0)
		return got;
	if ((size_t)done == s.parts_count)
		return 0;
	if (done > 0) {
		fold_parts(db, &s, (size_t)done < s.parts_count ?
			(size_t)done : s.parts_count);
		if (run_text(db, TAKE, article, err) < 0)
			return -1;
	}
	fold_parts(db, &s, s.parts_count);
	if (run_text(db, PUT, article, err) < 0 ||
		set_language(db, s.lang, err) < 0)
		return -1;
	return set_done(db, article, s.parts_count, err);
}

/* --- catching up --- */

static int
set_place(struct database *db, const struct backlog *b, struct err *err)
{
	char text[32];
	struct strbuf seq;
	int failed;

	strbuf_init(&seq, sizeof(text));
	strbuf_addf(&seq, "%lld", (long long)b->last_seq);
	failed = set_meta(db, "seq", strbuf_str(&seq), err) < 0 ||
		set_meta(db, "commit", gitoid_str(&b->last), err) < 0;
	strbuf_release(&seq);
	return failed ? -1 : 0;
}

static int
put_backlog(struct database *db, const struct backlog *b,
	void (*progress)(int64_t, int64_t), struct err *err)
{
	for (size_t i = 0; i < b->count; i++) {
		if (put_article(db, b->articles[i], err) < 0)
			return -1;
		if (progress && i % 64 == 0)
			progress((int64_t)i, (int64_t)b->count);
		/* Bounded transactions: a killed build has not been for
		 * nothing, as `done` knows what is in. */
		if (i % BATCH_ARTICLES == BATCH_ARTICLES - 1 &&
			(sql_commit(db->sql, err) < 0 ||
				sql_begin(db->sql, err) < 0))
			return -1;
	}
	return b->last_seq > 0 ? set_place(db, b, err) : 0;
}

/* Up to where the index goes; 0 also when the history was rewritten. */
static int
find_place(int64_t *seq, struct database *db, struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	struct strbuf value;
	int got;

	strbuf_init(&value, 4096);
	*seq = 0;
	got = get_meta(db, "seq", &value, err);
	if (got > 0)
		*seq = strtoll(value.ptr, NULL, 10);
	if (*seq > 0 && (got = get_meta(db, "commit", &value, err)) > 0 &&
		index_history(&cursor, db->index, *seq, *seq, err) == 0) {
		got = index_next_version(&v, cursor, err);
		if (got >= 0 && (got == 0 || !str_eq(gitoid_str(&v.commit),
					 strbuf_str(&value))))
			*seq = -1;
		index_cursor_free(cursor);
	}
	strbuf_release(&value);
	return got < 0 ? -1 : 0;
}

static int
start_anew(struct database *db, struct err *err)
{
	free_statements(db);
	if (sql_exec(db->sql, drop, err) < 0)
		return -1;
	return sql_exec(db->sql, schema, err);
}

static int
check_schema(struct database *db, bool rebuild, struct err *err)
{
	struct strbuf value;
	char wanted = '0' + SCHEMA;
	int got;

	if (sql_exec(db->sql, schema, err) < 0)
		return -1;
	strbuf_init(&value, 4096);
	got = get_meta(db, "schema", &value, err);
	if (got >= 0 && (rebuild || (got > 0 && value.ptr[0] != wanted)))
		got = start_anew(db, err);
	if (got >= 0)
		got = set_meta(db, "schema", (struct str){ &wanted, 1 }, err);
	strbuf_release(&value);
	return got < 0 ? -1 : 0;
}

static int
catch_up_within(struct database *db, const struct database_options *o,
	struct err *err)
{
	struct backlog b;
	int64_t seq;
	int failed;

	if (check_schema(db, o->rebuild, err) < 0 ||
		find_place(&seq, db, err) < 0)
		return -1;
	if (seq < 0 && (start_anew(db, err) < 0 ||
			       check_schema(db, false, err) < 0))
		return -1;
	failed = backlog_load(&b, db->index, seq < 0 ? 0 : seq, err) < 0 ||
		(b.count > 0 && put_backlog(db, &b, o->progress, err) < 0);
	backlog_release(&b);
	return failed ? -1 : 0;
}

/*
 * Whether there is nothing to do, which needs no lock: a search must not
 * wait for another that reads in a new archive.
 */
static bool
current(struct database *db)
{
	char wanted = '0' + SCHEMA;
	struct index_cursor *cursor;
	struct index_version newest;
	struct strbuf value;
	int64_t seq = 0;
	bool same;

	strbuf_init(&value, 4096);
	same = get_meta(db, "schema", &value, NULL) > 0 &&
		value.ptr[0] == wanted && find_place(&seq, db, NULL) == 0 &&
		seq > 0;
	strbuf_release(&value);
	if (!same ||
		index_history(&cursor, db->index, seq, INT64_MAX, NULL) < 0)
		return false;
	same = index_next_version(&newest, cursor, NULL) > 0 &&
		newest.seq == seq;
	index_cursor_free(cursor);
	return same;
}

static int
catch_up(struct database *db, const struct database_options *o,
	struct err *err)
{
	if (!o->rebuild && current(db))
		return 0;
	if (sql_begin(db->sql, err) < 0)
		return -1;
	if (catch_up_within(db, o, err) < 0) {
		free_statements(db);
		sql_rollback(db->sql);
		return -1;
	}
	return sql_commit(db->sql, err);
}

/* Deletes the file and what SQLite has beside it. */
static void
delete_file(const char *path)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct strbuf name;

	strbuf_init(&name, 8192);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		strbuf_reset(&name);
		strbuf_addf(&name, "%s%s", path, ends[i]);
		unlink(name.ptr);
	}
	strbuf_release(&name);
}

/* In memory: what cannot be written can be searched, if not quickly. */
static int
open_elsewhere(struct database *db, const char *path, struct err *err)
{
	struct sql *disk;

	if (sql_open_memory(&db->sql, err) < 0)
		return -1;
	if (sql_open(&disk, path, SQL_READ, NULL) < 0)
		return 0;
	if (sql_copy(db->sql, disk, NULL) < 0) {
		sql_close(db->sql);
		db->sql = NULL;
	}
	sql_close(disk);
	return db->sql ? 0 : sql_open_memory(&db->sql, err);
}

static int
open_damaged(struct database *db, const char *path, uint64_t identity,
	struct err *err)
{
	int moved;

	err_tell("the search index was damaged and is made anew (%s)",
		err->text);
	close_sql(db);
	moved = sql_move_aside(path, identity, err);
	return moved < 0 ? -1 : sql_open(&db->sql, path, SQL_CREATE, err);
}

static int
open_file(struct database *db, const struct database_options *o,
	struct err *err)
{
	struct strbuf path;
	uint64_t identity;
	int failed;

	strbuf_init(&path, 8192);
	strbuf_addf(&path, "%s/stet", gitstore_path(db->store));
	if (!o->reading)
		mkdir(path.ptr, 0777);
	strbuf_adds(&path, STR("/search.db"));
	if (o->rebuild)
		delete_file(path.ptr);
	if (o->reading) {
		failed = sql_open(&db->sql, path.ptr, SQL_READ, err);
		strbuf_release(&path);
		return failed < 0 ? -1 : 0;
	}
	identity = sql_identity(path.ptr);
	failed = sql_open(&db->sql, path.ptr, SQL_CREATE, err);
	if (failed == SQL_DAMAGED)
		failed = open_damaged(db, path.ptr, identity, err);
	if (failed < 0 && o->rebuild)
		failed = -1;
	else if (failed < 0)
		failed = open_elsewhere(db, path.ptr, err);
	strbuf_release(&path);
	return failed ? -1 : 0;
}

/* Whether an index that is only read can be read. */
static int
usable(struct database *db, struct err *err)
{
	struct strbuf value;
	int got;

	strbuf_init(&value, 4096);
	got = get_meta(db, "schema", &value, err);
	if (got > 0 && value.ptr[0] != '0' + SCHEMA)
		got = err_set(err, "it is of another stet");
	strbuf_release(&value);
	return got == 0 ? err_set(err, "it is empty") : got;
}

/* Damage that shows only in use: out of the way, and once more. */
static int
catch_up_anew(struct database *db, const struct database_options *options,
	struct err *err)
{
	struct strbuf path;
	int result;

	strbuf_init(&path, 8192);
	strbuf_addf(&path, "%s/stet/search.db", gitstore_path(db->store));
	result = open_damaged(db, path.ptr, sql_identity(path.ptr), err);
	strbuf_release(&path);
	return result < 0 ? -1 : catch_up(db, options, err);
}

int
database_open(struct database **out, struct gitstore *store,
	struct index *index, const struct database_options *options,
	struct err *err)
{
	struct database *db = xcalloc(1, sizeof(*db));

	db->store = store;
	db->index = index;
	arena_init(&db->arena, STORY_ARENA_BYTES);
	strbuf_init(&db->folded, TEXT_BYTES);
	strbuf_init(&db->words, TEXT_BYTES);
	db->find = options->best ? FIND_BEST : FIND;
	*out = db;
	if (open_file(db, options, err) == 0 &&
		(options->reading ? usable(db, err) > 0 :
			catch_up(db, options, err) == 0 ||
				(sql_damaged(db->sql) &&
					catch_up_anew(db, options, err) ==
						0)) &&
		load_languages(db, err) == 0)
		return 0;
	database_close(db);
	*out = NULL;
	return err_prefix(err,
		"search index of '%s' (--rebuild makes it anew)",
		gitstore_path(store));
}

void
database_close(struct database *db)
{
	if (!db)
		return;
	free_statements(db);
	if (db->sql)
		sql_close(db->sql);
	arena_release(&db->arena);
	strbuf_release(&db->folded);
	strbuf_release(&db->words);
	stems_release(&db->stems);
	hash_set_release(&db->seen);
	free(db);
}

bool
database_there(struct gitstore *store)
{
	struct strbuf path;
	struct stat st;
	bool there;

	strbuf_init(&path, 8192);
	strbuf_addf(&path, "%s/stet/search.db", gitstore_path(store));
	there = stat(path.ptr, &st) == 0;
	strbuf_release(&path);
	return there;
}

struct stems *
database_stems(struct database *db)
{
	return &db->stems;
}

int
database_find(struct database *db, struct str match, struct err *err)
{
	struct sql_stmt *s = statement(db, db->find, err);

	if (!s)
		return -1;
	sql_reset(s);
	sql_bind_str(s, 1, match);
	return 0;
}

int
database_next(int64_t *article, struct database *db, struct err *err)
{
	struct sql_stmt *s = db->statements[db->find];
	int got = sql_step(s, err);

	if (got > 0)
		*article = sql_int(s, 0);
	return got;
}
