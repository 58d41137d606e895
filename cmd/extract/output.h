/* What becomes of a record: its line, and a word on stderr if it failed. */
#ifndef STET_EXTRACT_OUTPUT_H
#define STET_EXTRACT_OUTPUT_H

#include <stdbool.h>

#include "common/article/article.h"
#include "common/base/strbuf.h"

/*
 * Appends the article's line, or, where that is longer than `line` may be,
 * makes it a failure that says so.
 */
void output_line(struct strbuf *line, struct article *a);

/*
 * Whether there was no article to be had (failed, blocked); stderr tells at
 * which address and why.
 */
bool output_failure(const struct article *a);

/* How far the work is. */
struct tally {
	size_t read, failed;
};

/* Counts a record, and shows the numbers on a terminal. */
void tally_count(struct tally *t, bool failed);

#endif
