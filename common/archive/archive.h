/*
 * Whether a repository is an archive, asked in one place and answered in one
 * wording by every command that opens one.
 *
 *	if (archive_open(&store, path, &err) < 0)
 *		... "'PATH' is no archive; stet init makes one"
 *	gitstore_close(store);
 */
#ifndef STET_ARCHIVE_H
#define STET_ARCHIVE_H

#include <stdbool.h>

#include "common/base/err.h"
#include "common/git/gitstore.h"

/* Whether anything is at that path that might be an archive. */
bool archive_exists(const char *path);

/*
 * Opens an archive as gitstore_open does. It is one when its configuration
 * says so (stet.layout), or, as that of a clone says nothing, when its newest
 * commit is one of stet's or a merge of such. -1: it is none, or cannot be
 * read.
 */
int archive_open(struct gitstore **out, const char *path, struct err *err);

#endif
