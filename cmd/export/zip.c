#include "cmd/export/zip.h"

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "common/base/fdwrite.h"
#include "common/base/isotime.h"
#include "common/base/xalloc.h"
#include "common/web/gzipzlib.h"

enum {
	BUFFER_BYTES = 1 << 20,
	HEAD_BYTES = 30,     /* of a member, before its name */
	CRC_AT = 14,         /* in it: the sum and the sizes */
	VERSION_PLAIN = 20,
	VERSION_ZIP64 = 45,
	NAMES_UTF8 = 1 << 11
};

static const uint64_t large = UINT32_MAX; /* from here on only in ZIP64 */

/* Appends `bytes` bytes of n, the lowest first. */
static void
add_number(struct strbuf *out, uint64_t n, int bytes)
{
	for (; bytes > 0; bytes--, n >>= 8)
		strbuf_addc(out, (char)(n & 0xff));
}

static uint32_t
dos_time(int64_t time_s)
{
	struct civil c = isotime_split(time_s);

	if (c.year < 1980 || c.year > 2107)
		return 1 << 21 | 1 << 16;
	return (uint32_t)(c.year - 1980) << 25 | (uint32_t)c.month << 21 |
		(uint32_t)c.day << 16 | (uint32_t)c.hour << 11 |
		(uint32_t)c.minute << 5 | (uint32_t)c.second / 2;
}

void
zip_init(struct zip *z, int fd, int64_t time_s)
{
	*z = (struct zip){ .fd = fd, .time = dos_time(time_s) };
	z->sha256 = digest_new(DIGEST_SHA256);
	strbuf_init(&z->buffer, SIZE_MAX / 4);
}

void
zip_release(struct zip *z)
{
	for (size_t i = 0; i < z->count; i++)
		free(z->members[i].name);
	free(z->members);
	digest_free(z->sha256);
	strbuf_release(&z->buffer);
}

static int
flush(struct zip *z, struct err *err)
{
	int got = fdwrite_all(z->fd, strbuf_str(&z->buffer), err);

	z->at += z->buffer.len;
	strbuf_reset(&z->buffer);
	return got;
}

static int
write_some(struct zip *z, struct str bytes, struct err *err)
{
	strbuf_adds(&z->buffer, bytes);
	return z->buffer.len < BUFFER_BYTES ? 0 : flush(z, err);
}

static struct zip_member *
last(struct zip *z)
{
	return &z->members[z->count - 1];
}

/* What a member's two headers share: flags, way, time, sum and sizes. */
static void
add_facts(struct strbuf *out, const struct zip *z, const struct zip_member *m)
{
	add_number(out, NAMES_UTF8, 2);
	add_number(out, 0, 2); /* stored */
	add_number(out, z->time, 4);
	add_number(out, m->crc, 4);
	add_number(out, m->size, 4);
	add_number(out, m->size, 4);
	add_number(out, strlen(m->name), 2);
}

int
zip_begin(struct zip *z, const char *name, struct err *err)
{
	struct strbuf *out = &z->buffer;
	struct zip_member *m;

	z->members = xgrow(z->members, z->count, &z->cap, sizeof(*m));
	z->count++;
	m = last(z);
	*m = (struct zip_member){ .name = xstrdup(name),
		.at = z->at + out->len };
	strbuf_adds(out, STR("PK\003\004"));
	add_number(out, VERSION_PLAIN, 2);
	add_facts(out, z, m);
	add_number(out, 0, 2);
	return write_some(z, str_from(name), err);
}

int
zip_add(struct zip *z, struct str bytes, struct err *err)
{
	struct zip_member *m = last(z);

	if (bytes.len >= large - m->size)
		return err_set(err, "'%s' has 4 GiB", m->name);
	m->size += bytes.len;
	m->crc = gzipzlib_crc32(m->crc, bytes.ptr, bytes.len);
	digest_add(z->sha256, bytes.ptr, bytes.len);
	return write_some(z, bytes, err);
}

/* Writes what was not known when the member began. */
static int
mend_head(struct zip *z, const struct zip_member *m, struct err *err)
{
	struct strbuf facts;
	bool whole;

	strbuf_init(&facts, HEAD_BYTES);
	add_number(&facts, m->crc, 4);
	add_number(&facts, m->size, 4);
	add_number(&facts, m->size, 4);
	whole = pwrite(z->fd, facts.ptr, facts.len,
			(off_t)m->at + CRC_AT) == (ssize_t)facts.len;
	strbuf_release(&facts);
	return whole ? 0 : err_errno(err, "cannot write '%s'", m->name);
}

int
zip_end(struct zip *z, struct err *err)
{
	struct zip_member *m = last(z);
	unsigned char sum[DIGEST_MAX_BYTES];
	struct strbuf hex;

	strbuf_init(&hex, sizeof(m->sha256));
	digest_hex(&hex, sum, digest_end(z->sha256, sum));
	memcpy(m->sha256, hex.ptr, hex.len);
	strbuf_release(&hex);
	return flush(z, err) < 0 ? -1 : mend_head(z, m, err);
}

int
zip_put(struct zip *z, const char *name, struct str bytes, struct err *err)
{
	if (zip_begin(z, name, err) < 0 || zip_add(z, bytes, err) < 0)
		return -1;
	return zip_end(z, err);
}

static void
add_entry(struct strbuf *out, const struct zip *z, const struct zip_member *m)
{
	bool far = m->at >= large;

	strbuf_adds(out, STR("PK\001\002"));
	add_number(out, 3 << 8 | VERSION_ZIP64, 2); /* made on Unix */
	add_number(out, far ? VERSION_ZIP64 : VERSION_PLAIN, 2);
	add_facts(out, z, m);
	add_number(out, far ? 12 : 0, 2);
	add_number(out, 0, 2); /* no comment, */
	add_number(out, 0, 2); /* the one disk, */
	add_number(out, 0, 2); /* of bytes */
	add_number(out, (uint32_t)0100644 << 16, 4);
	add_number(out, far ? large : m->at, 4);
	strbuf_adds(out, str_from(m->name));
	if (far) {
		add_number(out, 1, 2);
		add_number(out, 8, 2);
		add_number(out, m->at, 8);
	}
}

/* What stands at the end of a large file before the end that all have. */
static void
add_end64(struct strbuf *out, const struct zip *z, uint64_t at, uint64_t size)
{
	uint64_t here = at + size;

	strbuf_adds(out, STR("PK\006\006"));
	add_number(out, 44, 8);
	add_number(out, 3 << 8 | VERSION_ZIP64, 2);
	add_number(out, VERSION_ZIP64, 2);
	add_number(out, 0, 8);
	add_number(out, z->count, 8);
	add_number(out, z->count, 8);
	add_number(out, size, 8);
	add_number(out, at, 8);
	strbuf_adds(out, STR("PK\006\007"));
	add_number(out, 0, 4);
	add_number(out, here, 8);
	add_number(out, 1, 4);
}

int
zip_finish(struct zip *z, struct err *err)
{
	struct strbuf *out = &z->buffer;
	uint64_t at = z->at, size;

	for (size_t i = 0; i < z->count; i++)
		add_entry(out, z, &z->members[i]);
	size = out->len;
	if (at + size >= large || z->count >= UINT16_MAX)
		add_end64(out, z, at, size);
	strbuf_adds(out, STR("PK\005\006"));
	add_number(out, 0, 4);
	for (int i = 0; i < 2; i++)
		add_number(out, z->count < UINT16_MAX ? z->count : UINT16_MAX,
			2);
	add_number(out, size < large ? size : large, 4);
	add_number(out, at < large ? at : large, 4);
	add_number(out, 0, 2);
	return flush(z, err);
}
