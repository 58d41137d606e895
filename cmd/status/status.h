/*
 * stet-status: how the sources of an archive are doing.
 */
#ifndef STET_STATUS_STATUS_H
#define STET_STATUS_STATUS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"

struct status_options {
	const char *archive;
	int64_t now_s;
	bool json; /* a line of JSON for each source */
};

/*
 * Reads configuration, index and schedule of the archive and writes to `out`
 * a table for a person, or JSON Lines. Returns STATUS_OK, STATUS_PARTIAL when
 * a source has a warning, or with a reason in err STATUS_USAGE (no archive) or
 * STATUS_STOPPED.
 */
int status_run(const struct status_options *options, int out,
	struct err *err);

#endif
