/* stet-index's work: making, checking and counting the index. */
#ifndef STET_INDEX_INDEX_H
#define STET_INDEX_INDEX_H

#include "common/base/err.h"
#include "common/base/strbuf.h"

enum indexing { INDEXING_CATCH_UP, INDEXING_REBUILD, INDEXING_CHECK };

/* Appends what was found. Returns the exit status, with the reason in err. */
int indexing_run(struct strbuf *out, const char *archive, enum indexing what,
	struct err *err);

#endif
