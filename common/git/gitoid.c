#include <git2.h>
#include <string.h>

#include "common/base/ascii.h"
#include "common/git/gitstore.h"
#include "common/git/gitstoreimpl.h"

_Static_assert(sizeof(git_oid) == sizeof(struct gitoid), "SHA-1 alone");

const char *
gitoid_hex(char out[GITOID_HEX_BYTES], const struct gitoid *id)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < GITOID_BYTES; i++) {
		out[2 * i] = digits[id->bytes[i] >> 4];
		out[2 * i + 1] = digits[id->bytes[i] & 15];
	}
	out[GITOID_HEX_BYTES - 1] = '\0';
	return out;
}

int
gitoid_parse(struct gitoid *out, struct str hex)
{
	if (hex.len != GITOID_HEX_BYTES - 1)
		return -1;
	for (size_t i = 0; i < GITOID_BYTES; i++) {
		int high = ascii_hex(hex.ptr[2 * i]);
		int low = ascii_hex(hex.ptr[2 * i + 1]);

		if (high < 0 || low < 0)
			return -1;
		out->bytes[i] = (unsigned char)(high << 4 | low);
	}
	return 0;
}

bool
gitoid_eq(const struct gitoid *a, const struct gitoid *b)
{
	return memcmp(a->bytes, b->bytes, GITOID_BYTES) == 0;
}

bool
gitoid_is_zero(const struct gitoid *id)
{
	static const struct gitoid zero;

	return gitoid_eq(id, &zero);
}

struct str
gitoid_str(const struct gitoid *id)
{
	return (struct str){ (const char *)id->bytes, GITOID_BYTES };
}

int
gitoid_from(struct gitoid *out, struct str s)
{
	memset(out, 0, sizeof(*out));
	if (s.len != GITOID_BYTES)
		return -1;
	memcpy(out->bytes, s.ptr, GITOID_BYTES);
	return 0;
}

int
gitoid_of(struct gitoid *out, enum gitkind kind, const void *bytes, size_t len,
	struct err *err)
{
	git_oid id;

	if (git_odb_hash(&id, bytes, len, (git_object_t)kind) < 0)
		return err_set(err, "cannot hash");
	memcpy(out->bytes, id.id, GITOID_BYTES);
	return 0;
}
