/*
 * What the git*.c files share of a gitstore. No other module includes it:
 * it names libgit2's types.
 */
#ifndef STET_GITSTOREIMPL_H
#define STET_GITSTOREIMPL_H

#include <git2.h>

#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/git/gitstore.h"

struct gitstore {
	git_repository *repo;
	git_odb *odb; /* opened when the first object is read */
	git_config *config; /* a snapshot */
	char *path;
	char *branch;
};

/* Fills err with `what` and libgit2's last error. Returns -1. */
int gitstore_fail(struct err *err, const char *what);

/*
 * An object as libgit2 has it, until git_odb_object_free. The packs are looked
 * for at the first call: a command that only asks the index needs none, and
 * looking at some hundred packs takes longer than its answer.
 */
int gitstore_read_object(git_odb_object **out, struct gitstore *store,
	const struct gitoid *id, struct err *err);

/* The same bytes under libgit2's name for them. */
const git_oid *gitstore_oid(const struct gitoid *id);

/* Starts libgit2 with stet's options, once. */
int gitstore_start(struct err *err);

#endif
