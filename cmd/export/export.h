/*
 * The history of an archive as records: each commit that the filter lets
 * through, oldest first, with its message and its text, handed to one writer.
 *
 *	struct export_options o = { .archive = "news.git",
 *		.filter = ROWFILTER_ALL };
 *	int status = export_run(&o, &writer, &err);
 */
#ifndef STET_EXPORT_EXPORT_H
#define STET_EXPORT_EXPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/archive/rowfilter.h"
#include "common/article/document.h"
#include "common/article/message.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

struct export_options {
	const char *archive;
	struct str name; /* of one article; empty: all */
	int64_t number;  /* of its version alone, from 1 on; LOOKUP_LATEST;
	                    0: all */
	struct rowfilter filter;
	void (*progress)(int64_t done, int64_t all); /* may be NULL */
};

/* One commit. Strings are valid until the writer returns. */
struct export_item {
	struct index_article article;
	struct gitoid commit, blob;
	int64_t number;         /* as in struct index_version */
	struct str text;        /* the commit's message, and read: */
	struct message message;
	bool has_document;      /* else the article ended */
	struct document document;
	struct gitstore *store; /* for a writer that wants more, */
	struct index *index;
	struct arena *arena;    /* emptied after each item */
};

struct export_writer {
	int (*write)(void *context, const struct export_item *item,
		struct err *err); /* -1: stop */
	void *context;
};

/*
 * Returns the exit status: STATUS_PARTIAL with the reason when nothing
 * matched or a commit could not be read, which is passed over and told by
 * msg_warn.
 */
int export_run(const struct export_options *options,
	const struct export_writer *writer, struct err *err);

/* The version before the item's, into `out`: 1; 0: it is the first; -1. */
int export_previous(struct document *out, const struct export_item *item,
	struct err *err);

#endif
