/*
 * An archive that is open for writing, and one batch's way into it: the lock,
 * the state it starts from, commits one on the other in memory, then the
 * pack, the branch, the index, in this order. Nothing is seen by others, and
 * nothing remains after an error, before the branch has moved.
 *
 *	if (session_open(&s, path, &options, &err) < 0)
 *		...
 *	if (session_begin(s, &err) < 0)
 *		...
 *	session_commit(s, &message, &blob, old_path, time, &id, &err)
 *	...
 *	got = session_end(s, &err);	1 stored, 0 begin again, -1 error
 *
 * Between session_begin and session_end `index` shows the batch so far.
 */
#ifndef STET_COMMIT_SESSION_H
#define STET_COMMIT_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "common/archive/archivelock.h"
#include "cmd/commit/packwriter.h"
#include "cmd/commit/treecache.h"
#include "common/archive/index.h"
#include "common/article/message.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/diff/change.h"
#include "common/git/gitstore.h"

struct session {
	struct gitstore *store;
	struct index *index;
	struct treecache *trees;
	struct packwriter *pack;
	struct change **judges; /* of changes, one for each worker */
	size_t judges_count;
	struct archivelock lock;
	enum pack_flags flags;
	struct strlist tracking; /* stet.tracking of the configuration */
	struct arena settings;
	bool spreads;        /* stet.layout 2: full folders grow no more */
	struct gitoid base;  /* the branch when the batch began */
	struct gitoid tip;   /* the newest commit of the batch */
	struct gitoid loaded; /* the commit whose tree `trees` holds */
	bool fresh;          /* nothing has been cleaned up yet */
	bool created;        /* the archive was not there before */
	unsigned attempts;   /* of this batch */
	struct strbuf text, object; /* scratch */
	struct arena arena;  /* scratch of one commit */
};

/*
 * Opens the archive at `path`; makes it where nothing is. -1: *unusable says
 * whether that is because of what is there, and not of the system.
 */
int session_open(struct session **out, const char *path, enum pack_flags flags,
	size_t workers, bool *unusable, struct err *err);
void session_close(struct session *s);

/* Takes the lock and starts from the newest commit. */
int session_begin(struct session *s, struct err *err);

struct session_blob {
	struct gitoid id;
	struct str bytes;  /* empty: the archive has it */
	struct str stream; /* deflated; may be empty */
};

/*
 * Makes a commit: the blob (NULL: no file any more) at m->path, the file of
 * the old path away when `old_path` is not empty. *out is its name. 1; 0 when
 * the record cannot be stored, with the reason and nothing changed; -1 error.
 */
int session_commit(struct session *s, struct message *m,
	const struct session_blob *blob, struct str old_path, int64_t time_s,
	struct gitoid *out, struct err *err);

/* Whether the folder of a new file takes one more, by the archive's layout. */
bool session_has_room(struct session *s, struct str path);

/* The document of a version, of this batch or before; strings in `arena`. */
int session_document(struct document *out, struct session *s,
	const struct gitoid *blob, struct arena *arena, struct err *err);

/*
 * Makes the batch durable and gives the lock back. 1: done; 0: the branch was
 * moved by somebody else, nothing is stored, begin again; -1: error, nothing
 * is stored unless *stored (then only the index is behind).
 */
int session_end(struct session *s, bool *stored, struct err *err);

/* Drops the batch and gives the lock back. */
void session_abort(struct session *s);

#endif
