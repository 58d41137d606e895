/*
 * The content-coding br (RFC 7932), which stet-fetch asks nobody for but which
 * servers send and other archives hold.
 */
#ifndef STET_BROTLI_H
#define STET_BROTLI_H

#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

/*
 * Appends the inflated bytes of s to out, at most `max_bytes` of them; bytes
 * behind the stream's end are passed over. -1 when s is damaged or cut, or
 * when there are more: what came before has been appended.
 */
int brotli_inflate(struct strbuf *out, struct str s, size_t max_bytes,
	struct err *err);

#endif
