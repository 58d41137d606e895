/*
 * Lines from a file descriptor, with a maximum length, in one buffer.
 *
 *	struct linebuf in;
 *	linebuf_init(&in, 0, LINE_MAX_BYTES);
 *	while ((got = linebuf_next(&in, &line, &err)) > 0)
 *		...
 *	linebuf_release(&in);
 *
 * A line longer than the maximum does not stop the stream: it is passed over
 * to its end and reported once as LINEBUF_LONG with its first bytes.
 */
#ifndef STET_LINEBUF_H
#define STET_LINEBUF_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum {
	LINEBUF_ERROR = -1,
	LINEBUF_END = 0,
	LINEBUF_LINE = 1,
	LINEBUF_LONG = 2
};

struct linebuf {
	int fd;
	char *bytes;
	size_t start, end, cap; /* unread bytes are [start, end) */
	size_t scanned;         /* no newline in [start, scanned) */
	size_t max_bytes;
	bool ended;             /* read returned 0 */
	bool skipping;          /* inside a line that is too long */
	size_t number;          /* of the line last returned, from 1 */
};

/* Fills in; reads and allocates nothing. `max_bytes` bounds a line. */
void linebuf_init(struct linebuf *in, int fd, size_t max_bytes);

/*
 * The next line without its "\n" (a "\r" before it is dropped too), valid
 * until the next call. The last line may lack its newline. Returns
 * LINEBUF_LINE, LINEBUF_LONG (line is cut), LINEBUF_END or LINEBUF_ERROR.
 */
int linebuf_next(struct linebuf *in, struct str *line, struct err *err);

/* Whether linebuf_next would return without waiting for the descriptor. */
bool linebuf_ready(struct linebuf *in);

/*
 * Reads until linebuf_next would return without waiting: 1; 0 when nothing
 * has come for `timeout_ms` (negative: waits for ever), or a signal came; -1
 * error.
 */
int linebuf_wait(struct linebuf *in, int timeout_ms, struct err *err);

/*
 * Reads once from the descriptor, for loops that wait for several: when poll
 * says that there is something, linebuf_fill, then linebuf_next as long as
 * linebuf_ready.
 */
int linebuf_fill(struct linebuf *in, struct err *err);

void linebuf_release(struct linebuf *in);

#endif
