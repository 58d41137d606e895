/*
 * SQLite, as far as stet needs it: mechanism only, no schema here.
 *
 *	struct sql *db;
 *	struct sql_stmt *find;
 *	if (sql_open(&db, "index.db", SQL_CREATE, &err) < 0 ||
 *		sql_prepare(&find, db, "SELECT n FROM t WHERE k = ?1", &err))
 *		...
 *	sql_bind_str(find, 1, key);
 *	while ((got = sql_step(find, &err)) > 0)
 *		n = sql_int(find, 0);
 *	sql_reset(find);
 *
 * Opened in WAL mode, synchronous=NORMAL, waiting up to SQL_BUSY_MS for
 * another writer: what was committed outlives the process, but not a power
 * cut. After sql_durable it outlives that too. Statements are freed before
 * their database.
 */
#ifndef STET_SQL_H
#define STET_SQL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum { SQL_BUSY_MS = 10000 };

enum sql_mode { SQL_READ, SQL_WRITE, SQL_CREATE };

struct sql;
struct sql_stmt;

/* The answer of sql_open when what lies there is damaged or no database. */
enum { SQL_DAMAGED = -2 };

/*
 * Opens the database at `path`; SQL_CREATE makes it when missing, SQL_READ
 * never writes, not even beside it. Where SQL_READ may not make SQLite's own
 * files either, the file is read without locks: whoever does that for long
 * looks again whether it was changed meanwhile. -1 with the reason, also where
 * it could only be read and is to be written; SQL_DAMAGED. Damage deep in a
 * large database shows later (sql_damaged).
 */
int sql_open(struct sql **out, const char *path, enum sql_mode mode,
	struct err *err);

/* A database in memory. */
int sql_open_memory(struct sql **out, struct err *err);

/* All of `from`, into a database in memory. */
int sql_copy(struct sql *to, struct sql *from, struct err *err);

/*
 * Whether the last call failed as the database is damaged, or has not the
 * tables that it should have.
 */
bool sql_damaged(struct sql *db);

/*
 * Whether the database can be read through: a disk that failed for a moment
 * is no damage.
 */
bool sql_is_sound(const char *path);

/* Which file is at `path`; 0: none. */
uint64_t sql_identity(const char *path);

/*
 * Renames a damaged database to "PATH.damaged", over an earlier one, with what
 * lies beside it: 1; 0: by now another file than `identity` is there, so some
 * other process was first; -1.
 */
int sql_move_aside(const char *path, uint64_t identity, struct err *err);
void sql_close(struct sql *db);

/* From here on a commit waits for the disk. */
int sql_durable(struct sql *db, struct err *err);

/* Runs statements that give no rows, separated by ';'. */
int sql_exec(struct sql *db, const char *statements, struct err *err);

/* BEGIN IMMEDIATE, COMMIT, ROLLBACK. */
int sql_begin(struct sql *db, struct err *err);
int sql_commit(struct sql *db, struct err *err);
void sql_rollback(struct sql *db);

/* The INTEGER PRIMARY KEY of the last row that was inserted. */
int64_t sql_last_id(struct sql *db);

int sql_prepare(struct sql_stmt **out, struct sql *db, const char *text,
	struct err *err);
void sql_free(struct sql_stmt *s);

/* Parameters from 1. The bytes must stay until the next step or reset. */
void sql_bind_int(struct sql_stmt *s, int parameter, int64_t value);
void sql_bind_str(struct sql_stmt *s, int parameter, struct str value);
void sql_bind_blob(struct sql_stmt *s, int parameter, struct str value);
void sql_bind_null(struct sql_stmt *s, int parameter);

/* 1: a row; 0: done; -1: error. */
int sql_step(struct sql_stmt *s, struct err *err);

/* Steps a statement that gives no rows and resets it. */
int sql_run(struct sql_stmt *s, struct err *err);

/* Ready for new parameters; the old ones are cleared. */
void sql_reset(struct sql_stmt *s);

/* Columns of the current row from 0; views are valid until the next step. */
int64_t sql_int(struct sql_stmt *s, int column);
struct str sql_str(struct sql_stmt *s, int column);
bool sql_is_null(struct sql_stmt *s, int column);

#endif
