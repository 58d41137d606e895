/* One row of the list in each of the forms. */
#ifndef STET_LIST_ROW_H
#define STET_LIST_ROW_H

#include "cmd/list/list.h"
#include "common/archive/index.h"
#include "common/base/strbuf.h"

/* The names of the columns, for CSV and TSV. */
void row_head(struct strbuf *out, const struct list_options *o);

void row_article(struct strbuf *out, const struct list_options *o,
	const struct index_article *a);
void row_version(struct strbuf *out, const struct list_options *o,
	const struct index_article *a, const struct index_version *v);

#endif
