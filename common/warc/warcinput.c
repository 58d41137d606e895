/*
 * raw keeps the part that is being read from its first byte (mark) on, as
 * long as it fits: when it is damaged, the next part is looked for from
 * there, since an inflater may run over a part's end before it notices.
 */
#include "common/warc/warcinput.h"

#include <errno.h>
#include <unistd.h>

#include "common/base/xalloc.h"

enum { MAGIC_BYTES = 4, SKIP_HEAD_BYTES = 8, TRY_BYTES = 4096 };

void
warcinput_init(struct warcinput *in, int fd)
{
	*in = (struct warcinput){ .fd = fd, .part_over = true };
	in->raw = xmalloc(WARCINPUT_BYTES);
}

void
warcinput_release(struct warcinput *in)
{
	gzip_stream_free(in->gzip);
	zstd_stream_free(in->zstd);
	lz4_stream_free(in->lz4);
	free(in->raw);
	*in = (struct warcinput){ .fd = -1 };
}

bool
warcinput_packed(const struct warcinput *in)
{
	return in->kind != WARCINPUT_PLAIN;
}

uint64_t
warcinput_offset(const struct warcinput *in)
{
	return in->raw_offset + in->mark;
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

/* Drops the bytes before raw[from]. */
static void
discard(struct warcinput *in, size_t from)
{
	memmove(in->raw, in->raw + from, in->end - from);
	in->raw_offset += from;
	in->start -= from;
	in->end -= from;
	in->mark = in->mark > from ? in->mark - from : 0;
}

/* Until `want` bytes wait in raw, or the stream ends. */
static int
fill(struct warcinput *in, size_t want, struct err *err)
{
	while (in->end - in->start < want) {
		ssize_t got;

		if (in->end == WARCINPUT_BYTES || in->start == in->end)
			discard(in, in->mark);
		if (in->end == WARCINPUT_BYTES)
			discard(in, in->start);
		got = read_fd(in, in->raw + in->end,
			WARCINPUT_BYTES - in->end, err);
		if (got <= 0)
			return (int)got;
		in->end += (size_t)got;
	}
	return 0;
}

/* 2a 4d 18 after a byte 50 to 5f: what a reader of zstd or lz4 skips. */
static bool
is_skippable(struct str s)
{
	return s.len >= MAGIC_BYTES && (s.ptr[0] & 0xf0) == 0x50 &&
		str_eq(str_sub(s, 1, 3), STR("\x2a\x4d\x18"));
}

static enum warcinput_kind
sniff(struct str s)
{
	if (gzip_sniff(s))
		return WARCINPUT_GZIP;
	if (zstd_sniff(s) || is_skippable(s))
		return WARCINPUT_ZSTD;
	return lz4_sniff(s) ? WARCINPUT_LZ4 : WARCINPUT_PLAIN;
}

static void
open_kind(struct warcinput *in)
{
	if (in->kind == WARCINPUT_GZIP && !in->gzip)
		in->gzip = gzip_stream_new();
	if (in->kind == WARCINPUT_ZSTD && !in->zstd)
		in->zstd = zstd_stream_new();
	if (in->kind == WARCINPUT_LZ4 && !in->lz4)
		in->lz4 = lz4_stream_new();
}

/* After damage or for a trial: nothing of the part is remembered. */
static void
reset_kind(struct warcinput *in)
{
	if (in->gzip)
		gzip_stream_reset(in->gzip);
	if (in->zstd)
		zstd_stream_reset(in->zstd);
	if (in->lz4)
		lz4_stream_reset(in->lz4);
}

static int
inflate(struct warcinput *in, char *out, size_t *made, const char *raw,
	size_t *taken, struct err *err)
{
	switch (in->kind) {
	case WARCINPUT_GZIP:
		return gzip_stream_read(in->gzip, out, made, raw, taken, err);
	case WARCINPUT_ZSTD:
		return zstd_stream_read(in->zstd, out, made, raw, taken, err);
	default:
		return lz4_stream_read(in->lz4, out, made, raw, taken, err);
	}
}

static int
take_bytes(struct warcinput *in, struct strbuf *out, size_t left,
	struct err *err)
{
	while (left > 0) {
		struct str have;

		if (fill(in, 1, err) < 0)
			return -1;
		have = str_sub(waiting(in), 0, left);
		if (have.len == 0)
			return err_set(err, "the zstd dictionary is cut");
		strbuf_adds(out, have);
		in->start += have.len;
		in->mark = in->start;
		left -= have.len;
	}
	return 0;
}

/*
 * A dictionary in a skippable frame of its own before all others (the
 * proposal of WARC in zstd); false when there is none.
 */
static int
take_dictionary(struct warcinput *in, struct err *err)
{
	struct strbuf bytes;
	const unsigned char *head;
	size_t len;
	int result;

	if (fill(in, SKIP_HEAD_BYTES, err) < 0)
		return -1;
	if (!str_starts(waiting(in), STR("\x5d\x2a\x4d\x18")) ||
		in->end - in->start < SKIP_HEAD_BYTES)
		return 0;
	head = (const unsigned char *)in->raw + in->start + MAGIC_BYTES;
	len = (size_t)head[0] | (size_t)head[1] << 8 | (size_t)head[2] << 16 |
		(size_t)head[3] << 24;
	if (len > WARCINPUT_DICTIONARY_BYTES)
		return err_set(err, "the zstd dictionary of %zu bytes is over "
			"%d", len, WARCINPUT_DICTIONARY_BYTES);
	in->start += SKIP_HEAD_BYTES;
	strbuf_init(&bytes, len);
	result = take_bytes(in, &bytes, len, err);
	if (result == 0)
		result = zstd_stream_dictionary(in->zstd, strbuf_str(&bytes),
			WARCINPUT_DICTIONARY_BYTES, err);
	strbuf_release(&bytes);
	return result;
}

int
warcinput_next(struct warcinput *in, struct err *err)
{
	in->damaged = false;
	if (fill(in, MAGIC_BYTES, err) < 0)
		return -1;
	if (in->start == in->end)
		return 0;
	in->kind_before = in->kind;
	in->kind = sniff(waiting(in));
	in->mark = in->start;
	in->part_over = false;
	open_kind(in);
	if (in->kind == WARCINPUT_ZSTD && take_dictionary(in, err) < 0)
		return -1;
	return 1;
}

static ssize_t
read_plain(struct warcinput *in, char *out, size_t len, struct err *err)
{
	size_t held = in->end - in->start;
	ssize_t got;

	if (held == 0) {
		got = read_fd(in, out, len, err);
		in->part_over = got == 0;
		if (got > 0)
			in->raw_offset += (uint64_t)got;
		return got;
	}
	if (held > len)
		held = len;
	memcpy(out, in->raw + in->start, held);
	in->start += held;
	in->mark = in->start;
	return (ssize_t)held;
}

ssize_t
warcinput_read(struct warcinput *in, char *out, size_t len, struct err *err)
{
	size_t made = 0;

	if (!in->part_over && !warcinput_packed(in))
		return read_plain(in, out, len, err);
	while (made == 0 && !in->part_over) {
		size_t taken = in->end - in->start;
		int got;

		if (taken == 0 && fill(in, 1, err) < 0)
			return -1;
		taken = in->end - in->start;
		if (taken == 0)
			return err_set(err, "the compressed stream is cut");
		made = len;
		got = inflate(in, out, &made, in->raw + in->start, &taken,
			err);
		in->damaged = got < 0;
		if (got < 0)
			return -1;
		in->start += taken;
		in->part_over = got == 1;
	}
	return (ssize_t)made;
}

bool
warcinput_unread(struct warcinput *in, struct str bytes)
{
	size_t held = in->end - in->start;

	if (warcinput_packed(in) || bytes.len + held > WARCINPUT_BYTES)
		return false;
	in->raw_offset += in->start;
	in->raw_offset -= bytes.len;
	memmove(in->raw + bytes.len, in->raw + in->start, held);
	memcpy(in->raw, bytes.ptr, bytes.len);
	in->start = in->mark = 0;
	in->end = bytes.len + held;
	return true;
}

bool
warcinput_rewind(struct warcinput *in, struct str bytes)
{
	if (sniff(bytes) == WARCINPUT_PLAIN || !warcinput_unread(in, bytes))
		return false;
	in->part_over = true;
	return true;
}

/* Whether a part that begins a record begins at raw[start]. */
static int
try_here(struct warcinput *in, bool (*begins)(struct str), struct err *err)
{
	char text[TRY_BYTES];
	size_t made = sizeof(text), taken;
	int got;

	if (fill(in, TRY_BYTES, err) < 0)
		return -1;
	reset_kind(in);
	taken = in->end - in->start;
	got = inflate(in, text, &made, in->raw + in->start, &taken, NULL);
	reset_kind(in);
	return (got >= 0 || made > 0) && begins((struct str){ text, made });
}

int
warcinput_recover(struct warcinput *in, bool (*begins)(struct str),
	struct err *err)
{
	int found = 0;

	in->start = in->mark;
	if (!warcinput_packed(in))
		in->kind = in->kind_before;
	while (found == 0) {
		if (in->start < in->end)
			in->start++;
		in->mark = in->start;
		if (fill(in, MAGIC_BYTES, err) < 0)
			return -1;
		if (in->start == in->end)
			return 0;
		if (sniff(waiting(in)) == in->kind)
			found = try_here(in, begins, err);
	}
	in->damaged = false;
	in->part_over = false;
	return found;
}
