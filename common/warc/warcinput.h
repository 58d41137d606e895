/*
 * The bytes of a stream that may be plain or gzip, or first the one and then
 * the other, as files that were put one behind the other are: below the WARC
 * reader.
 *
 *	struct warcinput in;
 *	warcinput_init(&in, 0);
 *	while ((got = warcinput_read(&in, out, sizeof(out), &err)) > 0)
 *		...
 *	warcinput_release(&in);
 *
 * What the stream is, is told by its first bytes, again at the end of each
 * gzip member, and by warcinput_rewind where a plain part may end.
 */
#ifndef STET_WARCINPUT_H
#define STET_WARCINPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/web/gzip.h"

enum { WARCINPUT_BYTES = 128 << 10 };

struct warcinput {
	int fd;
	char *raw; /* read from fd and not yet used: [start, end) */
	size_t start, end;
	struct gzip_stream *gzip;
	bool is_gzip; /* the bytes from raw[start] on are of a member */
	bool ended;   /* read returned 0 */
};

void warcinput_init(struct warcinput *in, int fd);
void warcinput_release(struct warcinput *in);

/*
 * Reads up to `len` bytes (at least one) of what the stream stands for. 0 at
 * its end; -1 for a failed read, damaged gzip, or gzip that ends within a
 * member.
 */
ssize_t warcinput_read(struct warcinput *in, char *out, size_t len,
	struct err *err);

/*
 * Gives back bytes that were read and turned out to be the beginning of a
 * gzip member, so that reading goes on inflating them. False (and nothing is
 * done) unless they are, or when the stream is inside a member already.
 */
bool warcinput_rewind(struct warcinput *in, struct str bytes);

#endif
