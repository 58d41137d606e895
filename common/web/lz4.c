#include "common/web/lz4.h"

#include <lz4frame.h>

#include "common/base/xalloc.h"

struct lz4_stream {
	LZ4F_dctx *context;
};

bool
lz4_sniff(struct str s)
{
	return str_starts(s, STR("\x04\x22\x4d\x18"));
}

struct lz4_stream *
lz4_stream_new(void)
{
	struct lz4_stream *z = xcalloc(1, sizeof(*z));

	if (LZ4F_isError(LZ4F_createDecompressionContext(&z->context,
		    LZ4F_VERSION)))
		abort();
	return z;
}

void
lz4_stream_free(struct lz4_stream *z)
{
	if (!z)
		return;
	LZ4F_freeDecompressionContext(z->context);
	free(z);
}

void
lz4_stream_reset(struct lz4_stream *z)
{
	LZ4F_resetDecompressionContext(z->context);
}

int
lz4_stream_read(struct lz4_stream *z, char *out, size_t *out_len,
	const char *in, size_t *in_len, struct err *err)
{
	size_t got = LZ4F_decompress(z->context, out, out_len, in, in_len,
		NULL);

	if (LZ4F_isError(got))
		return err_set(err, "damaged lz4: %s", LZ4F_getErrorName(got));
	return got == 0;
}
