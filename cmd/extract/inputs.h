/*
 * What stet-extract is given to read: the standard input, WARC files, HTML
 * files. What a file is, its first bytes tell.
 */
#ifndef STET_EXTRACT_INPUTS_H
#define STET_EXTRACT_INPUTS_H

#include <stdint.h>

#include "cmd/extract/body/selectors.h"
#include "common/base/err.h"

struct inputs {
	char *const *paths; /* NULL behind the last; "-": standard input */
	const char *url;    /* then everything is HTML from there, or NULL */
	const struct selectors *rules;
	int64_t workers;
};

/*
 * Writes an article for each record and each file to `out_fd`, in order. What
 * is wrong with one goes to stderr. Returns STATUS_OK, STATUS_PARTIAL when
 * something could not be read or had no article, STATUS_STOPPED when a stream
 * is damaged or the output cannot be written (err says why).
 */
int inputs_run(const struct inputs *in, int out_fd, struct err *err);

#endif
