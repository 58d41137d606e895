/* The picture of a change with what stands beside it: alternative text. */
#ifndef STET_SITECARD_H
#define STET_SITECARD_H

#include <stdbool.h>

#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/page/view.h"
#include "common/site/work.h"

/* Appends the PNG of text `left` against `right`. -1: they cannot be read or
 * drawn, or are the same. */
int sitecard_draw(struct strbuf *png, struct work *w, const struct view *v,
	size_t left, size_t right, bool square, struct err *err);

/* The same of what is compared in w->rows already. */
int sitecard_compared(struct strbuf *png, struct work *w,
	const struct view *v, size_t left, size_t right, bool square,
	struct err *err);

/* Appends "Before: ... After: ...". */
int sitecard_text(struct strbuf *out, struct work *w, const struct view *v,
	size_t left, size_t right, struct err *err);

#endif
