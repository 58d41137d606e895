/*
 * A record is put into the buffer as a whole when it fits; a large block goes
 * to the descriptor by writev straight from the caller's memory, behind what
 * waits in the buffer. The digest is made in the one pass over the payload.
 */
#include <errno.h>
#include <sys/uio.h>
#include <unistd.h>

#include "common/base/ascii.h"
#include "common/base/digest.h"
#include "common/base/isotime.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/warc/warc.h"
#include "common/web/gzip.h"
#include "common/web/zstd.h"

enum {
	BUFFER_BYTES = 1 << 20,
	DIRECT_BYTES = 16 << 10,
	GZIP_LEVEL = 1,
	STABLE_LEVEL = 6,
	ZSTD_LEVEL = 1
};

struct warc_writer {
	int fd;
	unsigned flags;
	struct strbuf buffer;
	struct strbuf record; /* a whole record before it is compressed */
	struct strbuf clean;  /* a value that had to be cleaned */
	struct digest *sha1;
	struct gzip_writer *gzip;
	struct zstd_writer *zstd;
	int failed_errno;
};

struct warc_writer *
warc_writer_new(int fd, unsigned flags)
{
	struct warc_writer *out = xcalloc(1, sizeof(*out));

	out->fd = fd;
	out->flags = flags;
	strbuf_init(&out->buffer, SIZE_MAX / 4);
	strbuf_init(&out->record, SIZE_MAX / 4);
	strbuf_init(&out->clean, SIZE_MAX / 4);
	out->sha1 = digest_new(DIGEST_SHA1);
	if (flags & WARC_GZIP)
		out->gzip = gzip_writer_new(flags & WARC_STABLE ?
			STABLE_LEVEL : GZIP_LEVEL);
	if (flags & WARC_ZSTD)
		out->zstd = zstd_writer_new(ZSTD_LEVEL);
	return out;
}

void
warc_writer_free(struct warc_writer *out)
{
	if (!out)
		return;
	strbuf_release(&out->buffer);
	strbuf_release(&out->record);
	strbuf_release(&out->clean);
	digest_free(out->sha1);
	gzip_writer_free(out->gzip);
	zstd_writer_free(out->zstd);
	free(out);
}

static bool
is_clean(struct str value)
{
	bool ascii = true;

	for (size_t i = 0; i < value.len; i++) {
		if (ascii_control(value.ptr[i]))
			return false;
		ascii = ascii && (unsigned char)value.ptr[i] < 128;
	}
	return ascii || utf8_valid(value);
}

static void
add_field(struct strbuf *to, struct strbuf *clean, struct str name,
	struct str value)
{
	if (value.len == 0)
		return;
	if (!is_clean(value)) {
		strbuf_reset(clean);
		utf8_clean(clean, value);
		for (size_t i = 0; i < clean->len; i++)
			if (ascii_control(clean->ptr[i]))
				clean->ptr[i] = ' ';
		value = str_trim(strbuf_str(clean));
	}
	strbuf_adds(to, name);
	strbuf_adds(to, STR(": "));
	strbuf_adds(to, value);
	strbuf_adds(to, STR("\r\n"));
}

static void
add_link(struct strbuf *to, struct strbuf *clean, const struct link *link)
{
	add_field(to, clean, STR("WARC-Stet-Link"), link->url);
	add_field(to, clean, STR("WARC-Stet-Source"), link->source);
	add_field(to, clean, STR("WARC-Stet-Found"), link->found);
	add_field(to, clean, STR("WARC-Stet-Published"), link->published);
	add_field(to, clean, STR("WARC-Stet-Title"), link->title);
	add_field(to, clean, STR("WARC-Stet-Referrer"), link->referrer);
	add_field(to, clean, STR("WARC-Stet-Misses"), link->misses);
	add_field(to, clean, STR("WARC-Stet-Doubt"), link->doubt);
}

static void
add_digest(struct strbuf *to, struct digest *sha1, const struct str *pieces,
	size_t from, size_t count)
{
	unsigned char sum[DIGEST_MAX_BYTES];

	for (size_t i = from; i < count; i++)
		digest_add(sha1, pieces[i].ptr, pieces[i].len);
	strbuf_adds(to, STR("WARC-Payload-Digest: sha1:"));
	digest_base32(to, sum, digest_end(sha1, sum));
	strbuf_adds(to, STR("\r\n"));
}

static void
add_rest(struct strbuf *to, struct strbuf *clean, const struct warc_head *h)
{
	add_field(to, clean, STR("WARC-IP-Address"), h->ip);
	for (size_t i = 0; i < sizeof(h->protocols) / sizeof(*h->protocols);
		i++)
		add_field(to, clean, STR("WARC-Protocol"), h->protocols[i]);
	add_field(to, clean, STR("WARC-Concurrent-To"), h->concurrent_to);
	add_field(to, clean, STR("WARC-Profile"), h->profile);
	add_field(to, clean, STR("WARC-Refers-To"), h->refers_to);
	add_field(to, clean, STR("WARC-Refers-To-Target-URI"),
		h->refers_to_uri);
	add_field(to, clean, STR("WARC-Refers-To-Date"), h->refers_to_date);
	add_field(to, clean, STR("WARC-Truncated"), h->truncated);
	if (h->link)
		add_link(to, clean, h->link);
	add_field(to, clean, STR("WARC-Stet-Via"), h->via);
	for (size_t i = 0; i < h->extra_count; i++)
		add_field(to, clean, h->extra[i].name, h->extra[i].value);
}

static void
add_head(struct warc_writer *out, struct strbuf *to,
	const struct warc_head *h, const struct str *pieces, size_t count)
{
	struct strbuf *clean = &out->clean;
	char date[ISOTIME_BYTES];
	uint64_t length = 0;

	for (size_t i = 0; i < count; i++)
		length += pieces[i].len;
	strbuf_adds(to, STR("WARC/1.1\r\n"));
	add_field(to, clean, STR("WARC-Type"), warc_type_name(h->type));
	add_field(to, clean, STR("WARC-Record-ID"), h->id);
	add_field(to, clean, STR("WARC-Date"),
		str_from(isotime_format(date, h->date_s)));
	add_field(to, clean, STR("WARC-Target-URI"), h->uri);
	if (h->payload_piece > 0)
		add_digest(to, out->sha1, pieces, h->payload_piece, count);
	add_rest(to, clean, h);
	add_field(to, clean, STR("Content-Type"), h->content_type);
	strbuf_addf(to, "Content-Length: %llu\r\n\r\n",
		(unsigned long long)length);
}

static int
write_all(struct warc_writer *out, struct iovec *v, int count, struct err *err)
{
	while (count > 0 && !out->failed_errno) {
		ssize_t got = writev(out->fd, v, count);

		if (got < 0 && errno != EINTR)
			out->failed_errno = errno;
		for (; got >= 0 && count > 0; v++, count--) {
			if ((size_t)got < v->iov_len) {
				v->iov_base = (char *)v->iov_base + got;
				v->iov_len -= (size_t)got;
				break;
			}
			got -= (ssize_t)v->iov_len;
		}
	}
	errno = out->failed_errno;
	return errno ? err_errno(err, "cannot write the WARC") : 0;
}

/* Writes the buffer, then the pieces. */
static int
write_pieces(struct warc_writer *out, const struct str *pieces, size_t count,
	struct err *err)
{
	enum { AT_ONCE = 16 };
	struct iovec v[AT_ONCE + 1];
	int used = 1;

	v[0] = (struct iovec){ out->buffer.ptr, out->buffer.len };
	for (size_t i = 0; i < count; i++) {
		v[used++] = (struct iovec){
			(char *)(uintptr_t)pieces[i].ptr, pieces[i].len };
		if (used <= AT_ONCE)
			continue;
		if (write_all(out, v, used, err) < 0)
			return -1;
		used = 0;
	}
	if (write_all(out, v, used, err) < 0)
		return -1;
	strbuf_reset(&out->buffer);
	return 0;
}

int
warc_writer_flush(struct warc_writer *out, struct err *err)
{
	return write_pieces(out, NULL, 0, err);
}

/* A record of its whole bytes. */
static void
add_record(struct warc_writer *out, struct strbuf *to,
	const struct warc_head *head, const struct str *pieces, size_t count)
{
	add_head(out, to, head, pieces, count);
	for (size_t i = 0; i < count; i++)
		strbuf_adds(to, pieces[i]);
	strbuf_adds(to, STR("\r\n\r\n"));
}

static void
pack(struct warc_writer *out, struct strbuf *to)
{
	if (out->gzip)
		gzip_member(to, out->gzip, strbuf_str(&out->record));
	else
		zstd_frame(to, out->zstd, strbuf_str(&out->record));
}

void
warc_encode(struct warc_writer *out, struct strbuf *to,
	const struct warc_head *head, const struct str *pieces, size_t count)
{
	if (!out->gzip && !out->zstd) {
		add_record(out, to, head, pieces, count);
		return;
	}
	strbuf_reset(&out->record);
	add_record(out, &out->record, head, pieces, count);
	pack(out, to);
}

/* Whether a field has its place in the head of a copy. */
static bool
has_place(struct str name)
{
	static const char *const names[] = { "WARC-Type", "WARC-Record-ID",
		"WARC-Date", "WARC-Target-URI", "Content-Type",
		"Content-Length" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq_nocase(name, str_from(names[i])))
			return true;
	return false;
}

static void
add_copy(struct strbuf *to, struct strbuf *clean, const struct warc_record *r)
{
	struct str type = warc_get(r, STR("WARC-Type"));
	struct str date = warc_get(r, STR("WARC-Date"));
	char made[ISOTIME_BYTES];

	strbuf_adds(to, STR("WARC/1.1\r\n"));
	add_field(to, clean, STR("WARC-Type"),
		type.len > 0 ? type : warc_type_name(r->type));
	add_field(to, clean, STR("WARC-Record-ID"), r->id);
	add_field(to, clean, STR("WARC-Date"), date.len > 0 ? date :
		str_from(isotime_format(made, r->date_s)));
	add_field(to, clean, STR("WARC-Target-URI"), r->uri);
	for (size_t i = 0; i < r->fields_count; i++)
		if (!has_place(r->fields[i].name))
			add_field(to, clean, r->fields[i].name,
				r->fields[i].value);
	add_field(to, clean, STR("Content-Type"), r->content_type);
	strbuf_addf(to, "Content-Length: %zu\r\n\r\n", r->block.len);
	strbuf_adds(to, r->block);
	strbuf_adds(to, STR("\r\n\r\n"));
}

void
warc_encode_copy(struct warc_writer *out, struct strbuf *to,
	const struct warc_record *record)
{
	if (!out->gzip && !out->zstd) {
		add_copy(to, &out->clean, record);
		return;
	}
	strbuf_reset(&out->record);
	add_copy(&out->record, &out->clean, record);
	pack(out, to);
}

int
warc_write_encoded(struct warc_writer *out, struct str bytes, struct err *err)
{
	if (bytes.len >= DIRECT_BYTES)
		return write_pieces(out, &bytes, 1, err);
	strbuf_adds(&out->buffer, bytes);
	if (out->buffer.len < BUFFER_BYTES && !out->failed_errno)
		return 0;
	return warc_writer_flush(out, err);
}

int
warc_write(struct warc_writer *out, const struct warc_head *head,
	const struct str *pieces, size_t count, struct err *err)
{
	size_t length = 0;

	for (size_t i = 0; i < count; i++)
		length += pieces[i].len;
	if (out->gzip || out->zstd || length < DIRECT_BYTES) {
		warc_encode(out, &out->buffer, head, pieces, count);
	} else {
		add_head(out, &out->buffer, head, pieces, count);
		if (write_pieces(out, pieces, count, err) < 0)
			return -1;
		strbuf_adds(&out->buffer, STR("\r\n\r\n"));
	}
	if (out->buffer.len < BUFFER_BYTES && !out->failed_errno)
		return 0;
	return warc_writer_flush(out, err);
}
