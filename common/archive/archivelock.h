/*
 * One process at a time writes into an archive. Two locks say so, taken in
 * this order: the file ARCHIVE/stet/lock, and the folder ARCHIVE/objects,
 * which nobody removes and leaves the archive. Both die with their process,
 * so none ever has to be removed by hand. While they are held over something
 * that a kill could leave half done, the file says so, and the next holder
 * cleans up.
 *
 *	struct archivelock lock;
 *	if (archivelock_open(&lock, path, &err) < 0)
 *		...
 *	got = archivelock_take(&lock, ARCHIVELOCK_WAIT, &err);
 *	if (got > 0 && lock.unclean)
 *		... a holder died: clean up
 *	archivelock_begin(&lock, head, &err);
 *	...
 *	archivelock_end(&lock);
 *	archivelock_drop(&lock);
 */
#ifndef STET_ARCHIVELOCK_H
#define STET_ARCHIVELOCK_H

#include <stdbool.h>

#include "common/base/err.h"

enum archivelock_mode { ARCHIVELOCK_WAIT, ARCHIVELOCK_TRY };

enum { ARCHIVELOCK_TEXT_BYTES = 64 };

struct archivelock {
	int fd;      /* of the file */
	int folder;  /* of ARCHIVE/objects */
	char *path;  /* of the file */
	bool unclean; /* the last holder died between begin and end */
	char text[ARCHIVELOCK_TEXT_BYTES]; /* what it had begun */
};

/* Opens (makes) the lock file of the archive at `path`. */
int archivelock_open(struct archivelock *lock, const char *path,
	struct err *err);
void archivelock_close(struct archivelock *lock);

/*
 * 1: held, with `unclean` set; 0: another holds it (ARCHIVELOCK_TRY). A file
 * that was removed while it was waited for is made again.
 */
int archivelock_take(struct archivelock *lock, enum archivelock_mode mode,
	struct err *err);
void archivelock_drop(struct archivelock *lock);

/* Notes what is about to be done (at most 63 bytes), and that it is done. */
int archivelock_begin(struct archivelock *lock, const char *text,
	struct err *err);
void archivelock_end(struct archivelock *lock);

#endif
