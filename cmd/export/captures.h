/*
 * The kept captures that the filter lets through, out of the WARC files that
 * stet run keeps: each with its request, in the order of the files.
 *
 *	struct captures_options o = { .export = &options, .folder = "warc" };
 *	int status = captures_run(&o, each, context, &err);
 */
#ifndef STET_EXPORT_CAPTURES_H
#define STET_EXPORT_CAPTURES_H

#include "cmd/export/export.h"
#include "common/base/hash.h"
#include "common/warc/warc.h"

struct captures_options {
	const struct export_options *export;
	const char *folder;
	const struct hash_set *only; /* of these ids (hash_str64); or NULL */
};

/*
 * Calls `each` for the records. Returns the exit status: STATUS_PARTIAL with
 * the reason when there is none.
 */
int captures_run(const struct captures_options *options,
	int (*each)(void *context, const struct warc_record *record,
		struct err *err),
	void *context, struct err *err);

#endif
