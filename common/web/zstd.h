/*
 * The content-coding zstd (RFC 8878, with the window of RFC 9659), which
 * stet-fetch asks nobody for but which servers send and other archives hold.
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

#endif
