#include "common/archive/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/ascii.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"

enum { SMALL_BYTES = 1 << 20, URI_BYTES = 32768, ASIDE_MAX = 100 };

struct sql {
	sqlite3 *handle;
	bool damaged; /* as some call has found */
};

struct sql_stmt {
	sqlite3_stmt *handle;
	struct sql *db;
};

static bool
is_damage(int rc)
{
	rc &= 0xff;
	return rc == SQLITE_CORRUPT || rc == SQLITE_NOTADB ||
		rc == SQLITE_FORMAT;
}

static int
fail(struct sql *db, struct err *err, const char *what)
{
	int rc = sqlite3_errcode(db->handle) & 0xff;

	if (is_damage(rc))
		db->damaged = true;
	if (rc == SQLITE_IOERR || rc == SQLITE_FULL || rc == SQLITE_NOMEM)
		err_note(EIO);
	else if (rc == SQLITE_CANTOPEN)
		err_note(sqlite3_system_errno(db->handle));
	return err_set(err, "%s: %s", what, sqlite3_errmsg(db->handle));
}

int
sql_exec(struct sql *db, const char *statements, struct err *err)
{
	if (sqlite3_exec(db->handle, statements, NULL, NULL, NULL) !=
		SQLITE_OK)
		return fail(db, err, "database");
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
			return fail(db, err, "database");
		sqlite3_sleep(WAL_STEP_MS);
	}
}

void
sql_close(struct sql *db)
{
	if (!db)
		return;
	sqlite3_close(db->handle);
	free(db);
}

/* Whether anything but a plain file is there: SQLite would wait for a FIFO. */
static bool
is_odd(const char *path)
{
	struct stat found;

	return lstat(path, &found) == 0 && !S_ISREG(found.st_mode);
}

static bool
is_small(const char *path)
{
	struct stat found;

	return stat(path, &found) == 0 && found.st_size <= SMALL_BYTES;
}

/* A small database is read through; of a large one the start. */
static int
probe(struct sql *db, bool small)
{
	sqlite3_stmt *s = NULL;
	int rc = sqlite3_prepare_v2(db->handle, small ?
		"PRAGMA quick_check(1)" : "SELECT count(*) FROM sqlite_master",
		-1, &s, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_step(s);
	if (rc == SQLITE_ROW && small &&
		sqlite3_stricmp((const char *)sqlite3_column_text(s, 0),
			"ok") != 0)
		rc = SQLITE_CORRUPT;
	sqlite3_finalize(s);
	return rc == SQLITE_ROW ? SQLITE_OK : rc;
}

static int
set_up(struct sql *db, const char *path, enum sql_mode mode, struct err *err)
{
	int rc;

	sqlite3_busy_timeout(db->handle, SQL_BUSY_MS);
	sqlite3_extended_result_codes(db->handle, 1);
	/* Names and text come from the network: no SQL function may be
	 * smuggled in through the schema of a database handed to us. */
	sqlite3_db_config(db->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(
		db->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	rc = probe(db, is_small(path));
	if (rc != SQLITE_OK) {
		if ((rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_FULL)
			err_note(EIO);
		err_set(err, "database: %s", sqlite3_errstr(rc));
		db->damaged = is_damage(rc);
		return is_damage(rc) ? SQL_DAMAGED : -1;
	}
	/* Temporary files would lie where a sandbox lets nobody write. */
	if (sql_exec(db, "PRAGMA temp_store=MEMORY", err) < 0)
		return -1;
	if (mode == SQL_READ)
		return 0;
	if (sqlite3_db_readonly(db->handle, "main") == 1)
		return err_set(err, "it cannot be written");
	if (use_wal(db, err) < 0)
		return -1;
	return sql_exec(db, "PRAGMA synchronous=NORMAL;"
			    "PRAGMA foreign_keys=ON;",
		err);
}

/* `flags` as sqlite3_open_v2 takes them. */
static int
open_with(struct sql **out, const char *name, const char *path, int flags,
	enum sql_mode mode, struct err *err)
{
	struct sql *db = xcalloc(1, sizeof(*db));
	int result = 0;

	*out = NULL;
	if (sqlite3_open_v2(name, &db->handle, flags | SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK)
		result = db->handle ?
			fail(db, err, "cannot open database") :
			err_set(err, "out of memory");
	if (result == 0)
		result = set_up(db, path, mode, err);
	if (result == 0) {
		*out = db;
		return 0;
	}
	sql_close(db);
	err_prefix(err, "'%s'", path);
	return result;
}

/*
 * A database in WAL mode is only read where its folder can be written, unless
 * SQLite is told that nobody writes. So it is in the archive of another user
 * or on a read-only mount: what is in the log beside it is then not seen.
 */
static int
open_immutable(struct sql **out, const char *path, struct err *err)
{
	static const char plain[] = "/._-";
	struct strbuf uri;
	int result;

	strbuf_init(&uri, URI_BYTES);
	strbuf_adds(&uri, STR("file:"));
	for (const char *c = path; *c; c++)
		if (ascii_alnum(*c) || strchr(plain, *c))
			strbuf_addc(&uri, *c);
		else
			strbuf_addf(&uri, "%%%02x", (unsigned char)*c);
	strbuf_adds(&uri, STR("?immutable=1"));
	result = open_with(out, uri.ptr, path,
		SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, SQL_READ, err);
	strbuf_release(&uri);
	return result;
}

int
sql_open(struct sql **out, const char *path, enum sql_mode mode,
	struct err *err)
{
	static const int flags[] = { [SQL_READ] = SQLITE_OPEN_READONLY,
		[SQL_WRITE] = SQLITE_OPEN_READWRITE,
		[SQL_CREATE] = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE };
	int result;

	*out = NULL;
	if (is_odd(path)) {
		err_set(err, "'%s': not a plain file", path);
		return SQL_DAMAGED;
	}
	result = open_with(out, path, path, flags[mode], mode, err);
	if (result == -1 && mode == SQL_READ && access(path, R_OK) == 0)
		result = open_immutable(out, path, err);
	return result;
}

int
sql_open_memory(struct sql **out, struct err *err)
{
	return open_with(out, ":memory:", ":memory:",
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, SQL_READ, err);
}

int
sql_copy(struct sql *to, struct sql *from, struct err *err)
{
	sqlite3_backup *copy = sqlite3_backup_init(to->handle, "main",
		from->handle, "main");

	if (copy)
		sqlite3_backup_step(copy, -1);
	if (!copy || sqlite3_backup_finish(copy) != SQLITE_OK)
		return fail(to, err, "database");
	return 0;
}

bool
sql_damaged(struct sql *db)
{
	return db && db->damaged;
}

bool
sql_is_sound(const char *path)
{
	struct sql *db;
	bool sound;

	if (sql_open(&db, path, SQL_READ, NULL) < 0)
		return false;
	sound = probe(db, true) == SQLITE_OK;
	sql_close(db);
	return sound;
}

uint64_t
sql_identity(const char *path)
{
	struct stat found;

	return lstat(path, &found) == 0 ? (uint64_t)found.st_ino : 0;
}

/* A name for what is moved aside; over a folder nothing can be moved. */
static void
name_aside(struct strbuf *out, const char *path)
{
	struct stat found;
	int n = 0;

	do {
		strbuf_reset(out);
		strbuf_addf(out, "%s.damaged", path);
		if (n++ > 0)
			strbuf_addf(out, ".%d", n);
	} while (n < ASIDE_MAX && lstat(out->ptr, &found) == 0 &&
		!S_ISREG(found.st_mode));
}

static int
rename_parts(const char *path, struct err *err)
{
	/* The log first: without its database it is nothing, but with a new
	 * one it would be taken for that one's. */
	static const char *const ends[] = { "-wal", "-shm", "" };
	struct strbuf from, to, aside;
	int result = 0;

	strbuf_init(&from, URI_BYTES);
	strbuf_init(&to, URI_BYTES);
	strbuf_init(&aside, URI_BYTES);
	name_aside(&aside, path);
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		strbuf_reset(&from);
		strbuf_reset(&to);
		strbuf_addf(&from, "%s%s", path, ends[i]);
		strbuf_addf(&to, "%s%s", aside.ptr, ends[i]);
		unlink(to.ptr); /* a folder goes over no file */
		if (rename(from.ptr, to.ptr) < 0 && errno != ENOENT)
			result = err_errno(err, "cannot move '%s' aside",
				path);
	}
	strbuf_release(&from);
	strbuf_release(&to);
	strbuf_release(&aside);
	return result;
}

int
sql_move_aside(const char *path, uint64_t identity, struct err *err)
{
	struct strbuf folder;
	int result, fd;

	strbuf_init(&folder, URI_BYTES);
	strbuf_adds(&folder, str_sub(str_from(path), 0,
		(size_t)(str_find_last(str_from(path), '/') + 1)));
	strbuf_addc(&folder, '.');
	fd = open(folder.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	strbuf_release(&folder);
	if (fd < 0)
		return err_errno(err, "cannot move '%s' aside", path);
	flock(fd, LOCK_EX);
	result = sql_identity(path) != identity ? 0 :
		rename_parts(path, err) < 0 ? -1 : 1;
	close(fd);
	return result;
}

int
sql_durable(struct sql *db, struct err *err)
{
	return sql_exec(db, "PRAGMA synchronous=FULL", err);
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
		    SQLITE_PREPARE_PERSISTENT, &handle, NULL) != SQLITE_OK) {
		/* A statement that does not fit the tables. */
		db->damaged |= sqlite3_errcode(db->handle) == SQLITE_ERROR;
		return fail(db, err, "database");
	}
	*out = xmalloc(sizeof(**out));
	(*out)->handle = handle;
	(*out)->db = db;
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
