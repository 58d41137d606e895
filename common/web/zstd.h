/*
 * The content-coding zstd (RFC 8878, with the window of RFC 9659), which
 * stet-fetch asks nobody for but which servers send and other archives hold;
 * and the frames of a WARC that is compressed with it.
 */
#ifndef STET_ZSTD_H
#define STET_ZSTD_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

/* Whether s begins as a frame does (28 b5 2f fd). */
bool zstd_sniff(struct str s);

/*
 * Appends the inflated bytes of s, one or more frames, to out, at most
 * `max_bytes` of them; what is no frame behind a frame is passed over. -1 when
 * s is damaged or cut, wants a window of more than 8 MiB, or when there are
 * more bytes: what came before has been appended.
 */
int zstd_inflate(struct strbuf *out, struct str s, size_t max_bytes,
	struct err *err);

/*
 * Frames of a stream, piece by piece, with a window of up to 128 MiB as
 * `zstd --long` writes it.
 */
struct zstd_stream;

struct zstd_stream *zstd_stream_new(void);
void zstd_stream_free(struct zstd_stream *z);

/* Forgets a frame that was begun: the next call begins another. */
void zstd_stream_reset(struct zstd_stream *z);

/*
 * The dictionary of all frames to come, itself a frame or not. -1 when it is
 * damaged or over `max_bytes` when inflated.
 */
int zstd_stream_dictionary(struct zstd_stream *z, struct str bytes,
	size_t max_bytes, struct err *err);

/* As gzip_stream_read; what ends is a frame. */
int zstd_stream_read(struct zstd_stream *z, char *out, size_t *out_len,
	const char *in, size_t *in_len, struct err *err);

/* A compressor of frames, reused from one to the next. */
struct zstd_writer;

struct zstd_writer *zstd_writer_new(int level);
void zstd_writer_free(struct zstd_writer *w);

/*
 * Appends s as one frame with its size and a checksum. -1 only at the
 * maximum of `out`.
 */
int zstd_frame(struct strbuf *out, struct zstd_writer *w, struct str s);

#endif
