/*
 * gzip, zlib and raw deflate: libdeflate for what lies in memory as a whole,
 * zlib for a stream whose length is not known.
 *
 *	struct strbuf text;
 *	strbuf_init(&text, 16 << 20);
 *	if (gzip_inflate(&text, body, 16 << 20, &err) < 0)
 *		... damaged, cut or larger than 16 MiB
 *
 *	struct gzip_stream *z = gzip_stream_new();
 *	in_len = available; out_len = sizeof(out);
 *	if (gzip_stream_read(z, out, &out_len, in, &in_len, &err) < 0)
 *		... damaged
 *	... in_len bytes were taken, out_len bytes were made
 *	gzip_stream_free(z);
 *
 * No size is taken from the input unchecked: a bomb ends at the caller's cap.
 */
#ifndef STET_GZIP_H
#define STET_GZIP_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

/* Whether s begins as a gzip member does (1f 8b 08). */
bool gzip_sniff(struct str s);

/*
 * Appends the inflated bytes of s to out, at most `max_bytes` of them. The
 * form is told by the first bytes: gzip (any number of members one behind the
 * other), zlib, else raw deflate, the three that servers send under
 * Content-Encoding gzip and deflate. Bytes behind the last member are passed
 * over, as browsers do. -1 when s is damaged or cut (what could be inflated
 * before the damage has been appended) or when it is larger than `max_bytes`
 * (the first `max_bytes` bytes have been appended).
 */
int gzip_inflate(struct strbuf *out, struct str s, size_t max_bytes,
	struct err *err);

/* A compressor for members, reused from one to the next; level 1 to 12. */
struct gzip_writer;

struct gzip_writer *gzip_writer_new(int level);
void gzip_writer_free(struct gzip_writer *w);

/*
 * Appends s as one gzip member without name and time, so that the same bytes
 * give the same member; but not at level 1, where ISA-L's choices depend on
 * where in memory its state lies. -1 only at the maximum of `out`, or at level
 * 1 for 4 GiB.
 */
int gzip_member(struct strbuf *out, struct gzip_writer *w, struct str s);

/* Inflates members of a stream piece by piece, in 40 KiB of memory. */
struct gzip_stream;

struct gzip_stream *gzip_stream_new(void);
void gzip_stream_free(struct gzip_stream *z);

/*
 * Inflates from in[0, *in_len) to out[0, *out_len) until either is used up or
 * a member ends; sets both to what was taken and made. Returns 1 at the end
 * of a member (the next call begins another), 0 else, -1 for damaged bytes.
 */
int gzip_stream_read(struct gzip_stream *z, char *out, size_t *out_len,
	const char *in, size_t *in_len, struct err *err);

/* Forgets a member that was begun: the next call begins another. */
void gzip_stream_reset(struct gzip_stream *z);

#endif
