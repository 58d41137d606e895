#include "common/base/digest.h"

#include <openssl/evp.h>

#include "common/base/xalloc.h"

struct digest {
	EVP_MD_CTX *context;
	const EVP_MD *kind;
};

struct digest *
digest_new(enum digest_kind kind)
{
	struct digest *d = xmalloc(sizeof(*d));

	d->context = EVP_MD_CTX_new();
	d->kind = kind == DIGEST_SHA1 ? EVP_sha1() :
		kind == DIGEST_MD5 ? EVP_md5() : EVP_sha256();
	if (!d->context || EVP_DigestInit_ex(d->context, d->kind, NULL) != 1)
		abort();
	return d;
}

void
digest_add(struct digest *d, const void *bytes, size_t len)
{
	if (EVP_DigestUpdate(d->context, bytes, len) != 1)
		abort();
}

size_t
digest_end(struct digest *d, unsigned char out[DIGEST_MAX_BYTES])
{
	unsigned len = 0;

	if (EVP_DigestFinal_ex(d->context, out, &len) != 1 ||
		EVP_DigestInit_ex(d->context, d->kind, NULL) != 1)
		abort();
	return len;
}

void
digest_free(struct digest *d)
{
	if (!d)
		return;
	EVP_MD_CTX_free(d->context);
	free(d);
}

void
digest_sha1(unsigned char out[DIGEST_SHA1_BYTES], struct str s)
{
	if (EVP_Digest(s.ptr, s.len, out, NULL, EVP_sha1(), NULL) != 1)
		abort();
}

void
digest_sha256(unsigned char out[DIGEST_SHA256_BYTES], struct str s)
{
	if (EVP_Digest(s.ptr, s.len, out, NULL, EVP_sha256(), NULL) != 1)
		abort();
}

void
digest_hex(struct strbuf *out, const unsigned char *bytes, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < len; i++) {
		strbuf_addc(out, digits[bytes[i] >> 4]);
		strbuf_addc(out, digits[bytes[i] & 15]);
	}
}

void
digest_base32(struct strbuf *out, const unsigned char *bytes, size_t len)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
	unsigned bits = 0, held = 0;

	for (size_t i = 0; i < len; i++) {
		bits = (bits << 8 | bytes[i]) & 0xffff;
		for (held += 8; held >= 5; held -= 5)
			strbuf_addc(out, digits[bits >> (held - 5) & 31]);
	}
	if (held)
		strbuf_addc(out, digits[bits << (5 - held) & 31]);
}
