/*
 * Three tables. `article` has a row for each article with all that the next
 * record of it needs, so that a commit costs one look-up. `version` grows at
 * its end, in the history's order; version_article leads from an article to
 * its commits. `alias` has other keys. The function from history to rows is
 * index_apply and nothing else; stet-commit uses it as a rebuild does.
 */
#include "common/archive/index.h"

#include <string.h>
#include <sys/stat.h>

#include "common/archive/indeximpl.h"
#include "common/base/isotime.h"
#include "common/base/xalloc.h"

/* Raised when the meaning of a table changes: the index is then made anew. */
enum { SCHEMA = 4 };

static const char schema[] =
	"DROP TABLE IF EXISTS meta; DROP TABLE IF EXISTS article;"
	"DROP TABLE IF EXISTS version; DROP TABLE IF EXISTS alias;"
	"CREATE TABLE meta("
	" name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;"
	"CREATE TABLE article("
	" id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, path TEXT NOT NULL,"
	" url TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL,"
	" state INTEGER NOT NULL, versions INTEGER NOT NULL,"
	" first_s INTEGER NOT NULL, last_s INTEGER NOT NULL,"
	" hash BLOB NOT NULL, blob BLOB NOT NULL, location TEXT NOT NULL,"
	" digest TEXT NOT NULL, extractor TEXT NOT NULL, etag TEXT NOT NULL,"
	" last_modified TEXT NOT NULL, sketch INTEGER NOT NULL);"
	"CREATE TABLE version("
	" seq INTEGER PRIMARY KEY, article INTEGER NOT NULL,"
	" number INTEGER NOT NULL, event INTEGER NOT NULL,"
	" hash BLOB NOT NULL, blob BLOB NOT NULL, fetched_s INTEGER NOT NULL,"
	" title TEXT NOT NULL, classes TEXT NOT NULL,"
	" words_added INTEGER NOT NULL, words_removed INTEGER NOT NULL,"
	" reason TEXT NOT NULL, location TEXT NOT NULL);"
	"CREATE TABLE alias("
	" key TEXT PRIMARY KEY, article INTEGER NOT NULL) WITHOUT ROWID;"
	"PRAGMA user_version = 4;";

#define ARTICLE_COLUMNS \
	"id, key, path, url, source, title, state, versions, first_s, " \
	"last_s, hash, blob, location, digest, extractor, etag, " \
	"last_modified, sketch"
#define VERSION_COLUMNS \
	"seq, article, number, event, hash, blob, fetched_s, title, " \
	"classes, words_added, words_removed, reason, location"

static const char *const statements[STATEMENTS] = {
	[FIND] = "SELECT " ARTICLE_COLUMNS " FROM article WHERE key = ?1",
	[FIND_ALIAS] = "SELECT article FROM alias WHERE key = ?1",
	[FIND_PATH] = "SELECT " ARTICLE_COLUMNS
		      " FROM article WHERE path = ?1",
	[GET] = "SELECT " ARTICLE_COLUMNS " FROM article WHERE id = ?1",
	[VERSION] = "SELECT " VERSION_COLUMNS
		    " FROM version WHERE article = ?1 AND number = ?2"
		    " ORDER BY seq",
	[BLOB] = "SELECT number FROM version WHERE article = ?1 AND"
		 " blob = ?2 ORDER BY seq DESC LIMIT 1",
	[TWIN] = "SELECT count(*) FROM version WHERE article = ?1 AND"
		 " seq < ?2 AND fetched_s = ?3 AND event NOT IN (?4, ?5)",
	[GET_META] = "SELECT value FROM meta WHERE name = ?1",
	[SET_META] = "INSERT OR REPLACE INTO meta VALUES(?1, ?2)",
	[ADD_ARTICLE] = "INSERT INTO article VALUES(NULL, ?2, ?3, ?4, ?5, ?6,"
			" ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
			" ?17, ?18)",
	[LIKE] = "SELECT " ARTICLE_COLUMNS " FROM article"
		 " WHERE sketch IN (?1, ?2, ?3, ?4) AND sketch != 0"
		 " LIMIT ?5",
	[SET_ARTICLE] = "UPDATE article SET title = ?6, state = ?7,"
			" versions = ?8, last_s = ?10, hash = ?11, blob = ?12,"
			" location = ?13, digest = ?14, extractor = ?15,"
			" etag = ?16, last_modified = ?17, sketch = ?18"
			" WHERE id = ?1",
	[SET_KEY] = "UPDATE article SET key = ?2, path = ?3 WHERE id = ?1",
	[ADD_VERSION] = "INSERT INTO version VALUES(NULL, ?1, ?2, ?3, ?4, ?5,"
			" ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
	[ADD_ALIAS] = "INSERT OR REPLACE INTO alias VALUES(?1, ?2)",
	[DROP_ALIAS] = "DELETE FROM alias WHERE key = ?1",
};

struct sql_stmt *
index_statement(struct index *index, enum index_statement which,
	struct err *err)
{
	if (!index->statements[which] &&
		sql_prepare(&index->statements[which], index->db,
			statements[which], err) < 0)
		return NULL;
	return index->statements[which];
}

bool
index_is_version(const struct index_version *v)
{
	return v->event != RECEIPT_GONE && v->event != RECEIPT_MOVED;
}

void
index_read_article(struct index_article *out, struct sql_stmt *s)
{
	*out = (struct index_article){ .id = sql_int(s, 0),
		.key = sql_str(s, 1),
		.path = sql_str(s, 2),
		.url = sql_str(s, 3),
		.source = sql_str(s, 4),
		.title = sql_str(s, 5),
		.state = (enum index_state)sql_int(s, 6),
		.versions = sql_int(s, 7),
		.first_s = sql_int(s, 8),
		.last_s = sql_int(s, 9),
		.location = sql_str(s, 12),
		.digest = sql_str(s, 13),
		.extractor = sql_str(s, 14),
		.etag = sql_str(s, 15),
		.last_modified = sql_str(s, 16),
		.sketch = (uint64_t)sql_int(s, 17) };
	gitoid_from(&out->commit, sql_str(s, 10));
	gitoid_from(&out->blob, sql_str(s, 11));
}

void
index_read_version(struct index_version *out, struct sql_stmt *s)
{
	*out = (struct index_version){ .seq = sql_int(s, 0),
		.article = sql_int(s, 1),
		.number = sql_int(s, 2),
		.event = (enum receipt_status)sql_int(s, 3),
		.fetched_s = sql_int(s, 6),
		.title = sql_str(s, 7),
		.classes = sql_str(s, 8),
		.words_added = sql_int(s, 9),
		.words_removed = sql_int(s, 10),
		.reason = sql_str(s, 11),
		.location = sql_str(s, 12) };
	gitoid_from(&out->commit, sql_str(s, 4));
	gitoid_from(&out->blob, sql_str(s, 5));
}

static int
keep(struct str *s, struct arena *arena)
{
	*s = arena_dup(arena, *s);
	return s->ptr ? 0 : -1;
}

static int
keep_article(struct index_article *a, struct arena *arena)
{
	return keep(&a->key, arena) || keep(&a->path, arena) ||
		keep(&a->url, arena) || keep(&a->source, arena) ||
		keep(&a->title, arena) || keep(&a->location, arena) ||
		keep(&a->digest, arena) || keep(&a->extractor, arena) ||
		keep(&a->etag, arena) || keep(&a->last_modified, arena);
}

/* The article of the row that `s` selects, with its strings in the arena. */
static int
one_article(struct index_article *out, struct sql_stmt *s, struct arena *arena,
	struct err *err)
{
	int got = sql_step(s, err);

	if (got > 0) {
		index_read_article(out, s);
		if (keep_article(out, arena))
			got = err_set(err, "record is too large");
	}
	sql_reset(s);
	return got;
}

int
index_get(struct index_article *out, struct index *index, int64_t id,
	struct arena *arena, struct err *err)
{
	struct sql_stmt *s = index_statement(index, GET, err);

	if (!s)
		return -1;
	sql_bind_int(s, 1, id);
	return one_article(out, s, arena, err);
}

static int
find_text(struct index_article *out, struct index *index,
	enum index_statement which, struct str text, struct arena *arena,
	struct err *err)
{
	struct sql_stmt *s = index_statement(index, which, err);

	if (!s)
		return -1;
	sql_bind_str(s, 1, text);
	return one_article(out, s, arena, err);
}

int
index_find(struct index_article *out, struct index *index, struct str key,
	struct arena *arena, struct err *err)
{
	struct sql_stmt *alias;
	int64_t id = 0;
	int got = find_text(out, index, FIND, key, arena, err);

	if (got != 0)
		return got;
	alias = index_statement(index, FIND_ALIAS, err);
	if (!alias)
		return -1;
	sql_bind_str(alias, 1, key);
	got = sql_step(alias, err);
	if (got > 0)
		id = sql_int(alias, 0);
	sql_reset(alias);
	return got > 0 ? index_get(out, index, id, arena, err) : got;
}

int
index_find_path(struct index_article *out, struct index *index,
	struct str path, struct arena *arena, struct err *err)
{
	return find_text(out, index, FIND_PATH, path, arena, err);
}

int
index_version(struct index_version *out, struct index *index, int64_t article,
	int64_t number, struct arena *arena, struct err *err)
{
	struct sql_stmt *s = index_statement(index, VERSION, err);
	int got;

	if (!s)
		return -1;
	sql_bind_int(s, 1, article);
	sql_bind_int(s, 2, number);
	got = sql_step(s, err);
	if (got > 0) {
		index_read_version(out, s);
		if (keep(&out->title, arena) || keep(&out->classes, arena) ||
			keep(&out->reason, arena) ||
			keep(&out->location, arena))
			got = err_set(err, "record is too large");
	}
	sql_reset(s);
	return got;
}

int
index_like(struct index_article *out, size_t max, struct index *index,
	const uint64_t *sketches, size_t count, struct arena *arena,
	struct err *err)
{
	struct sql_stmt *s = index_statement(index, LIKE, err);
	int got = 1, found = 0;

	if (!s)
		return -1;
	for (size_t i = 0; i < 4; i++)
		sql_bind_int(s, (int)i + 1,
			i < count ? (int64_t)sketches[i] : 0);
	sql_bind_int(s, 5, (int64_t)max);
	while (got > 0 && (got = sql_step(s, err)) > 0) {
		index_read_article(&out[found], s);
		if (keep_article(&out[found++], arena))
			got = err_set(err, "record is too large");
	}
	sql_reset(s);
	return got < 0 ? -1 : found;
}

int64_t
index_number_of_blob(struct index *index, int64_t article,
	const struct gitoid *blob, struct err *err)
{
	struct sql_stmt *s = index_statement(index, BLOB, err);
	int64_t number = 0;
	int got;

	if (!s)
		return -1;
	sql_bind_int(s, 1, article);
	sql_bind_blob(s, 2, gitoid_str(blob));
	got = sql_step(s, err);
	if (got > 0)
		number = sql_int(s, 0);
	sql_reset(s);
	return got < 0 ? -1 : number;
}

int
index_twin(struct index_version *v, struct index *index, struct err *err)
{
	struct sql_stmt *s = index_statement(index, TWIN, err);
	int got;

	if (!s)
		return -1;
	sql_bind_int(s, 1, v->article);
	sql_bind_int(s, 2, v->seq);
	sql_bind_int(s, 3, v->fetched_s);
	sql_bind_int(s, 4, RECEIPT_GONE);
	sql_bind_int(s, 5, RECEIPT_MOVED);
	got = sql_step(s, err);
	if (got > 0)
		v->twin = sql_int(s, 0);
	sql_reset(s);
	return got < 0 ? -1 : 0;
}

int
index_head(struct gitoid *out, struct index *index, struct err *err)
{
	struct sql_stmt *s = index_statement(index, GET_META, err);
	int got;

	*out = (struct gitoid){ { 0 } };
	if (!s)
		return -1;
	sql_bind_str(s, 1, STR("head"));
	got = sql_step(s, err);
	if (got > 0)
		gitoid_from(out, sql_str(s, 0));
	sql_reset(s);
	return got < 0 ? -1 : 0;
}

static int
count_one(int64_t *out, struct index *index, const char *query,
	struct err *err)
{
	struct sql_stmt *s;
	int got;

	if (sql_prepare(&s, index->db, query, err) < 0)
		return -1;
	got = sql_step(s, err);
	*out = got > 0 ? sql_int(s, 0) : 0;
	sql_free(s);
	return got < 0 ? -1 : 0;
}

int
index_count(struct index_counts *out, struct index *index, struct err *err)
{
	if (count_one(&out->articles, index, "SELECT count(*) FROM article",
		    err) < 0 ||
		count_one(&out->versions, index,
			"SELECT total(versions) FROM article", err) < 0 ||
		count_one(&out->commits, index,
			"SELECT count(*) FROM version", err) < 0)
		return -1;
	return count_one(&out->aliases, index, "SELECT count(*) FROM alias",
		err);
}

int
index_add_orders(struct index *index, struct err *err)
{
	return sql_exec(index->db,
		"CREATE INDEX IF NOT EXISTS article_path ON article(path);"
		"CREATE INDEX IF NOT EXISTS article_sketch"
		" ON article(sketch) WHERE sketch != 0;"
		"CREATE INDEX IF NOT EXISTS version_article"
		" ON version(article, seq);"
		"CREATE INDEX IF NOT EXISTS alias_article"
		" ON alias(article);"
		"CREATE INDEX IF NOT EXISTS article_moved"
		" ON article(state) WHERE state = 2", err);
}

int
index_drop_orders(struct index *index, struct err *err)
{
	return sql_exec(index->db, "DROP INDEX article_path;"
				   "DROP INDEX IF EXISTS article_sketch;"
				   "DROP INDEX version_article;"
				   "DROP INDEX alias_article;"
				   "DROP INDEX IF EXISTS article_moved",
		err);
}

static int64_t
schema_version(struct index *index, struct err *err)
{
	int64_t version;

	return count_one(&version, index, "PRAGMA user_version", err) < 0 ?
		-1 : version;
}

/* Asked again within the transaction: two may open a fresh archive. */
static int
make_tables(struct index *index, struct err *err)
{
	int64_t version;

	if (sql_begin(index->db, err) < 0)
		return -1;
	version = schema_version(index, err);
	if (version == SCHEMA || (version >= 0 &&
			sql_exec(index->db, schema, err) == 0 &&
			index_add_orders(index, err) == 0))
		return sql_commit(index->db, err);
	sql_rollback(index->db);
	return -1;
}

/* Whether each statement fits the tables: those of another program may have
 * our version's number. */
static int
check_tables(struct index *index, struct err *err)
{
	for (size_t i = 0; i < STATEMENTS; i++)
		if (!index_statement(index, (enum index_statement)i, err))
			return -1;
	return 0;
}

static void
close_database(struct index *index)
{
	for (size_t i = 0; i < STATEMENTS; i++) {
		sql_free(index->statements[i]);
		index->statements[i] = NULL;
	}
	sql_close(index->db);
	index->db = NULL;
}

/* Opened, with tables of this layout: 0; SQL_DAMAGED; -1: not to be had. */
static int
open_writing(struct index *index, const char *path, struct err *err)
{
	int result = sql_open(&index->db, path, SQL_CREATE, err);
	int64_t version;

	if (result < 0)
		return result;
	if (sql_exec(index->db, "PRAGMA cache_size = -16384", err) < 0)
		return -1;
	version = schema_version(index, err);
	if (version > SCHEMA) {
		err_set(err, "made by a later stet");
		return SQL_DAMAGED;
	}
	if ((version == SCHEMA || make_tables(index, err) == 0) &&
		check_tables(index, err) == 0)
		return 0;
	return sql_damaged(index->db) ? SQL_DAMAGED : -1;
}

/* As it is, without writing anything: 0, or the index is of no use: -1. */
static int
open_reading(struct index *index, const char *path, struct err *err)
{
	if (sql_open(&index->db, path, SQL_READ, err) < 0)
		return -1;
	if (schema_version(index, err) != SCHEMA)
		return err_set(err, "made by another stet: stet index makes it "
			"anew");
	return check_tables(index, err);
}

/*
 * An index that cannot be written is read as it is while that is enough, and
 * else carried on in memory, from what there is of it.
 */
static int
open_unwritable(struct index *index, const char *path, struct err *err)
{
	struct sql *disk = NULL;
	struct gitoid head, indexed;

	if (open_reading(index, path, NULL) == 0 &&
		gitstore_head(&head, index->store, err) >= 0 &&
		index_head(&indexed, index, NULL) == 0) {
		if (gitoid_eq(&head, &indexed))
			return 0;
		disk = index->db;
		index->db = NULL;
		for (size_t i = 0; i < STATEMENTS; i++) {
			sql_free(index->statements[i]);
			index->statements[i] = NULL;
		}
	}
	close_database(index);
	index->writable = index->memory = true;
	if (sql_open_memory(&index->db, err) < 0 ||
		(disk && sql_copy(index->db, disk, err) < 0) ||
		(!disk && make_tables(index, err) < 0)) {
		sql_close(disk);
		return -1;
	}
	sql_close(disk);
	return 0;
}

/* Moves what is damaged aside, says so, and begins anew. */
static int
replace_damaged(struct index *index, const char *path, uint64_t identity,
	struct err *err)
{
	struct err why = *err;
	int moved;

	close_database(index);
	moved = sql_move_aside(path, identity, err);
	if (moved < 0)
		return -1;
	if (moved > 0)
		err_tell("the index was damaged and is made anew (%s)",
			why.text);
	return open_writing(index, path, err) < 0 ? -1 : 0;
}

static int
open_database(struct index *index, bool reading, struct err *err)
{
	struct strbuf path;
	uint64_t identity;
	int result;

	strbuf_init(&path, 8192);
	strbuf_addf(&path, "%s/stet", gitstore_path(index->store));
	if (!reading)
		mkdir(path.ptr, 0777);
	strbuf_adds(&path, STR("/index.db"));
	if (reading) {
		result = open_reading(index, path.ptr, err);
		strbuf_release(&path);
		return result;
	}
	identity = sql_identity(path.ptr);
	result = open_writing(index, path.ptr, err);
	if (result == SQL_DAMAGED) {
		/* Once more: a disk may fail for a moment. */
		close_database(index);
		result = open_writing(index, path.ptr, err);
	}
	if (result == SQL_DAMAGED)
		result = replace_damaged(index, path.ptr, identity, err);
	index->writable = result == 0;
	if (result < 0) {
		close_database(index);
		result = open_unwritable(index, path.ptr, err);
	}
	strbuf_release(&path);
	return result;
}

/* Catches up where the history has more. Damage that shows only now, deep in
 * a large index, is met as that which shows at once. */
static int
bring_up_to_date(struct index *index, struct err *err)
{
	struct gitoid head, indexed;

	if (gitstore_head(&head, index->store, err) < 0 ||
		index_head(&indexed, index, err) < 0)
		return -1;
	if (gitoid_eq(&head, &indexed) || !index->writable)
		return 0;
	return index_catch_up(index, NULL, err) < 0 ? -1 : 0;
}

/* Puts a damaged index out of the way for the next who opens it. */
static bool
give_up(struct index *index, struct err *err)
{
	struct strbuf path;
	bool given_up;

	if (!index->db || index->memory || !index->writable ||
		!sql_damaged(index->db))
		return false;
	strbuf_init(&path, 8192);
	strbuf_addf(&path, "%s/stet/index.db", gitstore_path(index->store));
	given_up = !sql_is_sound(path.ptr) &&
		replace_damaged(index, path.ptr, sql_identity(path.ptr),
			err) == 0;
	strbuf_release(&path);
	return given_up;
}

static int
open_index(struct index **out, struct gitstore *store, bool reading,
	struct err *err)
{
	struct index *index = xcalloc(1, sizeof(*index));

	*out = NULL;
	index->store = store;
	if (open_database(index, reading, err) < 0)
		goto close;
	if (bring_up_to_date(index, err) < 0 &&
		(!give_up(index, err) || bring_up_to_date(index, err) < 0))
		goto close;
	*out = index;
	return 0;
close:
	index_close(index);
	return err_prefix(err, "index of '%s'", gitstore_path(store));
}

int
index_open(struct index **out, struct gitstore *store, struct err *err)
{
	return open_index(out, store, false, err);
}

int
index_open_read(struct index **out, struct gitstore *store, struct err *err)
{
	return open_index(out, store, true, err);
}

void
index_close(struct index *index)
{
	if (!index)
		return;
	give_up(index, &(struct err){ "found while it was read" });
	close_database(index);
	free(index);
}

bool
index_in_memory(const struct index *index)
{
	return index->memory;
}
