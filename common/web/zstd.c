#include "common/web/zstd.h"

#include <stdlib.h>

#include <zstd.h>

enum { ROOM_BYTES = 64 << 10, WINDOW_LOG_MAX = 23 };

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
