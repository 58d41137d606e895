/* stet-stats: what an archive's articles did, counted. */
#ifndef STET_STATS_STATS_H
#define STET_STATS_STATS_H

#include "common/base/err.h"
#include "common/base/strbuf.h"

enum stats_form { STATS_TEXT, STATS_JSON, STATS_CSV };

/* Appends the counts; the exit status. */
int stats_run(struct strbuf *out, const char *archive, enum stats_form form,
	struct err *err);

#endif
