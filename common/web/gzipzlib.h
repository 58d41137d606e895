/*
 * One zlib stream (RFC 1950) in memory at a time, as git's objects have it,
 * through libdeflate; and the CRC-32 of git's pack index.
 *
 *	struct gzipzlib *z = gzipzlib_new(1);
 *	gzipzlib_deflate(z, &out, bytes);
 *	gzipzlib_inflate(z, buffer, size, stream);
 *	gzipzlib_free(z);
 */
#ifndef STET_GZIPZLIB_H
#define STET_GZIPZLIB_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

struct gzipzlib;

/* `level` from 1 (fast) to 12 (small). */
struct gzipzlib *gzipzlib_new(int level);
void gzipzlib_free(struct gzipzlib *z);

/* Appends the stream. -1: `out` is at its maximum. */
int gzipzlib_deflate(struct gzipzlib *z, struct strbuf *out, struct str in);

/* Appends the stream without compressing: for bytes too few to gain. */
int gzipzlib_store(struct strbuf *out, struct str in);

/*
 * Inflates the stream at the start of `in` to exactly `size` bytes at `out`.
 * -1: it is none, or has another size.
 */
int gzipzlib_inflate(struct gzipzlib *z, void *out, size_t size,
	struct str in);

/* The CRC-32 of what went before (0 at the start) and of these bytes. */
uint32_t gzipzlib_crc32(uint32_t crc, const void *bytes, size_t len);

#endif
