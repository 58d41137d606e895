/*
 * Which paragraph of one version stands for which of another: libgit2's diff
 * on whole paragraphs first, then, where they changed, pairs by the words they
 * share (never by position), paragraphs split in two or joined, and paragraphs
 * moved elsewhere, edited on the way or not.
 *
 *	struct align *a = align_new();
 *	if (align_blocks(a, left, left_count, right, right_count, &err) < 0)
 *		...
 *	for (size_t i = 0; i < a->count; i++) {
 *		const struct align_row *row = &a->rows[i];
 *		if (row->kind == ALIGN_EDITED &&
 *			align_words(a, row, &err) == 0)
 *			... a->words.spans
 *	}
 *	align_free(a);
 *
 * The same input gives the same rows; time and memory grow about as the text
 * does, for a paragraph is compared in full only with ALIGN_CANDIDATES others,
 * those with which it shares the rarest words.
 */
#ifndef STET_ALIGN_H
#define STET_ALIGN_H

#include <stddef.h>

#include "common/article/article.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/diff/wordsdiff.h"
#include "common/text/words.h"

enum {
	ALIGN_CANDIDATES = 12,
	ALIGN_EXACT = 1000,    /* similarity of the same words in order */
	ALIGN_PAIR_MIN = 400,  /* from here on two paragraphs are a pair */
	ALIGN_MOVED_MIN = 600  /* and this is asked of one that moved */
};

/*
 * Rows come in the order of both versions. A moved paragraph has two: where
 * it left (ALIGN_MOVED_FROM) and where it came to (ALIGN_MOVED_TO); both name
 * both places.
 */
enum align_kind {
	ALIGN_SAME,       /* left and right are equal in kind and bytes */
	ALIGN_EDITED,     /* left became right */
	ALIGN_REMOVED,    /* left alone */
	ALIGN_ADDED,      /* right alone */
	ALIGN_MOVED_FROM, /* left stood here and is right elsewhere now */
	ALIGN_MOVED_TO    /* right stands here and was left elsewhere */
};

struct align_row {
	enum align_kind kind;
	size_t left;        /* index of the first block on the left */
	size_t left_count;  /* 1; 0 when added; more when joined into right */
	size_t right;       /* the same for the right */
	size_t right_count; /* more than 1 when left was split */
	int similarity;     /* 0 to ALIGN_EXACT; below it, words differ */
	size_t words_added; /* of a moved row: in ALIGN_MOVED_TO alone */
	size_t words_removed;
};

struct align_scratch;

struct align {
	struct align_row *rows;
	size_t count, cap;
	size_t words_added, words_removed; /* of all rows */
	struct wordsdiff words;           /* of the last align_words */
	struct align_scratch *scratch;
};

/* Never NULL; keeps its storage between uses. */
struct align *align_new(void);
void align_free(struct align *a);

/*
 * Fills a->rows anew. The blocks are kept as borrowed for align_words. -1
 * when libgit2 fails.
 */
int align_blocks(struct align *a, const struct block *left, size_t left_count,
	const struct block *right, size_t right_count, struct err *err);

/*
 * Compares the words of an edited or moved row into a->words, whose spans are
 * valid until the next use of a. Blocks joined in a row have a newline between
 * them. A row of another kind gives one span.
 */
int align_words(struct align *a, const struct align_row *row, struct err *err);

/* The name of a kind, as in stet-diff's JSON: "moved-from". */
struct str align_kind_name(enum align_kind kind);

#endif
