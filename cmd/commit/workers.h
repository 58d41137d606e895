/*
 * What each thread that works on a batch has for itself. Parsing, naming,
 * comparing and deflating depend on one record alone and are most of the
 * work; looking up and storing stay with one thread, in the records' order.
 */
#ifndef STET_COMMIT_WORKERS_H
#define STET_COMMIT_WORKERS_H

#include "cmd/commit/parallel.h"
#include "cmd/commit/record.h"
#include "common/base/strbuf.h"
#include "common/diff/change.h"
#include "common/web/gzipzlib.h"

struct worker {
	struct arena arena; /* of the batch */
	struct strbuf text; /* scratch */
	struct gzipzlib *zlib;
};

struct workers {
	struct parallel *parallel;
	struct worker *items;
	size_t count;
};

void workers_init(struct workers *w, size_t threads);
void workers_release(struct workers *w);

/* Drops what the last batch needed. */
void workers_reset(struct workers *w);

/* Parses all records of the batch. */
void workers_parse(struct workers *w, struct record **records, size_t count);

/*
 * Makes the blob of each record that is an article: document, bytes, name. A
 * record that has none gets a `failure`.
 */
void workers_describe(struct workers *w, struct record **records,
	size_t count);

/*
 * Compares each record that has a previous text with it, and deflates what is
 * likely to be stored. `judges` has one judge of changes for each worker.
 */
void workers_compare(struct workers *w, struct change **judges,
	struct record **records, size_t count);

/* The same for one record in the caller's thread: 0, or -1 when it cannot be
 * described or judged, with the reason in its failure or in err. */
int worker_describe(struct worker *worker, struct record *r);
int worker_compare(struct worker *worker, struct change *judge,
	struct record *r, struct err *err);

#endif
