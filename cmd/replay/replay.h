/*
 * stet-replay: the captures that the newest versions were made of, out of the
 * WARC files that were kept, for an extractor that reads them anew.
 */
#ifndef STET_REPLAY_REPLAY_H
#define STET_REPLAY_REPLAY_H

#include <stdbool.h>

#include "common/base/err.h"

struct replay_options {
	const char *archive;
	const char *warc; /* the folder; NULL: stet.warc of the archive */
	bool all;         /* also of those that this extractor has read */
};

struct replay;

/*
 * Finds out which captures are wanted: those of articles that are there, whose
 * newest version another extractor made and this one has not seen since.
 * Returns the exit status, with the reason in err from STATUS_USAGE on.
 */
int replay_open(struct replay **out, const struct replay_options *options,
	struct err *err);
void replay_free(struct replay *r);

/* How many captures are wanted; the folder in which they are looked for. */
size_t replay_wanted(const struct replay *r);
const char *replay_folder(const struct replay *r);

/*
 * Writes the wanted captures to `out` as WARC, in the order of the files'
 * names. A file that cannot be read is told with `warn`. Returns the exit
 * status; *found (may be NULL): how many were written.
 */
int replay_run(struct replay *r, int out, void (*warn)(const char *text),
	size_t *found, struct err *err);

#endif
