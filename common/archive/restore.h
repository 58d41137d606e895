/* What the schedule has lost, made again from the archive's index. */
#ifndef STET_RESTORE_H
#define STET_RESTORE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/archive/scheduledb.h"
#include "common/base/err.h"
#include "common/git/gitstore.h"

/*
 * Puts every article of the archive that the schedule `db` lacks into it, in
 * one transaction: when it changed last decides when it is looked at next.
 * Validators and counts are not known; a check each brings them back. Where
 * the schedule has articles only those are looked at that came after the last
 * that it was found to have, unless `all`. How many were missing; -1.
 */
int64_t restore_schedule(struct scheduledb *db, struct gitstore *store,
	bool all, int64_t now_s, struct err *err);

/* How many articles of the archive the schedule lacks; -1. */
int64_t restore_count(struct scheduledb *db, struct gitstore *store,
	struct err *err);

/*
 * Opens the schedule of an archive as scheduledb_open does: 1, 0, -1. With
 * SQL_CREATE and SQL_WRITE what it lacks is put back. One that is damaged,
 * foreign or of a later stet is moved aside and made anew, in memory where the
 * archive cannot be written; err_tell says so.
 */
int restore_open(struct scheduledb **out, struct gitstore *store,
	enum sql_mode mode, int64_t now_s, struct err *err);

#endif
