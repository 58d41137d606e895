#include "common/web/zstd.h"

#include <stdlib.h>

#include <zstd.h>

#include "common/base/xalloc.h"

enum { ROOM_BYTES = 64 << 10, WINDOW_LOG_MAX = 23, STREAM_LOG_MAX = 27 };

bool
zstd_sniff(struct str s)
{
	return str_starts(s, STR("\x28\xb5\x2f\xfd"));
}

/* One frame, off the front of *in; 1 at max_bytes, -1 when damaged or cut. */
static int
inflate_frame(struct strbuf *out, ZSTD_DCtx *context, ZSTD_inBuffer *in,
	size_t max_len)
{
	for (;;) {
		size_t left = max_len - out->len;
		size_t len = left < ROOM_BYTES ? left : ROOM_BYTES;
		char *to = len ? strbuf_room(out, len) : NULL;
		ZSTD_outBuffer made = { to, len, 0 };
		size_t got;

		if (!to)
			return 1;
		got = ZSTD_decompressStream(context, &made, in);
		if (ZSTD_isError(got))
			return -1;
		strbuf_grew(out, made.pos);
		if (got == 0)
			return 0;
		/* It wants more, and there is none. */
		if (in->pos == in->size && made.pos < made.size)
			return -1;
	}
}

int
zstd_inflate(struct strbuf *out, struct str s, size_t max_bytes,
	struct err *err)
{
	ZSTD_DCtx *context = ZSTD_createDCtx();
	ZSTD_inBuffer in = { s.ptr, s.len, 0 };
	size_t max_len = out->len + max_bytes;
	int result;

	if (!context)
		abort();
	ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax, WINDOW_LOG_MAX);
	do {
		result = inflate_frame(out, context, &in, max_len);
	} while (result == 0 && zstd_sniff(str_sub(s, in.pos, s.len)));
	ZSTD_freeDCtx(context);
	if (result > 0)
		return err_set(err, "it is over %zu bytes", max_bytes);
	return result < 0 ? err_set(err, "the zstd stream is damaged or cut")
			  : 0;
}

struct zstd_stream {
	ZSTD_DCtx *context;
};

struct zstd_stream *
zstd_stream_new(void)
{
	struct zstd_stream *z = xcalloc(1, sizeof(*z));

	z->context = ZSTD_createDCtx();
	if (!z->context)
		abort();
	ZSTD_DCtx_setParameter(z->context, ZSTD_d_windowLogMax,
		STREAM_LOG_MAX);
	return z;
}

void
zstd_stream_free(struct zstd_stream *z)
{
	if (!z)
		return;
	ZSTD_freeDCtx(z->context);
	free(z);
}

void
zstd_stream_reset(struct zstd_stream *z)
{
	ZSTD_DCtx_reset(z->context, ZSTD_reset_session_only);
}

int
zstd_stream_dictionary(struct zstd_stream *z, struct str bytes,
	size_t max_bytes, struct err *err)
{
	struct strbuf inflated;
	int result = 0;

	strbuf_init(&inflated, max_bytes);
	if (zstd_sniff(bytes)) {
		result = zstd_inflate(&inflated, bytes, max_bytes, err);
		bytes = strbuf_str(&inflated);
	}
	if (result == 0 && ZSTD_isError(ZSTD_DCtx_loadDictionary(z->context,
			bytes.ptr, bytes.len)))
		result = err_set(err, "the zstd dictionary is damaged");
	strbuf_release(&inflated);
	return result;
}

int
zstd_stream_read(struct zstd_stream *z, char *out, size_t *out_len,
	const char *in, size_t *in_len, struct err *err)
{
	ZSTD_inBuffer from = { in, *in_len, 0 };
	ZSTD_outBuffer to = { out, *out_len, 0 };
	size_t got = ZSTD_decompressStream(z->context, &to, &from);

	*in_len = from.pos;
	*out_len = to.pos;
	if (ZSTD_isError(got))
		return err_set(err, "damaged zstd: %s", ZSTD_getErrorName(got));
	return got == 0;
}

struct zstd_writer {
	ZSTD_CCtx *context;
};

struct zstd_writer *
zstd_writer_new(int level)
{
	struct zstd_writer *w = xmalloc(sizeof(*w));

	w->context = ZSTD_createCCtx();
	if (!w->context)
		abort();
	ZSTD_CCtx_setParameter(w->context, ZSTD_c_compressionLevel, level);
	ZSTD_CCtx_setParameter(w->context, ZSTD_c_checksumFlag, 1);
	return w;
}

void
zstd_writer_free(struct zstd_writer *w)
{
	if (!w)
		return;
	ZSTD_freeCCtx(w->context);
	free(w);
}

int
zstd_frame(struct strbuf *out, struct zstd_writer *w, struct str s)
{
	size_t bound = ZSTD_compressBound(s.len), len;
	char *room = strbuf_room(out, bound);

	if (!room)
		return -1;
	len = ZSTD_compress2(w->context, room, bound, s.ptr, s.len);
	if (ZSTD_isError(len))
		abort();
	strbuf_grew(out, len);
	return 0;
}
