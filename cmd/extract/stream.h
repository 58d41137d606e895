/*
 * The stream of records: WARC in, article lines out, in the order of the
 * input, by one or several workers.
 */
#ifndef STET_EXTRACT_STREAM_H
#define STET_EXTRACT_STREAM_H

#include "cmd/extract/extract.h"
#include "cmd/extract/output.h"
#include "common/base/err.h"

enum { STREAM_WORKERS_MAX = 64 };

/*
 * Reads WARC from `in_fd` to its end and writes articles to `out_fd`. Each
 * line is written when it and all before it are ready. What is wrong with a
 * record, and why a page has no article, goes to stderr. Returns STATUS_OK,
 * STATUS_PARTIAL when a record could not be read or had no article to be had
 * (failed, blocked), STATUS_STOPPED when the stream cannot be read further or
 * the output not be written (err says why). `tally` counts the records.
 */
int stream_run(int in_fd, int out_fd, const struct selectors *rules,
	int64_t workers, struct tally *tally, struct err *err);

#endif
