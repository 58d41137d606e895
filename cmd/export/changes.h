/*
 * What changed from a version to the next, paragraph by paragraph, and in the
 * headline, byline and summary.
 *
 *	struct changes *c = changes_new();
 *	if (changes_of(c, &item, each, context, &err) < 0)
 *		...
 *	changes_free(c);
 */
#ifndef STET_EXPORT_CHANGES_H
#define STET_EXPORT_CHANGES_H

#include "cmd/export/export.h"
#include "common/base/strbuf.h"

/* One place. Texts are empty where there was, or is, nothing. */
struct changes_place {
	struct str part;    /* "title", "byline", "summary" or "text" */
	struct str kind;    /* "edited", "removed", "added", "moved-to" ... */
	struct str classes; /* "numbers, text" */
	int64_t paragraph_before, paragraph_after; /* from 1; 0: none */
	int64_t words_added, words_removed;
	struct str before, after; /* joined paragraphs have newlines */
};

struct changes;

struct changes *changes_new(void);
void changes_free(struct changes *c);

/*
 * Calls `each` for the places that differ from the version before, in the
 * order of the text. A first version, an end and a move have none. -1: error,
 * or what `each` returned.
 */
int changes_of(struct changes *c, const struct export_item *item,
	int (*each)(void *context, const struct export_item *item,
		const struct changes_place *place, struct err *err),
	void *context, struct err *err);

/* As a row of CSV and as a line of JSON. */
extern const char changes_columns[];
void changes_row(struct strbuf *out, const struct export_item *item,
	const struct changes_place *place);
void changes_line(struct strbuf *out, const struct export_item *item,
	const struct changes_place *place);

#endif
