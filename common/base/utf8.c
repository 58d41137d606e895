#include "common/base/utf8.h"

#include <string.h>

/* The shape of a sequence, by its first byte. */
struct lead {
	unsigned more; /* continuation bytes */
	unsigned char low, high; /* bounds of the first of them */
	uint32_t bits; /* payload of the first byte */
};

static bool
lead_of(struct lead *out, unsigned char c)
{
	*out = (struct lead){ 0, 0x80, 0xbf, 0 };
	if (c >= 0xc2 && c <= 0xdf) {
		out->more = 1;
		out->bits = c & 0x1fu;
	} else if (c >= 0xe0 && c <= 0xef) {
		out->more = 2;
		out->bits = c & 0x0fu;
		out->low = c == 0xe0 ? 0xa0 : 0x80;
		out->high = c == 0xed ? 0x9f : 0xbf;
	} else if (c >= 0xf0 && c <= 0xf4) {
		out->more = 3;
		out->bits = c & 0x07u;
		out->low = c == 0xf0 ? 0x90 : 0x80;
		out->high = c == 0xf4 ? 0x8f : 0xbf;
	}
	return out->more > 0;
}

static void
advance(struct str *s, size_t n)
{
	if (n == 0) /* an empty view may have no pointer */
		return;
	s->ptr += n;
	s->len -= n;
}

uint32_t
utf8_decode(struct str *s)
{
	const unsigned char *p = (const unsigned char *)s->ptr;
	struct lead lead;
	uint32_t c;

	if (p[0] < 0x80) {
		c = p[0];
		advance(s, 1);
		return c;
	}
	if (!lead_of(&lead, p[0])) {
		advance(s, 1);
		return UTF8_BAD;
	}
	c = lead.bits;
	for (unsigned i = 1; i <= lead.more; i++) {
		if (i >= s->len || p[i] < lead.low || p[i] > lead.high) {
			advance(s, i);
			return UTF8_BAD;
		}
		c = c << 6 | (p[i] & 0x3fu);
		lead.low = 0x80;
		lead.high = 0xbf;
	}
	advance(s, lead.more + 1);
	return c;
}

size_t
utf8_encode(char out[4], uint32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

void
utf8_add(struct strbuf *b, uint32_t c)
{
	char bytes[4];

	strbuf_add(b, bytes, utf8_encode(bytes, c));
}

/* Bytes of ASCII at the start of s, 32 and then eight at a time. */
static size_t
ascii_run(struct str s)
{
	size_t i = 0;
	uint64_t word, words[4];

	while (i + sizeof(words) <= s.len) {
		memcpy(words, s.ptr + i, sizeof(words));
		if ((words[0] | words[1] | words[2] | words[3]) &
			0x8080808080808080u)
			break;
		i += sizeof(words);
	}
	while (i + sizeof(word) <= s.len) {
		memcpy(&word, s.ptr + i, sizeof(word));
		if (word & 0x8080808080808080u)
			break;
		i += sizeof(word);
	}
	while (i < s.len && (unsigned char)s.ptr[i] < 0x80)
		i++;
	return i;
}

struct str
utf8_skip_ascii(struct str s)
{
	advance(&s, ascii_run(s));
	return s;
}

size_t
utf8_valid_len(struct str s)
{
	struct str rest = s;

	for (;;) {
		const char *before;

		advance(&rest, ascii_run(rest));
		if (!rest.len)
			return s.len;
		before = rest.ptr;
		if (utf8_decode(&rest) == UTF8_BAD)
			return (size_t)(before - s.ptr);
	}
}

bool
utf8_valid(struct str s)
{
	return utf8_valid_len(s) == s.len;
}

size_t
utf8_clean(struct strbuf *out, struct str s)
{
	size_t replaced = 0;

	for (;;) {
		size_t good = utf8_valid_len(s);

		strbuf_add(out, s.ptr, good);
		advance(&s, good);
		if (!s.len)
			return replaced;
		utf8_decode(&s);
		strbuf_add(out, "\xef\xbf\xbd", 3);
		replaced++;
	}
}

size_t
utf8_count(struct str s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.len; i++)
		count += ((unsigned char)s.ptr[i] & 0xc0) != 0x80;
	return count;
}

struct str
utf8_cut(struct str s, size_t max)
{
	if (s.len <= max)
		return s;
	while (max && ((unsigned char)s.ptr[max] & 0xc0) == 0x80)
		max--;
	return str_sub(s, 0, max);
}

bool
utf8_steers(uint32_t c)
{
	static const uint32_t ranges[][2] = { { 0x7f, 0x9f }, { 0xad, 0xad },
		{ 0x61c, 0x61c }, { 0x180e, 0x180e }, { 0x200b, 0x200b },
		{ 0x200e, 0x200f }, { 0x2028, 0x202e }, { 0x2060, 0x206f },
		{ 0xfeff, 0xfeff }, { 0xfff9, 0xfffb }, { 0x110bd, 0x110bd },
		{ 0x110cd, 0x110cd }, { 0x13430, 0x1343f },
		{ 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a },
		{ 0xe0000, 0xe007f } };

	if (c < 0x20)
		return c != '\n' && c != '\t';
	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (c >= ranges[i][0] && c <= ranges[i][1])
			return true;
	return c == UTF8_BAD;
}

void
utf8_add_visible(struct strbuf *out, struct str s)
{
	while (s.len > 0) {
		uint32_t c = utf8_decode(&s);

		if (c == UTF8_BAD)
			utf8_add(out, 0xfffd);
		else if (utf8_steers(c))
			strbuf_addf(out, "<U+%04X>", (unsigned)c);
		else
			utf8_add(out, c);
	}
}
