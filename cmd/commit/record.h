/*
 * One line of input on its way through a batch, and the batch: records are
 * read until it is closed, then stored together.
 */
#ifndef STET_COMMIT_RECORD_H
#define STET_COMMIT_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "common/arena.h"
#include "common/article.h"
#include "common/document.h"
#include "common/err.h"
#include "common/index.h"
#include "common/receipt.h"

enum {
	BATCH_RECORDS_MAX = 100000,
	BATCH_BYTES = 32 << 20, /* of input lines: then it is closed */
	BATCH_ARENA_BYTES = 512 << 20
};

struct record {
	struct article article;
	struct str url;     /* article.url as a message can hold it */
	int64_t fetched_s;
	bool known;         /* the archive has the article: `row` */
	bool looked_up;     /* `row` is from before this batch */
	struct index_article row;
	struct str key;     /* under which it is or will be stored */
	bool has_document;
	struct document document; /* of an article event */
	bool has_previous;
	struct document previous; /* of row.blob, if that differs */
	struct gitoid blob;       /* of `document` */
	struct str failure; /* why it cannot be stored; empty: it can */
};

struct batch {
	struct arena arena; /* of all that the records point to */
	struct record *records;
	size_t count, cap, bytes;
};

void batch_init(struct batch *batch);
void batch_reset(struct batch *batch);
void batch_release(struct batch *batch);

/*
 * Adds the record of one line. 0, or -1 with the reason: then it is in the
 * batch with its `failure` set when at least its URL can be told, else not.
 */
int batch_add(struct batch *batch, struct str line, struct err *err);

#endif
