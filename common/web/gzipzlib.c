#include "common/web/gzipzlib.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

enum { STORED_MAX_BYTES = 65535 };

struct gzipzlib {
	struct libdeflate_compressor *deflate;
	struct libdeflate_decompressor *inflate;
};

struct gzipzlib *
gzipzlib_new(int level)
{
	struct gzipzlib *z = xcalloc(1, sizeof(*z));

	z->deflate = libdeflate_alloc_compressor(level);
	z->inflate = libdeflate_alloc_decompressor();
	if (!z->deflate || !z->inflate)
		abort();
	return z;
}

void
gzipzlib_free(struct gzipzlib *z)
{
	if (!z)
		return;
	libdeflate_free_compressor(z->deflate);
	libdeflate_free_decompressor(z->inflate);
	free(z);
}

int
gzipzlib_deflate(struct gzipzlib *z, struct strbuf *out, struct str in)
{
	size_t most = libdeflate_zlib_compress_bound(z->deflate, in.len);
	char *room = strbuf_room(out, most);

	if (!room)
		return -1;
	strbuf_grew(out, libdeflate_zlib_compress(
				 z->deflate, in.ptr, in.len, room, most));
	return 0;
}

int
gzipzlib_store(struct strbuf *out, struct str in)
{
	uint32_t sum = libdeflate_adler32(1, in.ptr, in.len);
	unsigned char head[7] = { 0x78, 0x01, 0x01 }, tail[4];

	if (in.len > STORED_MAX_BYTES)
		return -1;
	head[3] = (unsigned char)(in.len & 255);
	head[4] = (unsigned char)(in.len >> 8);
	head[5] = (unsigned char)~head[3];
	head[6] = (unsigned char)~head[4];
	for (int i = 0; i < 4; i++)
		tail[i] = (unsigned char)(sum >> (24 - 8 * i));
	strbuf_add(out, head, sizeof(head));
	strbuf_adds(out, in);
	strbuf_add(out, tail, sizeof(tail));
	return strbuf_overflowed(out) ? -1 : 0;
}

int
gzipzlib_inflate(struct gzipzlib *z, void *out, size_t size, struct str in)
{
	size_t used;

	return libdeflate_zlib_decompress_ex(z->inflate, in.ptr, in.len, out,
		       size, &used, NULL) == LIBDEFLATE_SUCCESS ? 0 : -1;
}

uint32_t
gzipzlib_crc32(uint32_t crc, const void *bytes, size_t len)
{
	return libdeflate_crc32(crc, bytes, len);
}
