/*
 * Whether two texts are the same but for the form of their characters, a part
 * of common/diff/change.h: quotation marks, dashes and spaces of another kind,
 * soft hyphens and other unseen characters, composed letters. A comma is not
 * form.
 */
#ifndef STET_CHANGEFORM_H
#define STET_CHANGEFORM_H

#include <stdbool.h>

#include "common/article/document.h"
#include "common/base/str.h"

bool changeform_same(struct str a, struct str b);

/* The same for bylines, in letters of either case, one of which may begin with
 * "By". */
bool changeform_same_byline(struct str a, struct str b);

/* The same for dates, one of which may be less exact, or not there. */
bool changeform_same_date(struct str a, struct str b);

/* All that a reader sees of two documents. */
bool changeform_same_document(const struct document *a,
	const struct document *b);

#endif
