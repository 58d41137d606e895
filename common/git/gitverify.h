/* A second opinion on a pack that stet made: libgit2's own indexer. */
#ifndef STET_GITVERIFY_H
#define STET_GITVERIFY_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

/*
 * Lets libgit2 read every object of the pack and make its own index, in a
 * folder below ARCHIVE/stet that is removed again. -1: it refuses the pack,
 * or its index differs from `index`.
 */
int gitverify_pack(struct gitstore *store, struct str pack, struct str index,
	struct err *err);

#endif
