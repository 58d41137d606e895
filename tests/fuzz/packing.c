/*
 * Codings: what is packed and unpacked is what it was, whole and in pieces,
 * and the same bytes give the same packing, but at gzip's level 1. The first
 * byte says how.
 */
#include "common/web/gzip.h"
#include "common/web/zstd.h"
#include "tests/fuzz/fuzz.h"

enum { MOST_BYTES = 4 << 20 };

/* Reads members or frames with `step` bytes of input and of room at a time. */
static void
unpack(struct strbuf *out, struct str packed, size_t step, bool zstd)
{
	struct gzip_stream *gzip = gzip_stream_new();
	struct zstd_stream *zs = zstd_stream_new();
	char room[4096];
	int got = 0;

	while (got == 0 && step > 0) {
		size_t in = packed.len < step ? packed.len : step;
		size_t made = step < sizeof(room) ? step : sizeof(room);

		got = zstd ? zstd_stream_read(zs, room, &made, packed.ptr, &in,
				     NULL)
			   : gzip_stream_read(gzip, room, &made, packed.ptr,
				     &in, NULL);
		FUZZ_CHECK(got >= 0);
		FUZZ_CHECK(got == 1 || in > 0 || made > 0);
		strbuf_add(out, room, made);
		packed = str_sub(packed, in, packed.len);
	}
	gzip_stream_free(gzip);
	zstd_stream_free(zs);
}

static void
pack(struct strbuf *out, struct str text, int level, bool zstd)
{
	struct zstd_writer *z = zstd_writer_new(level);
	struct gzip_writer *g = gzip_writer_new(level);

	strbuf_reset(out);
	FUZZ_CHECK((zstd ? zstd_frame(out, z, text)
			 : gzip_member(out, g, text)) == 0);
	zstd_writer_free(z);
	gzip_writer_free(g);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct str text = { (const char *)bytes, len };
	bool zstd = len > 0 && bytes[0] % 2;
	int level = len > 0 && bytes[0] % 4 > 1 ? 6 : 1;
	struct strbuf packed, again, whole, pieces;

	strbuf_init(&packed, MOST_BYTES);
	strbuf_init(&again, MOST_BYTES);
	strbuf_init(&whole, MOST_BYTES);
	strbuf_init(&pieces, MOST_BYTES);
	pack(&packed, text, level, zstd);
	pack(&again, text, level, zstd);
	FUZZ_CHECK((!zstd && level == 1) ||
		str_eq(strbuf_str(&packed), strbuf_str(&again)));
	FUZZ_CHECK((zstd ? zstd_inflate : gzip_inflate)(&whole,
			   strbuf_str(&packed), MOST_BYTES, NULL) == 0);
	FUZZ_CHECK(str_eq(strbuf_str(&whole), text));
	unpack(&pieces, strbuf_str(&packed), 1 + len % 997, zstd);
	FUZZ_CHECK(str_eq(strbuf_str(&pieces), text));
	FUZZ_SAY("%d %d %zu\n", zstd, level, text.len);
	strbuf_release(&packed);
	strbuf_release(&again);
	strbuf_release(&whole);
	strbuf_release(&pieces);
	return 0;
}
