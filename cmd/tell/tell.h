/*
 * stet-tell: of receipts those that match, as messages.
 */
#ifndef STET_TELL_TELL_H
#define STET_TELL_TELL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum tell_format { TELL_TEXT, TELL_HTML, TELL_JSON, TELL_MAIL };

struct tell_options {
	const char *archive;
	const char *spool;       /* a folder for a file each; NULL: stdout */
	enum tell_format format;
	struct str source, class, author, article; /* empty: any */
	struct str added, removed; /* words that came, that went */
	bool headline;           /* only where the headline changed */
	bool fresh;              /* new articles too */
	bool minor;              /* small changes too */
	int64_t words;           /* least number of words that changed */
	struct str from, to;     /* of mail */
};

/* Reads receipts from `in` until its end and prints messages to `out`; the
 * exit status. Single receipts that fail go to `warn`. */
int tell_run(const struct tell_options *options, int in, int out,
	void (*warn)(const char *text), struct err *err);

#endif
