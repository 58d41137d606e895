/* stet-index's work: making, checking and counting the index. */
#ifndef STET_INDEX_INDEX_H
#define STET_INDEX_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/strbuf.h"

enum indexing { INDEXING_CATCH_UP, INDEXING_REBUILD, INDEXING_CHECK };

struct indexing_options {
	enum indexing what;
	bool alone;    /* no git is at work on this machine (gitleft_alone) */
	int64_t now_s; /* by the clock that files are dated by */
};

/*
 * Appends what was found, and removes what killed processes left in the
 * archive. Returns the exit status, with the reason in err.
 */
int indexing_run(struct strbuf *out, const char *archive,
	const struct indexing_options *options, struct err *err);

#endif
