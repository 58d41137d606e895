/*
 * What changed between two versions of an article: found in the archive,
 * compared, and handed to one of the views.
 *
 *	struct diff *d;
 *	if (diff_open(&d, archive, name, &range, &err) < 0)
 *		...
 *	show_text(&out, d, &how);		or show_json(&out, d)
 *	diff_close(d);
 */
#ifndef STET_DIFF_DIFF_H
#define STET_DIFF_DIFF_H

#include <stdbool.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/archive/lookup.h"
#include "common/article/document.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/diff/align.h"
#include "common/diff/change.h"

enum {
	DIFF_LATEST = LOOKUP_LATEST,
	DIFF_BEFORE = -2, /* the version before the right one */
	DIFF_CHANGE = -3, /* that too, but itself where it is the only one */
	DIFF_OUT_BYTES = 256 << 20
};

/* Numbers of versions, or one of the above. */
struct diff_range {
	int64_t left, right;
};

/* One side: a version and its text. */
struct diff_side {
	struct index_version version;
	struct document document;
};

struct diff {
	struct gitstore *store;
	struct index *index;
	struct change *change;
	struct align *align;     /* rows of the blocks */
	unsigned *row_classes;   /* of each row */
	struct wordsdiff words; /* scratch of the views */
	struct gitdiff *differ;
	struct arena arena;
	struct index_article article;
	struct diff_side left, right;
	bool is_withdrawn;
	struct index_version withdrawn; /* when, and its reason */
	struct change_verdict verdict;
};

/* The spans of a field of the head, for the views: 0, or -1 as wordsdiff. */
int diff_field(struct diff *d, struct str left, struct str right,
	struct err *err);

/*
 * Opens the archive and compares. 0; 1 when there is no such article or
 * version, with the reason; -1 error.
 */
int diff_open(struct diff **out, const char *archive, struct str name,
	const struct diff_range *range, struct err *err);
void diff_close(struct diff *d);

struct show_how {
	bool color;
	bool all;       /* unchanged paragraphs too */
	size_t context; /* unchanged paragraphs round a change */
};

/* Appends the view for a terminal, and the JSON line. -1 as diff_field. */
int show_text(struct strbuf *out, struct diff *d, const struct show_how *how,
	struct err *err);
int show_json(struct strbuf *out, struct diff *d, struct err *err);

#endif
