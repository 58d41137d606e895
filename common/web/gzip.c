#include "common/web/gzip.h"

#include <stdint.h>

#include <libdeflate.h>
#include <zlib.h>

#include "common/base/xalloc.h"

/*
 * libdeflate wants room for the whole output at once and gives nothing back
 * for damaged input. So room is found by the size that a gzip trailer claims
 * (never more than deflate can make of the input), else by doubling; damaged
 * and too large input is inflated again by zlib for what stands before the
 * damage, since half a page is worth more than none.
 */
enum {
	DEFLATE_RATIO_MAX = 1032,
	FIRST_ROOM_BYTES = 64 << 10,
	WINDOW_GZIP = 15 + 16,
	WINDOW_ZLIB = 15,
	WINDOW_RAW = -15
};

enum form { FORM_GZIP, FORM_ZLIB, FORM_RAW };

bool
gzip_sniff(struct str s)
{
	return str_starts(s, STR("\x1f\x8b\x08"));
}

static enum form
form_of(struct str s)
{
	unsigned head;

	if (gzip_sniff(s))
		return FORM_GZIP;
	if (s.len < 2)
		return FORM_RAW;
	head = (unsigned)(unsigned char)s.ptr[0] << 8 |
		(unsigned char)s.ptr[1];
	return (head & 0x0f00) == 0x0800 && (head & 0x8000) == 0 &&
		head % 31 == 0 ? FORM_ZLIB : FORM_RAW;
}

/* A first guess at the inflated size, from the trailer where there is one. */
static size_t
guess(struct str s, enum form form, size_t left)
{
	size_t size = 0, most = left;

	if (s.len < left / DEFLATE_RATIO_MAX)
		most = s.len * DEFLATE_RATIO_MAX;
	if (form == FORM_GZIP && s.len >= 18)
		for (size_t i = 4; i > 0; i--)
			size = size << 8 | (unsigned char)s.ptr[s.len - 5 + i];
	if (size < s.len)
		size = s.len < SIZE_MAX / 4 ? s.len * 4 : s.len;
	if (size < FIRST_ROOM_BYTES)
		size = FIRST_ROOM_BYTES;
	return size < most ? size : most;
}

static enum libdeflate_result
inflate_into(struct libdeflate_decompressor *d, enum form form, struct str s,
	char *room, size_t room_len, size_t *taken, size_t *made)
{
	switch (form) {
	case FORM_GZIP:
		return libdeflate_gzip_decompress_ex(d, s.ptr, s.len, room,
			room_len, taken, made);
	case FORM_ZLIB:
		return libdeflate_zlib_decompress_ex(d, s.ptr, s.len, room,
			room_len, taken, made);
	default:
		return libdeflate_deflate_decompress_ex(d, s.ptr, s.len, room,
			room_len, taken, made);
	}
}

/* One member off the front of *s, at most `left` bytes of it. */
static enum libdeflate_result
inflate_member(struct strbuf *out, struct libdeflate_decompressor *d,
	enum form form, struct str *s, size_t left)
{
	size_t room_len = guess(*s, form, left);
	size_t taken = 0, made = 0;
	enum libdeflate_result result;

	for (;;) {
		char *room = strbuf_room(out, room_len);

		if (!room)
			return LIBDEFLATE_INSUFFICIENT_SPACE;
		result = inflate_into(d, form, *s, room, room_len, &taken,
			&made);
		if (result != LIBDEFLATE_INSUFFICIENT_SPACE ||
			room_len == left)
			break;
		room_len = room_len > left / 2 ? left : room_len * 2;
	}
	if (result == LIBDEFLATE_SUCCESS) {
		strbuf_grew(out, made);
		*s = str_sub(*s, taken, s->len);
	}
	return result;
}

/* What zlib can make of the one member in s, at most `left` bytes. */
static void
inflate_prefix(struct strbuf *out, enum form form, struct str s, size_t left)
{
	static const int windows[] = { WINDOW_GZIP, WINDOW_ZLIB, WINDOW_RAW };
	z_stream z = { 0 };
	int result = Z_OK;

	if (inflateInit2(&z, windows[form]) != Z_OK)
		return;
	z.next_in = (Bytef *)(uintptr_t)s.ptr;
	z.avail_in = s.len < UINT32_MAX ? (uInt)s.len : UINT32_MAX;
	while (result == Z_OK && left > 0) {
		size_t len = left < FIRST_ROOM_BYTES ? left : FIRST_ROOM_BYTES;
		char *room = strbuf_room(out, len);

		if (!room)
			break;
		z.next_out = (Bytef *)room;
		z.avail_out = (uInt)len;
		result = inflate(&z, Z_NO_FLUSH);
		strbuf_grew(out, len - z.avail_out);
		left -= len - z.avail_out;
		if (z.avail_in == 0 && z.avail_out > 0)
			break;
	}
	inflateEnd(&z);
}

int
gzip_inflate(struct strbuf *out, struct str s, size_t max_bytes,
	struct err *err)
{
	struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
	enum libdeflate_result result = LIBDEFLATE_SUCCESS;
	size_t before = out->len;
	enum form form = form_of(s);

	if (!d)
		return err_set(err, "out of memory");
	if (max_bytes > out->max - before)
		max_bytes = out->max - before;
	do {
		result = inflate_member(out, d, form, &s,
			max_bytes - (out->len - before));
	} while (result == LIBDEFLATE_SUCCESS && form == FORM_GZIP &&
		gzip_sniff(s));
	libdeflate_free_decompressor(d);
	if (result == LIBDEFLATE_SUCCESS)
		return 0;
	inflate_prefix(out, form, s, max_bytes - (out->len - before));
	if (result == LIBDEFLATE_INSUFFICIENT_SPACE)
		return err_set(err, "larger than %zu bytes when inflated",
			max_bytes);
	return err_set(err, "the compressed bytes are damaged or cut");
}

struct gzip_stream {
	z_stream z;
};

struct gzip_stream *
gzip_stream_new(void)
{
	struct gzip_stream *z = xcalloc(1, sizeof(*z));

	if (inflateInit2(&z->z, WINDOW_GZIP) != Z_OK)
		abort();
	return z;
}

void
gzip_stream_free(struct gzip_stream *z)
{
	if (!z)
		return;
	inflateEnd(&z->z);
	free(z);
}

int
gzip_stream_read(struct gzip_stream *z, char *out, size_t *out_len,
	const char *in, size_t *in_len, struct err *err)
{
	uInt in_now = *in_len < UINT32_MAX ? (uInt)*in_len : UINT32_MAX;
	uInt out_now = *out_len < UINT32_MAX ? (uInt)*out_len : UINT32_MAX;
	int result;

	z->z.next_in = (Bytef *)(uintptr_t)in;
	z->z.avail_in = in_now;
	z->z.next_out = (Bytef *)out;
	z->z.avail_out = out_now;
	result = inflate(&z->z, Z_NO_FLUSH);
	*in_len = in_now - z->z.avail_in;
	*out_len = out_now - z->z.avail_out;
	if (result == Z_STREAM_END) {
		inflateReset(&z->z);
		return 1;
	}
	if (result == Z_OK || result == Z_BUF_ERROR)
		return 0;
	return err_set(err, "damaged gzip: %s",
		z->z.msg ? z->z.msg : "bad data");
}

void
gzip_stream_reset(struct gzip_stream *z)
{
	inflateReset(&z->z);
}
