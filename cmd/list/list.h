/*
 * The rows of an archive: its articles, or all their versions, that match a
 * filter, as a table, JSON Lines, CSV (RFC 4180) or tab-separated values.
 *
 *	struct list_options o = { .archive = "news.git",
 *		.filter = ROWFILTER_ALL };
 *	int status = list_run(stdout, &o, &err);
 */
#ifndef STET_LIST_LIST_H
#define STET_LIST_LIST_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/archive/rowfilter.h"
#include "common/base/err.h"

enum list_form { LIST_TABLE, LIST_JSON, LIST_CSV, LIST_TSV };

struct list_options {
	const char *archive;
	enum list_form form;
	bool versions;       /* a row a commit, else a row an article */
	struct rowfilter filter;
	size_t limit;        /* rows; 0: all */
};

/* Prints the rows. Returns the exit status; err says why it is not 0. */
int list_run(FILE *out, const struct list_options *options, struct err *err);

#endif
