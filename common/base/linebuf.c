#include "common/base/linebuf.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "common/base/xalloc.h"

enum { STEP_BYTES = 64 * 1024 };

void
linebuf_init(struct linebuf *in, int fd, size_t max_bytes)
{
	*in = (struct linebuf){ .fd = fd, .max_bytes = max_bytes };
}

/* Offset of the newline that ends the current line, or -1. */
static ptrdiff_t
newline(struct linebuf *in)
{
	size_t from = in->scanned > in->start ? in->scanned : in->start;
	char *hit = in->end > from ?
		memchr(in->bytes + from, '\n', in->end - from) : NULL;

	in->scanned = hit ? (size_t)(hit - in->bytes) : in->end;
	return hit ? hit - in->bytes : -1;
}

static void
make_room(struct linebuf *in)
{
	if (in->start > 0) {
		memmove(in->bytes, in->bytes + in->start, in->end - in->start);
		in->scanned -= in->scanned < in->start ? in->scanned :
							 in->start;
		in->end -= in->start;
		in->start = 0;
	}
	if (in->cap - in->end < STEP_BYTES) {
		in->cap = in->cap ? in->cap * 2 : 2 * STEP_BYTES;
		in->bytes = xrealloc(in->bytes, in->cap);
	}
}

int
linebuf_fill(struct linebuf *in, struct err *err)
{
	ssize_t got;

	make_room(in);
	do
		got = read(in->fd, in->bytes + in->end, in->cap - in->end);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_errno(err, "cannot read");
	in->end += (size_t)got;
	in->ended = got == 0;
	return 0;
}

/* The bytes [start, end) of the buffer as a line; moves past them. */
static int
take(struct linebuf *in, struct str *line, size_t end, size_t next)
{
	size_t len = end - in->start;
	bool skipped = in->skipping;
	bool is_long = len > in->max_bytes;

	*line = (struct str){ in->bytes + in->start, len };
	if (is_long)
		line->len = in->max_bytes;
	else if (len && line->ptr[len - 1] == '\r')
		line->len--;
	in->start = next;
	in->skipping = false;
	if (skipped)
		return -1;
	in->number++;
	return is_long ? LINEBUF_LONG : LINEBUF_LINE;
}

/*
 * The line has not ended and is over the maximum: its first bytes are the
 * report; what is read until its newline is dropped.
 */
static bool
too_long(struct linebuf *in, struct str *line)
{
	if (in->end - in->start <= in->max_bytes)
		return false;
	*line = (struct str){ in->bytes + in->start, in->max_bytes };
	in->start = in->scanned = in->end;
	if (in->skipping)
		return false;
	in->skipping = true;
	in->number++;
	return true;
}

int
linebuf_next(struct linebuf *in, struct str *line, struct err *err)
{
	for (;;) {
		ptrdiff_t at = newline(in);
		int kind;

		if (at >= 0) {
			kind = take(in, line, (size_t)at, (size_t)at + 1);
			if (kind > 0)
				return kind;
			continue;
		}
		if (in->ended) {
			if (in->start == in->end)
				return LINEBUF_END;
			kind = take(in, line, in->end, in->end);
			return kind > 0 ? kind : LINEBUF_END;
		}
		if (too_long(in, line))
			return LINEBUF_LONG;
		if (linebuf_fill(in, err) < 0)
			return LINEBUF_ERROR;
	}
}

bool
linebuf_ready(struct linebuf *in)
{
	ptrdiff_t at = newline(in);

	if (in->skipping && at >= 0) {
		in->start = (size_t)at + 1;
		in->skipping = false;
		at = newline(in);
	} else if (in->skipping) {
		in->start = in->scanned = in->end;
	}
	return in->ended || at >= 0 || in->end - in->start > in->max_bytes;
}

int
linebuf_wait(struct linebuf *in, int timeout_ms, struct err *err)
{
	while (!linebuf_ready(in)) {
		struct pollfd readable = { in->fd, POLLIN, 0 };
		int got = poll(&readable, 1, timeout_ms);

		if (got < 0 && errno == EINTR)
			return 0;
		if (got < 0)
			return err_errno(err, "cannot wait for input");
		if (got == 0)
			return 0;
		if (linebuf_fill(in, err) < 0)
			return -1;
	}
	return 1;
}

void
linebuf_release(struct linebuf *in)
{
	free(in->bytes);
	linebuf_init(in, in->fd, in->max_bytes);
}
