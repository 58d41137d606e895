/*
 * stet-due: which links are due now. Reads the schedule, never writes it.
 */
#ifndef STET_DUE_DUE_H
#define STET_DUE_DUE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum { DUE_BATCH = 20000 /* links of the input that are ordered together */ };

struct due_options {
	const char *archive;
	int64_t now_s;
	int64_t limit;             /* 0: none */
	uint32_t shard, shards;    /* this of so many; 0 of 1: all */
	bool scheduled_only;       /* no input is read */
	bool feeds;                /* feeds, sitemaps and pages, no articles */
};

/*
 * Reads links from `in` and writes to `out` those that are due, and every
 * article that is due though the input does not name it; with `feeds` the
 * same of feeds, by the archive's configuration. Bad lines go to stderr.
 * Returns the exit status, with the reason in err from STATUS_USAGE on. An
 * archive that is not there yet has an empty schedule.
 */
int due_run(const struct due_options *options, int in, int out,
	struct err *err);

/*
 * Tells on `out`, for a person, when and why a URL is checked. Returns the
 * exit status as due_run does; STATUS_STOPPED also when it is no URL.
 */
int due_explain(const struct due_options *options, struct str url, int out,
	struct err *err);

#endif
