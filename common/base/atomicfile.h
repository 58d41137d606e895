/*
 * A file that is replaced as a whole or not at all: written under a temporary
 * name in the same folder, synced, renamed, the folder synced.
 *
 *	struct atomicfile f;
 *	if (atomicfile_open(&f, dirfd, "feed.xml", &err) < 0)
 *		...
 *	atomicfile_write(&f, bytes, len);
 *	if (atomicfile_commit(&f, ATOMICFILE_SYNC, &err) < 0)
 *		... the old file is still there
 *
 * Write errors are remembered and reported by atomicfile_commit. A process
 * that is killed leaves a file named ".NAME.tmpXXXXXX" at most.
 */
#ifndef STET_ATOMICFILE_H
#define STET_ATOMICFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"

enum atomicfile_sync { ATOMICFILE_NOSYNC, ATOMICFILE_SYNC };

struct atomicfile {
	int dirfd;
	int fd;
	int write_errno; /* the first failure of a write, or 0 */
	char name[256];
	char temporary[272];
};

/*
 * Begins a replacement of `name` (one component, no '/') in the folder
 * `dirfd`, which is borrowed until commit or abort.
 */
int atomicfile_open(struct atomicfile *f, int dirfd, const char *name,
	struct err *err);

void atomicfile_write(struct atomicfile *f, const void *bytes, size_t len);

/* Puts the file in place; on -1 the temporary file is gone. */
int atomicfile_commit(struct atomicfile *f, enum atomicfile_sync sync,
	struct err *err);

#endif
