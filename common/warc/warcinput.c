#include "common/warc/warcinput.h"

#include <errno.h>
#include <unistd.h>

#include "common/base/xalloc.h"

void
warcinput_init(struct warcinput *in, int fd)
{
	*in = (struct warcinput){ .fd = fd };
	in->raw = xmalloc(WARCINPUT_BYTES);
}

void
warcinput_release(struct warcinput *in)
{
	gzip_stream_free(in->gzip);
	free(in->raw);
	*in = (struct warcinput){ .fd = -1 };
}

static struct str
waiting(const struct warcinput *in)
{
	return (struct str){ in->raw + in->start, in->end - in->start };
}

static ssize_t
read_fd(struct warcinput *in, char *out, size_t len, struct err *err)
{
	ssize_t got;

	if (in->ended)
		return 0;
	do
		got = read(in->fd, out, len);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		return err_errno(err, "cannot read");
	in->ended = got == 0;
	return got;
}

/* Until `want` bytes wait in raw, or the stream ends. */
static int
fill(struct warcinput *in, size_t want, struct err *err)
{
	memmove(in->raw, in->raw + in->start, in->end - in->start);
	in->end -= in->start;
	in->start = 0;
	while (in->end < want) {
		ssize_t got = read_fd(in, in->raw + in->end,
			WARCINPUT_BYTES - in->end, err);

		if (got <= 0)
			return (int)got;
		in->end += (size_t)got;
	}
	return 0;
}

/* Looks whether a member begins here. */
static int
look(struct warcinput *in, struct err *err)
{
	if (in->end - in->start < 3 && fill(in, 3, err) < 0)
		return -1;
	in->is_gzip = gzip_sniff(waiting(in));
	if (in->is_gzip && !in->gzip)
		in->gzip = gzip_stream_new();
	return 0;
}

static ssize_t
read_plain(struct warcinput *in, char *out, size_t len, struct err *err)
{
	size_t held = in->end - in->start;

	if (held == 0)
		return read_fd(in, out, len, err);
	if (held > len)
		held = len;
	memcpy(out, in->raw + in->start, held);
	in->start += held;
	return (ssize_t)held;
}

/*
 * Inflates until something came of it or the member ended; 0 with is_gzip
 * unset means that the member ended and nothing came of its last bytes.
 */
static ssize_t
read_gzip(struct warcinput *in, char *out, size_t len, struct err *err)
{
	size_t made = 0;

	while (made == 0 && in->is_gzip) {
		size_t taken = in->end - in->start;
		int got;

		if (taken == 0 && fill(in, 1, err) < 0)
			return -1;
		taken = in->end - in->start;
		if (taken == 0)
			return err_set(err, "the gzip stream is cut");
		made = len;
		got = gzip_stream_read(in->gzip, out, &made,
			in->raw + in->start, &taken, err);
		if (got < 0)
			return -1;
		in->start += taken;
		if (got == 1 && look(in, err) < 0)
			return -1;
	}
	return (ssize_t)made;
}

ssize_t
warcinput_read(struct warcinput *in, char *out, size_t len, struct err *err)
{
	ssize_t got;

	if (!in->is_gzip && in->start == 0 && in->end == 0 && !in->ended &&
		look(in, err) < 0)
		return -1;
	if (in->is_gzip) {
		got = read_gzip(in, out, len, err);
		if (got != 0)
			return got;
	}
	return read_plain(in, out, len, err);
}

bool
warcinput_rewind(struct warcinput *in, struct str bytes)
{
	size_t held = in->end - in->start;

	if (in->is_gzip || !gzip_sniff(bytes) ||
		bytes.len + held > WARCINPUT_BYTES)
		return false;
	memmove(in->raw + bytes.len, in->raw + in->start, held);
	memcpy(in->raw, bytes.ptr, bytes.len);
	in->start = 0;
	in->end = bytes.len + held;
	in->is_gzip = true;
	if (!in->gzip)
		in->gzip = gzip_stream_new();
	return true;
}
