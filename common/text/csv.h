/*
 * Rows of a table as CSV (RFC 4180, lines end in CR LF) or as tab-separated
 * values, where tabs and newlines in a text become spaces.
 *
 *	struct csv row = csv_begin(&out, ',');
 *	csv_text(&row, title);
 *	csv_int(&row, words);
 *	csv_end(&row);
 */
#ifndef STET_CSV_H
#define STET_CSV_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

struct csv {
	struct strbuf *out; /* borrowed */
	char separator;     /* ',' or '\t' */
	bool begun;
};

struct csv csv_begin(struct strbuf *out, char separator);
void csv_text(struct csv *row, struct str text);
void csv_int(struct csv *row, int64_t n);
void csv_time(struct csv *row, int64_t s); /* RFC 3339, UTC */
void csv_end(struct csv *row);

/* A row of the names in "one,two,three". */
void csv_head(struct strbuf *out, char separator, struct str names);

#endif
