/*
 * What git processes that were killed leave in a repository: lock files, at
 * which every later git stops, and half-written packs. Both are told from
 * those at work by who has them open, and by when they were written.
 *
 *	bool alone = gitleft_alone();
 *	... rights are dropped ...
 *	gitleft_clean("news.git", alone, now_s);
 */
#ifndef STET_GITLEFT_H
#define STET_GITLEFT_H

#include <stdbool.h>
#include <stdint.h>

enum {
	GITLEFT_LOCK_S = 10, /* a lock that was written so long ago is dead */
	GITLEFT_PACK_S = 60  /* a part of a pack may wait for the next part */
};

/* Whether no process of git is to be seen on this machine. Reads /proc. */
bool gitleft_alone(void);

/*
 * Whether nobody has the file open and it was not written within `stale_s` of
 * now_s: neither before nor after, as a clock may have been ahead.
 */
bool gitleft_is_dead(int dirfd, const char *path, int64_t stale_s,
	int64_t now_s);

/*
 * Removes what is dead. With `alone` what only git makes and nobody has open
 * need not have grown old. Only for the holder of the archive's lock.
 */
void gitleft_clean(const char *repository, bool alone, int64_t now_s);

#endif
