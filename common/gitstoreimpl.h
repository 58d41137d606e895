/*
 * What the git*.c files share of a gitstore. No other module includes it:
 * it names libgit2's types.
 */
#ifndef STET_GITSTOREIMPL_H
#define STET_GITSTOREIMPL_H

#include <git2.h>

#include "common/err.h"
#include "common/gitstore.h"
#include "common/strbuf.h"

struct gitstore {
	git_repository *repo;
	git_odb *odb;
	git_config *config; /* a snapshot */
	char *path;
	char *branch;
};

/* Fills err with `what` and libgit2's last error. Returns -1. */
int gitstore_fail(struct err *err, const char *what);

/* The same bytes under libgit2's name for them. */
const git_oid *gitstore_oid(const struct gitoid *id);

/* Starts libgit2 with stet's options, once. */
int gitstore_start(struct err *err);

#endif
