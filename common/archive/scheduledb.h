/*
 * The schedule on disk: ARCHIVE/stet/schedule.db, a SQLite database in WAL
 * mode. stet-mark is its only writer; readers do not wait for it. It may be
 * lost: the index gives the articles back, a check each gives the rest.
 *
 *	struct scheduledb *db;
 *	if (scheduledb_open(&db, path, SQL_WRITE, &err) < 0)
 *		...
 *	if (scheduledb_find(&e, db, SCHEDULE_ARTICLE, key, &arena, &err) >= 0)
 *		schedule_check(&e, &receipt, t),
 *			scheduledb_put(db, &e, host, &err);
 *	scheduledb_close(db);
 *
 * An entry's place is the hash of its key, so that a million of them need no
 * second index. Keys under which an article is known besides its own are
 * aliases.
 */
#ifndef STET_SCHEDULEDB_H
#define STET_SCHEDULEDB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/archive/schedule.h"
#include "common/article/memory.h"
#include "common/archive/sql.h"
#include "common/base/arena.h"
#include "common/base/err.h"

struct scheduledb;

/*
 * Opens the database; SQL_CREATE makes it when missing. 1; 0 when there is
 * none and `mode` does not make it (*out is NULL, which the readers below take
 * for an empty schedule); -1 on errors; SQL_DAMAGED for one that is damaged or
 * of a later stet. restore_open does what is to be done then.
 */
int scheduledb_open(struct scheduledb **out, const char *path,
	enum sql_mode mode, struct err *err);
int scheduledb_open_memory(struct scheduledb **out, struct err *err);
void scheduledb_close(struct scheduledb *db);

/* Whether it has no entry of an article. */
bool scheduledb_empty(struct scheduledb *db);

/*
 * A few words that outlive the process, under a name. Only where the database
 * was opened for writing. scheduledb_note: 1, 0 none, -1.
 */
int scheduledb_note(struct str *out, struct scheduledb *db, const char *name,
	struct arena *arena, struct err *err);
int scheduledb_set_note(struct scheduledb *db, const char *name,
	struct str value, struct err *err);

/* A transaction around several puts. What is committed is durable. */
int scheduledb_begin(struct scheduledb *db, struct err *err);
int scheduledb_commit(struct scheduledb *db, struct err *err);
void scheduledb_rollback(struct scheduledb *db);

/*
 * Holds the schedule as it is for several reads, which then cost no lock each,
 * and lets it go. Not for long: what is written meanwhile piles up.
 */
int scheduledb_hold(struct scheduledb *db, struct err *err);
void scheduledb_let_go(struct scheduledb *db);

/*
 * Reads the entry of a key; strings lie in `arena`. 1; 0: none (*out has kind
 * and key alone); -1.
 */
int scheduledb_find(struct schedule_entry *out, struct scheduledb *db,
	enum schedule_kind kind, struct str key, struct arena *arena,
	struct err *err);

/*
 * If *key is an alias, sets it to the key that it stands for, through as many
 * moves as there were: 1; 0: it is none; -1.
 */
int scheduledb_resolve(struct str *key, struct scheduledb *db,
	struct arena *arena, struct err *err);

/*
 * The same by a place that scheduledb_due gave, but only what a link is made
 * of: key, url, source, misses and validators.
 */
int scheduledb_get_link(struct schedule_entry *out, struct scheduledb *db,
	int64_t place, struct arena *arena, struct err *err);

/*
 * Writes the entry; `host` is a hash of its registrable domain. Its key is no
 * alias any more.
 */
int scheduledb_put(struct scheduledb *db, const struct schedule_entry *e,
	uint32_t host, struct err *err);

/*
 * Lets `alias` stand for the article `key`. An entry of its own goes: its
 * address leads to the other article, so no check would ever be of it.
 */
int scheduledb_alias(struct scheduledb *db, struct str alias, struct str key,
	struct err *err);

struct scheduledb_due {
	int64_t next_s;
	int64_t place;
	uint32_t host;
};

/*
 * Calls `each` for every article that is due at `now_s`, oldest first, until
 * it returns non-zero; returns that, or -1.
 */
int scheduledb_due(struct scheduledb *db, int64_t now_s,
	int (*each)(void *context, const struct scheduledb_due *due),
	void *context, struct err *err);

/*
 * Calls `each` for every entry of the kind, in no order, until it returns
 * non-zero; returns that, or -1. Strings are valid within the call.
 */
int scheduledb_each(struct scheduledb *db, enum schedule_kind kind,
	int (*each)(void *context, const struct schedule_entry *e),
	void *context, struct err *err);

/*
 * In how many articles of the host (a hash, as of scheduledb_put) a doubt of
 * that sketch is open; 0 on error.
 */
int64_t scheduledb_sharers(struct scheduledb *db, uint64_t sketch,
	uint32_t host, struct err *err);

/* A text that was seen and may be no edit, and what became of it. */
struct scheduledb_doubt {
	struct str key;
	struct str reason;
	int64_t first_s, last_s;
	int64_t looks;
	struct str records; /* ids of the WARC records, between blanks */
	struct str outcome; /* "confirmed", "dropped"; empty: it is open */
};

/* Keeps a look at the open doubt of `m`. For a schedule open for writing. */
int scheduledb_note_doubt(struct scheduledb *db, struct str key,
	const struct memory *m, struct str record, struct err *err);

/* What became of the open doubts of the article. */
int scheduledb_end_doubt(struct scheduledb *db, struct str key,
	struct str outcome, struct err *err);

/*
 * Calls `each` for the doubts of the article (an empty key: of all), oldest
 * first, until it returns non-zero; returns that, or -1.
 */
int scheduledb_doubts(struct scheduledb *db, struct str key,
	int (*each)(void *context, const struct scheduledb_doubt *doubt),
	void *context, struct err *err);

#endif
