#include "common/archive/sql.h"

#include <sqlite3.h>
#include <sys/stat.h>

#include "common/base/strbuf.h"
#include "common/base/xalloc.h"

struct sql {
	sqlite3 *handle;
};

struct sql_stmt {
	sqlite3_stmt *handle;
	sqlite3 *db;
};

static int
fail(sqlite3 *db, struct err *err, const char *what)
{
	return err_set(err, "%s: %s", what, sqlite3_errmsg(db));
}

int
sql_exec(struct sql *db, const char *statements, struct err *err)
{
	if (sqlite3_exec(db->handle, statements, NULL, NULL, NULL) !=
		SQLITE_OK)
		return fail(db->handle, err, "database");
	return 0;
}

enum { WAL_STEP_MS = 10 };

/*
 * SQLite does not wait by itself when two connections turn a new database to
 * WAL at once: the second one is told that it is busy.
 */
static int
use_wal(struct sql *db, struct err *err)
{
	for (int waited_ms = 0;; waited_ms += WAL_STEP_MS) {
		int rc = sqlite3_exec(db->handle, "PRAGMA journal_mode=WAL",
			NULL, NULL, NULL);

		if (rc == SQLITE_OK)
			return 0;
		if ((rc & 0xff) != SQLITE_BUSY || waited_ms >= SQL_BUSY_MS)
			return fail(db->handle, err, "database");
		sqlite3_sleep(WAL_STEP_MS);
	}
}

static int
set_up(struct sql *db, enum sql_mode mode, struct err *err)
{
	sqlite3_busy_timeout(db->handle, SQL_BUSY_MS);
	sqlite3_extended_result_codes(db->handle, 1);
	/* Names and text come from the network: no SQL function may be
	 * smuggled in through the schema of a database handed to us. */
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(
		db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	/* Temporary files would lie where a sandbox lets nobody write. */
	if (sql_exec(db, "PRAGMA temp_store=MEMORY", err) < 0)
		return -1;
	if (mode == SQL_READ)
		return 0;
	if (use_wal(db, err) < 0)
		return -1;
	return sql_exec(db, "PRAGMA synchronous=NORMAL;"
			    "PRAGMA foreign_keys=ON;",
		err);
}

/*
 * A database in WAL mode cannot be read without its -wal and -shm, which a
 * folder that cannot be written does not let SQLite make. While they are not
 * there nobody writes, and the file alone has all.
 */
static int
read_alone(struct sql *db, const char *path, struct err *err)
{
	struct strbuf uri;
	int rc;

	sqlite3_close(db->handle);
	strbuf_init(&uri, 64 << 10);
	strbuf_adds(&uri, STR("file:"));
	for (const char *c = path; *c; c++) {
		if (*c == '?' || *c == '#' || *c == '%')
			strbuf_addf(&uri, "%%%02x", (unsigned char)*c);
		else
			strbuf_addc(&uri, *c);
	}
	strbuf_adds(&uri, STR("?immutable=1"));
	rc = sqlite3_open_v2(uri.ptr, &db->handle, SQLITE_OPEN_READONLY |
		SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
	strbuf_release(&uri);
	return rc != SQLITE_OK ?
		fail(db->handle, err, "cannot open database") :
		set_up(db, SQL_READ, err);
}

/* Whether the first read fails for want of these files, and no writer has
 * left anything in them. */
static bool
shut(struct sql *db, const char *path)
{
	int rc = sqlite3_exec(db->handle, "SELECT 1 FROM sqlite_master", NULL,
		NULL, NULL) & 0xff;
	struct strbuf wal;
	struct stat st;
	bool left;

	strbuf_init(&wal, 64 << 10);
	strbuf_addf(&wal, "%s-wal", path);
	left = stat(wal.ptr, &st) == 0 && st.st_size > 0;
	strbuf_release(&wal);
	return (rc == SQLITE_CANTOPEN || rc == SQLITE_READONLY) && !left;
}

int
sql_open(struct sql **out, const char *path, enum sql_mode mode,
	struct err *err)
{
	static const int flags[] = { [SQL_READ] = SQLITE_OPEN_READONLY,
		[SQL_WRITE] = SQLITE_OPEN_READWRITE,
		[SQL_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE };
	struct sql *db = xcalloc(1, sizeof(*db));

	*out = NULL;
	if (sqlite3_open_v2(path, &db->handle,
		    flags[mode] | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK) {
		fail(db->handle, err, "cannot open database");
		err_prefix(err, "'%s'", path);
		sql_close(db);
		return -1;
	}
	if (set_up(db, mode, err) < 0 || (mode == SQL_READ && shut(db, path) &&
			read_alone(db, path, err) < 0)) {
		err_prefix(err, "'%s'", path);
		sql_close(db);
		return -1;
	}
	*out = db;
	return 0;
}

int
sql_durable(struct sql *db, struct err *err)
{
	return sql_exec(db, "PRAGMA synchronous=FULL", err);
}

void
sql_close(struct sql *db)
{
	if (!db)
		return;
	sqlite3_close(db->handle);
	free(db);
}

int
sql_begin(struct sql *db, struct err *err)
{
	return sql_exec(db, "BEGIN IMMEDIATE", err);
}

int
sql_commit(struct sql *db, struct err *err)
{
	return sql_exec(db, "COMMIT", err);
}

void
sql_rollback(struct sql *db)
{
	/* It fails only where there is nothing to roll back. */
	sqlite3_exec(db->handle, "ROLLBACK", NULL, NULL, NULL);
}

int64_t
sql_changes(struct sql *db)
{
	return sqlite3_changes64(db->handle);
}

int64_t
sql_last_id(struct sql *db)
{
	return sqlite3_last_insert_rowid(db->handle);
}

int
sql_prepare(struct sql_stmt **out, struct sql *db, const char *text,
	struct err *err)
{
	sqlite3_stmt *handle;

	*out = NULL;
	if (sqlite3_prepare_v3(db->handle, text, -1,
		    SQLITE_PREPARE_PERSISTENT, &handle, NULL) != SQLITE_OK)
		return fail(db->handle, err, "database");
	*out = xmalloc(sizeof(**out));
	(*out)->handle = handle;
	(*out)->db = db->handle;
	return 0;
}

void
sql_free(struct sql_stmt *s)
{
	if (!s)
		return;
	sqlite3_finalize(s->handle);
	free(s);
}

void
sql_bind_int(struct sql_stmt *s, int parameter, int64_t value)
{
	sqlite3_bind_int64(s->handle, parameter, value);
}

void
sql_bind_real(struct sql_stmt *s, int parameter, double value)
{
	sqlite3_bind_double(s->handle, parameter, value);
}

void
sql_bind_str(struct sql_stmt *s, int parameter, struct str value)
{
	sqlite3_bind_text64(s->handle, parameter, value.ptr ? value.ptr : "",
		value.len, SQLITE_STATIC, SQLITE_UTF8);
}

void
sql_bind_blob(struct sql_stmt *s, int parameter, struct str value)
{
	sqlite3_bind_blob64(s->handle, parameter, value.ptr ? value.ptr : "",
		value.len, SQLITE_STATIC);
}

void
sql_bind_null(struct sql_stmt *s, int parameter)
{
	sqlite3_bind_null(s->handle, parameter);
}

int
sql_step(struct sql_stmt *s, struct err *err)
{
	switch (sqlite3_step(s->handle)) {
	case SQLITE_ROW:
		return 1;
	case SQLITE_DONE:
		return 0;
	default:
		return fail(s->db, err, "database");
	}
}

void
sql_reset(struct sql_stmt *s)
{
	sqlite3_reset(s->handle);
	sqlite3_clear_bindings(s->handle);
}

int
sql_run(struct sql_stmt *s, struct err *err)
{
	int got = sql_step(s, err);

	sql_reset(s);
	return got < 0 ? -1 : 0;
}

int64_t
sql_int(struct sql_stmt *s, int column)
{
	return sqlite3_column_int64(s->handle, column);
}

double
sql_real(struct sql_stmt *s, int column)
{
	return sqlite3_column_double(s->handle, column);
}

struct str
sql_str(struct sql_stmt *s, int column)
{
	const void *bytes = sqlite3_column_blob(s->handle, column);
	int len = sqlite3_column_bytes(s->handle, column);

	return (struct str){ bytes ? bytes : "", (size_t)len };
}

bool
sql_is_null(struct sql_stmt *s, int column)
{
	return sqlite3_column_type(s->handle, column) == SQLITE_NULL;
}
