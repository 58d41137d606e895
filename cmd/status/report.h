/* A source as a row of the table, and as JSON. */
#ifndef STET_STATUS_REPORT_H
#define STET_STATUS_REPORT_H

#include "cmd/status/sources.h"
#include "common/base/strbuf.h"

enum { REPORT_WARNING_BYTES = 1000 };

/* Appends the warning about a source, if there is one; without a newline. */
void report_warning(struct strbuf *out, const struct source *source,
	int64_t now_s);

/* The table: its head, a row with the warning below it, the sums. */
void report_head(struct strbuf *out);
void report_row(struct strbuf *out, const struct source *source,
	int64_t now_s);
void report_sums(struct strbuf *out, const struct sources *sources,
	int64_t late);

/* A line of JSON. */
void report_json(struct strbuf *out, const struct source *source,
	int64_t now_s);

#endif
