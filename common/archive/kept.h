/*
 * The captures that stet run keeps: a folder of WARC files (stet.warc), one a
 * run, in the order of their names, which is that of time.
 *
 *	char folder[KEPT_PATH_BYTES];
 *	if (kept_folder(folder, store, NULL, &err) < 0)
 *		... none is configured
 *	... rights are dropped, but for the folder ...
 *	kept_each(folder, each, context, &err)
 */
#ifndef STET_KEPT_H
#define STET_KEPT_H

#include "common/base/err.h"
#include "common/git/gitstore.h"
#include "common/warc/warc.h"

enum { KEPT_PATH_BYTES = 4096, KEPT_BLOCK_BYTES = 64 << 20 };

enum { KEPT_STOP = 1, KEPT_GO_ON = 0 };

/*
 * Writes the folder: `folder` where it is not NULL, else stet.warc of the
 * archive; empty when there is none. -1: the configuration cannot be read.
 */
int kept_folder(char out[KEPT_PATH_BYTES], struct gitstore *store,
	const char *folder, struct err *err);

/*
 * Calls `each` for the records of the files in the folder whose names end in
 * ".warc", ".warc.gz" and ".warc.zst", or of the one file that it is, until it
 * returns KEPT_STOP or -1. `told` is told of a file that cannot be read to its
 * end; the others are. 0, or -1 with the reason.
 */
int kept_each(const char *folder,
	int (*each)(void *context, const struct warc_record *record,
		struct err *err),
	void *context, void (*told)(const char *text), struct err *err);

#endif
