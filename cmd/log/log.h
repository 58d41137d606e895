/*
 * stet-log's work: the commits of an article or of all, from the index
 * alone.
 */
#ifndef STET_LOG_LOG_H
#define STET_LOG_LOG_H

#include <stdbool.h>
#include <stdio.h>

#include "common/base/err.h"

struct log_options {
	const char *archive;
	const char *name; /* URL, key or path; NULL: all, newest first */
	bool json;
	bool doubts; /* what was seen and is no version; `name` may be NULL */
	bool follow; /* to the article that a moved one has become */
};

/* Prints the list. Returns the exit status, with the reason in err. */
int log_run(FILE *file, const struct log_options *options, struct err *err);

#endif
