/*
 * stet-status: how the sources of an archive are doing.
 */
#ifndef STET_STATUS_STATUS_H
#define STET_STATUS_STATUS_H

#include <stdint.h>

#include "common/base/err.h"

enum status_form {
	STATUS_FORM_TABLE,
	STATUS_FORM_JSON,      /* a line for each source */
	STATUS_FORM_CHECK,     /* as a plug-in of Nagios */
	STATUS_FORM_PROMETHEUS
};

struct status_options {
	const char *archive;
	int64_t now_s;
	enum status_form form;
};

/*
 * Reads configuration, index and schedule of the archive and writes to `out`
 * in the form. Returns STATUS_OK, STATUS_PARTIAL when a source has a warning,
 * or with a reason in err STATUS_USAGE (no archive) or STATUS_STOPPED; for
 * STATUS_FORM_CHECK what enum monitor says.
 */
int status_run(const struct status_options *options, int out,
	struct err *err);

#endif
