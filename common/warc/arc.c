#include "common/warc/arc.h"

#include "common/base/ascii.h"
#include "common/base/digest.h"
#include "common/base/isotime.h"
#include "common/base/number.h"

/* "20041007150425" and what is shorter or longer of it. */
static int
parse_date(int64_t *out, struct str s)
{
	static const unsigned char widths[] = { 4, 2, 2, 2, 2, 2 };
	int64_t parts[6] = { 0, 1, 1, 0, 0, 0 };
	struct civil civil;

	if (s.len < 8 || s.len > 17)
		return -1;
	for (size_t i = 0; i < s.len; i++)
		if (!ascii_digit(s.ptr[i]))
			return -1;
	for (size_t i = 0, at = 0; i < 6 && at < s.len; at += widths[i++])
		if (number_parse(&parts[i], str_sub(s, at, widths[i]), 0,
			    9999) < 0)
			return -1;
	civil = (struct civil){ .year = parts[0], .month = (int)parts[1],
		.day = (int)parts[2], .hour = (int)parts[3],
		.minute = (int)parts[4], .second = (int)parts[5] };
	if (!isotime_valid(&civil))
		return -1;
	*out = isotime_join(&civil);
	return 0;
}

/* "192.0.2.1", "2001:db8::1", "-", or "0.0.0.0" of the file itself. */
static bool
is_address(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (ascii_hex(s.ptr[i]) < 0 && s.ptr[i] != '.' &&
			s.ptr[i] != ':')
			return str_eq(s, STR("-"));
	return s.len > 0;
}

/* The scheme of an absolute address. */
static bool
is_address_of_page(struct str s)
{
	ptrdiff_t colon = str_find_byte(s, ':');

	if (colon <= 0 || !ascii_alpha(s.ptr[0]))
		return false;
	for (ptrdiff_t i = 0; i < colon; i++)
		if (!ascii_alnum(s.ptr[i]) && !memchr("+-.", s.ptr[i], 3))
			return false;
	return true;
}

/* *s up to its next blank, and *s after it; false at its end. */
static bool
take_word(struct str *word, struct str *s)
{
	if (s->len == 0)
		return false;
	str_cut(word, s, ' ');
	return true;
}

int
arc_parse(struct arc_head *out, struct str line)
{
	struct str rest, before = STR(""), word = STR("");
	ptrdiff_t last;

	line = str_trim(line);
	last = str_find_last(line, ' ');
	if (last < 0 || !is_address_of_page(line) ||
		number_parse(&out->length, str_sub(line, (size_t)last + 1,
			line.len), 0, INT64_MAX) < 0)
		return -1;
	line = str_sub(line, 0, (size_t)last);
	rest = line;
	take_word(&before, &rest);
	before = STR("");
	while (take_word(&word, &rest)) {
		if (before.len > 0 && is_address(before) &&
			parse_date(&out->date_s, word) == 0) {
			out->ip = before;
			out->date = word;
			out->uri = str_trim(str_sub(line, 0,
				(size_t)(before.ptr - line.ptr)));
			str_cut(&out->content_type, &rest, ' ');
			return 0;
		}
		before = word;
	}
	return -1;
}

bool
arc_begins(struct str s)
{
	struct arc_head head;
	ptrdiff_t newline = str_find_byte(s, '\n');

	return newline > 0 &&
		arc_parse(&head, str_sub(s, 0, (size_t)newline)) == 0;
}

/* Appends the id to the storage; returns where it begins. */
static size_t
add_id(struct warc_record *r)
{
	unsigned char sum[DIGEST_SHA1_BYTES];
	size_t at = r->storage.len;

	digest_sha1(sum, strbuf_str(&r->storage));
	strbuf_adds(&r->storage, STR("<urn:sha1:"));
	digest_base32(&r->storage, sum, sizeof(sum));
	strbuf_addc(&r->storage, '>');
	return at;
}

void
arc_fill(struct warc_record *r, size_t block_at)
{
	size_t id_at = add_id(r);
	struct str all = strbuf_str(&r->storage), line = all;
	struct arc_head head;

	str_cut(&line, &all, '\n');
	if (arc_parse(&head, line) < 0)
		return;
	all = strbuf_str(&r->storage);
	r->id = str_sub(all, id_at, all.len);
	r->block = str_sub(all, block_at, id_at - block_at);
	r->uri = head.uri;
	r->date = head.date;
	r->date_s = head.date_s;
	r->content_type = head.content_type;
	r->fields[0] = (struct warc_field){ STR("WARC-IP-Address"), head.ip };
	r->fields_count = 1;
	r->type = WARC_RESOURCE;
	if (str_starts_nocase(head.uri, STR("filedesc:"))) {
		r->type = WARC_INFO;
	} else if (str_starts_nocase(r->block, STR("HTTP/"))) {
		r->type = WARC_RESPONSE;
		r->content_type = WARC_HTTP_RESPONSE;
	}
}
