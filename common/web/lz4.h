/*
 * LZ4 frames of a stream, piece by piece: whole files of archives are kept
 * in them where reading must be fast.
 *
 *	struct lz4_stream *z = lz4_stream_new();
 *	in_len = available; out_len = sizeof(out);
 *	if (lz4_stream_read(z, out, &out_len, in, &in_len, &err) < 0)
 *		... damaged
 *	lz4_stream_free(z);
 */
#ifndef STET_LZ4_H
#define STET_LZ4_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"

/* Whether s begins as a frame does (04 22 4d 18). */
bool lz4_sniff(struct str s);

struct lz4_stream;

struct lz4_stream *lz4_stream_new(void);
void lz4_stream_free(struct lz4_stream *z);

/* Forgets a frame that was begun: the next call begins another. */
void lz4_stream_reset(struct lz4_stream *z);

/* As gzip_stream_read; what ends is a frame. */
int lz4_stream_read(struct lz4_stream *z, char *out, size_t *out_len,
	const char *in, size_t *in_len, struct err *err);

#endif
