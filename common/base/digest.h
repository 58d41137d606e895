/*
 * SHA-1, SHA-256 and MD5 (OpenSSL) and their written forms. SHA-1 and MD5 only
 * where a format asks for them (WARC digests); stet's own keys are SHA-256.
 *
 *	struct digest *d = digest_new(DIGEST_SHA1);
 *	digest_add(d, bytes, len);
 *	unsigned char sum[DIGEST_MAX_BYTES];
 *	size_t len = digest_end(d, sum);	(d is ready for the next)
 *	digest_free(d);
 */
#ifndef STET_DIGEST_H
#define STET_DIGEST_H

#include <stddef.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

enum {
	DIGEST_SHA1_BYTES = 20,
	DIGEST_SHA256_BYTES = 32,
	DIGEST_MAX_BYTES = 32
};

enum digest_kind { DIGEST_SHA1, DIGEST_SHA256, DIGEST_MD5 };

struct digest;

struct digest *digest_new(enum digest_kind kind);
void digest_add(struct digest *d, const void *bytes, size_t len);
/* Writes the sum, starts anew; returns its length in bytes. */
size_t digest_end(struct digest *d, unsigned char out[DIGEST_MAX_BYTES]);
void digest_free(struct digest *d);

/* The sum of one piece of memory. */
void digest_sha1(unsigned char out[DIGEST_SHA1_BYTES], struct str s);
void digest_sha256(unsigned char out[DIGEST_SHA256_BYTES], struct str s);

/* Appends lower-case hexadecimal; upper-case base32 (RFC 4648), no padding. */
void digest_hex(struct strbuf *out, const unsigned char *bytes, size_t len);
void digest_base32(struct strbuf *out, const unsigned char *bytes, size_t len);

#endif
