/*
 * The bytes of a stream that may be plain, gzip, zstd or lz4, or first the
 * one and then the other, as files that were put one behind the other are:
 * below the WARC reader. It is read part by part: a member of gzip, a frame of
 * zstd or lz4, or plain bytes up to the end.
 *
 *	struct warcinput in;
 *	warcinput_init(&in, 0);
 *	while ((got = warcinput_next(&in, &err)) > 0)
 *		while ((got = warcinput_read(&in, out, sizeof(out), &err)) > 0)
 *			...
 *	warcinput_release(&in);
 *
 * What a part is, is told by its first bytes. A part that is damaged can be
 * passed over to the next one (warcinput_recover).
 */
#ifndef STET_WARCINPUT_H
#define STET_WARCINPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/web/gzip.h"
#include "common/web/lz4.h"
#include "common/web/zstd.h"

enum {
	WARCINPUT_BYTES = 1 << 20,
	WARCINPUT_DICTIONARY_BYTES = 16 << 20 /* of zstd, inflated */
};

enum warcinput_kind {
	WARCINPUT_PLAIN,
	WARCINPUT_GZIP,
	WARCINPUT_ZSTD,
	WARCINPUT_LZ4
};

struct warcinput {
	int fd;
	char *raw; /* read from fd: [start, end) is not yet used */
	size_t start, end;
	size_t mark; /* raw[mark] begins the part, unless it grew too large */
	uint64_t raw_offset; /* of raw[0] in the stream */
	enum warcinput_kind kind, kind_before; /* of the part before it */
	struct gzip_stream *gzip;
	struct zstd_stream *zstd;
	struct lz4_stream *lz4;
	bool part_over;
	bool damaged;       /* the last error is damage, not a cut */
	bool ended;         /* read returned 0 */
};

void warcinput_init(struct warcinput *in, int fd);
void warcinput_release(struct warcinput *in);

/* Goes to the next part, when the last is over. 1; 0 at the end; -1. */
int warcinput_next(struct warcinput *in, struct err *err);

/*
 * Reads up to `len` bytes (at least one) of what the part stands for. 0 when
 * it is over; -1 for a failed read, a cut part, or (`damaged`) a damaged one.
 */
ssize_t warcinput_read(struct warcinput *in, char *out, size_t len,
	struct err *err);

/* Whether the part is compressed. */
bool warcinput_packed(const struct warcinput *in);

/*
 * Gives back the last bytes that were read of a plain part. False (and
 * nothing is done) for one that is compressed, or when they are too many.
 */
bool warcinput_unread(struct warcinput *in, struct str bytes);

/*
 * The same for bytes that turned out to be the beginning of a compressed
 * part, which warcinput_next then finds. False when they are not.
 */
bool warcinput_rewind(struct warcinput *in, struct str bytes);

/*
 * After damage, and for a plain part after a compressed one that is not a
 * record: goes to the next compressed part of the same kind after this one's
 * first byte that inflates to what `begins` knows as the beginning of a
 * record. 1; 0 when there is none up to the end; -1.
 */
int warcinput_recover(struct warcinput *in, bool (*begins)(struct str),
	struct err *err);

/* Where the part that is being read began in the stream as it is stored. */
uint64_t warcinput_offset(const struct warcinput *in);

#endif
