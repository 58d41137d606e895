/*
 * Captures that made no version here and may make one where another archive
 * has seen more: those that are older than what is stored, and looks at a
 * text in doubt or a page that was not found. Their records are kept as they
 * came, in ARCHIVE/stet/late (stet-archive(5)), until stet-merge takes them.
 *
 *	struct late *late = late_new(archive);
 *	late_begin(late);	for each batch, and for each try of it
 *	late_add(late, LATE_OLDER, line);
 *	...
 *	late_keep(late, true, &err)	before a receipt is printed
 *
 * A record that is kept already is not kept twice. Several programs may add
 * at once: they take turns by a lock in that folder, which stet-merge takes
 * as well.
 */
#ifndef STET_COMMIT_LATE_H
#define STET_COMMIT_LATE_H

#include <stdbool.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum late_kind {
	LATE_OLDER, /* than the newest version */
	LATE_DOUBT, /* what a doubt or a removal may rest on */
	LATE_KINDS
};

struct late;

/* Never NULL. Nothing is opened or made before it is needed. */
struct late *late_new(const char *archive);
void late_free(struct late *late);

/* Forgets what was added and is not kept yet. */
void late_begin(struct late *late);

/* Whether that very record was kept in an earlier batch. */
bool late_has(struct late *late, struct str line);

/* Adds a record; `line` is without its newline. */
void late_add(struct late *late, enum late_kind kind, struct str line);

/* Writes what was added, durably with `sync`. -1: it is not kept. */
int late_keep(struct late *late, bool sync, struct err *err);

#endif
