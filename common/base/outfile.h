/*
 * A file that a person names for output. A plain one is replaced as a whole
 * or not at all; a device, a FIFO or another descriptor (/dev/null,
 * /dev/stderr) is written to and never renamed over; a link is followed, once,
 * when it is opened.
 *
 *	if (outfile_open(&f, "left.tsv", &err) < 0)
 *		...
 *	... rights are dropped, but for outfile_folder(&f) ...
 *	if (outfile_put(&f, bytes, &err) < 0)
 *		...
 *	outfile_close(&f);
 */
#ifndef STET_OUTFILE_H
#define STET_OUTFILE_H

#include "common/base/err.h"
#include "common/base/str.h"

struct outfile {
	int fd;       /* of what is no plain file, else -1 */
	int dirfd;    /* of the folder, else -1 */
	char *folder; /* NULL: no plain file */
	char *name;   /* in it */
};

/* A FIFO that nobody reads is an error, not waited for. */
int outfile_open(struct outfile *f, const char *path, struct err *err);
void outfile_close(struct outfile *f);

/* The folder that has to be writable, or NULL. */
const char *outfile_folder(const struct outfile *f);

/* All that the file is to hold; for a plain one durable on return. */
int outfile_put(struct outfile *f, struct str bytes, struct err *err);

#endif
