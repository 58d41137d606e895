/*
 * stet-mark: receipts go into the schedule and are passed on.
 */
#ifndef STET_MARK_MARK_H
#define STET_MARK_MARK_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"

enum { MARK_BATCH = 1000 };

struct mark_options {
	const char *archive;
	bool mend;     /* what is missing or of a clock ahead, first */
	bool check;    /* only say whether there is anything of that kind */
	int64_t now_s; /* for receipts that do not say when */
};

/*
 * Reads receipts from `in`, records them in the archive's schedule, and
 * writes them to `out` when that is durable: as soon as the input pauses or
 * MARK_BATCH of them wait. The archive must be there once there is a receipt.
 * What the schedule lacks is first put back from the archive's index. Bad
 * lines go to stderr. Returns the exit status, with the reason in err from
 * STATUS_USAGE on.
 */
int mark_run(const struct mark_options *options, int in, int out,
	struct err *err);

/*
 * Compares the schedule with the archive: STATUS_PARTIAL when articles are
 * missing in it or checks are dated in the future, which err then tells.
 */
int mark_check(const struct mark_options *options, struct err *err);

#endif
