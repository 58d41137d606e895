/*
 * One line of input on its way through a batch, and the batch: records are
 * read until it is closed, then stored together.
 */
#ifndef STET_COMMIT_RECORD_H
#define STET_COMMIT_RECORD_H

#include <stdbool.h>
#include <stddef.h>

#include "common/archive/index.h"
#include "common/article/article.h"
#include "common/article/document.h"
#include "common/article/memory.h"
#include "common/article/receipt.h"
#include "common/article/sketch.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/diff/change.h"
#include "common/diff/changefacts.h"

enum {
	BATCH_RECORDS_MAX = 100000,
	BATCH_BYTES = 32 << 20, /* of input lines: then it is closed */
	BATCH_ARENA_BYTES = 512 << 20
};

struct record {
	struct str line;    /* of the input */
	size_t number;      /* of the line */
	struct article article;
	struct str url;     /* article.url as a message can hold it */
	int64_t fetched_s;
	bool known;         /* the archive has the article: `row` */
	bool looked_up;     /* `row` is from before this batch */
	bool ahead;         /* a redirect that was judged with its target */
	struct index_article row;
	struct str key;     /* under which it is or will be stored */
	bool has_document;
	struct document document; /* of an article event */
	bool has_previous;
	struct document previous; /* of row.blob, if that differs */
	struct str bytes;         /* of `document` as a blob, */
	struct str stream;        /* these deflated (may be empty), */
	struct gitoid blob;       /* and their name */
	bool has_verdict;
	struct change_verdict verdict; /* on `previous` and `document` */
	struct changefacts facts;      /* the same */
	uint64_t sketches[SKETCH_MAX]; /* of `document` */
	size_t sketches_count;
	struct memory memory; /* of the article, as it is to be after this */
	struct str failure; /* why it cannot be stored; empty: it can */
	bool past;          /* it is older than the newest version, */
	bool late;          /* and shows what the archive does not have */
	bool evidence;      /* a doubt or a removal may rest on it */
	bool nameless;      /* not even its URL can be told: no receipt */
};

struct batch {
	struct arena arena; /* of lines, and of what one thread does alone */
	struct record *records;
	size_t count, cap, bytes;
};

void batch_init(struct batch *batch);
void batch_reset(struct batch *batch);
void batch_release(struct batch *batch);

/* Adds a line, to be parsed later. -1: the batch has no room for it. */
int batch_add(struct batch *batch, struct str line, size_t number);

/*
 * Parses the record's line. Where that fails, `failure` says why, and
 * `nameless` whether there is no URL to name it by. Strings lie in `arena`.
 */
void record_parse(struct record *r, struct arena *arena);

#endif
