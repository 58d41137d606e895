/* Commits as article records (stet-article(5)), and as rows of a table. */
#ifndef STET_EXPORT_RECORD_H
#define STET_EXPORT_RECORD_H

#include "cmd/export/export.h"
#include "common/base/strbuf.h"

/* Appends the line from which stet-commit makes the same commit. */
void record_line(struct strbuf *out, const struct export_item *item);

/* The names of the columns, and the row of a version or an end. */
extern const char record_columns[];
void record_row(struct strbuf *out, const struct export_item *item);

#endif
