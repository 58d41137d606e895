/*
 * The difference of two versions as rows: side by side for a page, one below
 * the other for a feed. Which paragraph goes with which comes from
 * common/diff/align, the words within from common/diff/wordsdiff; here is only
 * how it looks.
 *
 *	struct rows *rows = rows_new();
 *	if (rows_compare(rows, &older, &newer, &err) < 0)
 *		...
 *	rows_side_by_side(out, rows, &err);
 *	rows_inline(out, rows, &err);
 *	rows_free(rows);
 */
#ifndef STET_ROWS_H
#define STET_ROWS_H

#include "common/article/document.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/diff/change.h"

enum {
	ROWS_FOLD_MIN = 2,           /* so many unchanged rows are folded */
	ROWS_INLINE_BYTES = 96 << 10 /* of a feed's item */
};

struct rows;

struct rows *rows_new(void);
void rows_free(struct rows *r);

/* Aligns two documents, which are borrowed until the next rows_compare. */
int rows_compare(struct rows *r, const struct document *left,
	const struct document *right, struct err *err);

/* Judges what rows_compare was given, as a commit would be. */
int rows_judge(struct change_verdict *out, struct rows *r,
	struct change *judge, struct str source, struct err *err);

/*
 * Appends the `<tr>`s of a table of two columns: headline, byline and summary
 * where there is one, then the paragraphs, each with the id "pN" by its place.
 */
int rows_side_by_side(struct strbuf *out, struct rows *r, struct err *err);

/*
 * Appends the changed parts alone, marked by elements, by style and in the
 * text itself, as [-old-] and {+new+}, for readers drop the former two. Beyond
 * ROWS_INLINE_BYTES the rest is left out with a word on it.
 */
int rows_inline(struct strbuf *out, struct rows *r, struct err *err);

/* Appends two headlines, what is in one of them alone marked. */
int rows_headlines(struct strbuf *was, struct strbuf *now, struct rows *r,
	struct str left, struct str right, struct err *err);

/* How many paragraphs the table marks, by what became of them. */
struct rows_counts {
	size_t changed, added, removed, moved;
};
struct rows_counts rows_count(const struct rows *r);

/* The id of the first row that is no unchanged one, as "p12"; "" without. */
void rows_first_change(struct strbuf *out, const struct rows *r);

#endif
