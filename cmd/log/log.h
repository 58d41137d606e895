/* stet-log's work: the commits of an article, from the index alone. */
#ifndef STET_LOG_LOG_H
#define STET_LOG_LOG_H

#include <stdbool.h>

#include "common/base/err.h"
#include "common/base/strbuf.h"

struct log_options {
	const char *archive;
	const char *name; /* URL, key or path */
	bool json;
	bool follow; /* to the article that a moved one has become */
};

/* Appends the list. Returns the exit status, with the reason in err. */
int log_run(struct strbuf *out, const struct log_options *options,
	struct err *err);

#endif
