/*
 * The kept captures as WARC on standard output, or as a WACZ file.
 *
 *	struct package_options o = { .export = &options, .wacz = "out.wacz" };
 *	package_find(&o, &err)		before rights are dropped
 *	int status = package_run(&o, digest, &err);
 */
#ifndef STET_EXPORT_PACKAGE_H
#define STET_EXPORT_PACKAGE_H

#include "cmd/export/export.h"
#include "cmd/export/wacz.h"
#include "common/archive/kept.h"

struct package_options {
	const struct export_options *export;
	struct wacz_options wacz; /* without a path: WARC */
	bool digests;             /* instead of it, the captures' digests */
	const char *kept;         /* NULL: stet.warc of the archive */
	char folder[KEPT_PATH_BYTES]; /* set by package_find */
};

/* Where the captures are; the exit status. */
int package_find(struct package_options *o, struct err *err);

/* Returns the exit status; of a WACZ `digest` is that of the manifest. */
int package_run(struct package_options *o, char digest[WACZ_DIGEST_BYTES],
	struct err *err);

#endif
