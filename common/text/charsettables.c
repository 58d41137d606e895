/*
 * The decoders. A single-byte encoding is a table of 128 characters, asked of
 * iconv once and set right where the standard differs; UTF-16 is decoded by
 * hand; only the CJK encodings go through iconv, a new descriptor each time,
 * since a descriptor belongs to one thread. The descriptors that charset_init
 * opens stay open: they keep the modules loaded, so that iconv_open needs no
 * file later.
 */
#include "common/text/charsettables.h"

#include <errno.h>
#include <iconv.h>
#include <string.h>

#include "common/base/utf8.h"

enum { HALF = 128, CONVERT_BYTES = 8 << 10 };

#define BAD 0xfffd

static uint16_t single[ENCODINGS][HALF];
static bool is_single[ENCODINGS];

/* Where iconv's tables differ from the standard's indexes. */
static const struct {
	enum encoding encoding;
	unsigned char byte;
	uint16_t character;
} differences[] = {
	{ ENCODING_KOI8_U, 0xae, 0x045e },
	{ ENCODING_KOI8_U, 0xbe, 0x040e },
	{ ENCODING_MACINTOSH, 0xc6, 0x2206 },
	{ ENCODING_MACINTOSH, 0xf0, 0xf8ff },
	{ ENCODING_WINDOWS_1255, 0xca, 0x05ba },
	{ ENCODING_X_MAC_CYRILLIC, 0xff, 0x20ac },
};

static bool
is_multibyte(enum encoding e)
{
	return e >= ENCODING_GBK && e <= ENCODING_EUC_KR;
}

/*
 * All bytes in one text, each on a line of its own, so that none composes
 * with its neighbour. U+FFFD stands for none; C1 stays where it is undefined.
 */
static void
make_table(enum encoding e, iconv_t cd)
{
	char in[2 * HALF], out[8 * HALF], *from = in, *to = out;
	size_t in_left = sizeof(in), out_left = sizeof(out);
	struct str text, line;

	for (unsigned i = 0; i < HALF; i++) {
		in[2 * i] = (char)(HALF + i);
		in[2 * i + 1] = '\n';
	}
	while (in_left > 0 && iconv(cd, &from, &in_left, &to, &out_left) ==
			(size_t)-1) {
		from++; /* the byte is no character; its line is empty */
		in_left--;
	}
	text = (struct str){ out, (size_t)(to - out) };
	for (unsigned i = 0; i < HALF; i++) {
		str_cut(&line, &text, '\n');
		single[e][i] = line.len ? (uint16_t)utf8_decode(&line) :
			i < 0xa0 - HALF ? (uint16_t)(HALF + i) : BAD;
	}
	is_single[e] = true;
}

/* Held so that glibc keeps their modules: none can be loaded later. */
static iconv_t held_open[ENCODINGS];

void
charset_init(void)
{
	size_t n = sizeof(differences) / sizeof(*differences);
	iconv_t cd;

	for (int e = ENCODING_IBM866; e < ENCODINGS; e++) {
		const char *name = charset_iconv_name((enum encoding)e);

		if (*name == '\0')
			continue;
		cd = iconv_open("UTF-8", name);
		if (cd == (iconv_t)-1)
			continue;
		if (is_multibyte((enum encoding)e)) {
			held_open[e] = cd;
			continue;
		}
		make_table((enum encoding)e, cd);
		iconv_close(cd);
	}
	for (unsigned i = 0; i < HALF; i++)
		single[ENCODING_X_USER_DEFINED][i] = (uint16_t)(0xf780 + i);
	is_single[ENCODING_X_USER_DEFINED] = true;
	for (size_t i = 0; i < n; i++)
		single[differences[i].encoding][differences[i].byte - HALF] =
			differences[i].character;
}

const uint16_t *
charset_single_bytes(enum encoding encoding)
{
	return is_single[encoding] ? single[encoding] : NULL;
}

static size_t
convert_single(struct strbuf *out, const uint16_t *high, struct str s)
{
	size_t replaced = 0, start = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c < HALF)
			continue;
		strbuf_add(out, s.ptr + start, i - start);
		start = i + 1;
		replaced += high[c - HALF] == BAD;
		utf8_add(out, high[c - HALF]);
	}
	strbuf_add(out, s.ptr + start, s.len - start);
	return replaced;
}

static uint32_t
unit(const char *p, bool big)
{
	uint32_t a = (unsigned char)p[0], b = (unsigned char)p[1];

	return big ? a << 8 | b : b << 8 | a;
}

/* Encoding 14.2.1, shared UTF-16 decoder. */
static size_t
convert_utf16(struct strbuf *out, bool big, struct str s)
{
	size_t replaced = 0, i;
	uint32_t c, low;

	for (i = 0; i + 1 < s.len; i += 2) {
		c = unit(s.ptr + i, big);
		if (c >= 0xd800 && c < 0xdc00 && i + 3 < s.len) {
			low = unit(s.ptr + i + 2, big);
			if (low >= 0xdc00 && low < 0xe000) {
				c = 0x10000 + ((c - 0xd800) << 10) +
					(low - 0xdc00);
				i += 2;
			}
		}
		if (c >= 0xd800 && c < 0xe000) {
			c = BAD;
			replaced++;
		}
		utf8_add(out, c);
	}
	if (i < s.len) {
		utf8_add(out, BAD);
		replaced++;
	}
	return replaced;
}

/*
 * Past a sequence that iconv refuses, as the standard's decoders do: the lead
 * byte goes, and its trail with it unless that is ASCII, which stands for
 * itself. Returns what to put in its place.
 */
static uint32_t
past_bad(enum encoding e, char **from, size_t *left)
{
	unsigned char lead = (unsigned char)**from;
	size_t n = *left > 1 && lead > 0x80 && (unsigned char)(*from)[1] >= 0x80
		? 2 : 1;

	if (lead == 0x80 && (e == ENCODING_GBK || e == ENCODING_GB18030)) {
		n = 1;
		*from += n;
		*left -= n;
		return 0x20ac;
	}
	*from += n;
	*left -= n;
	return BAD;
}

static size_t
convert_iconv(struct strbuf *out, enum encoding e, struct str s)
{
	iconv_t cd = iconv_open("UTF-8", charset_iconv_name(e));
	char *from = (char *)(uintptr_t)s.ptr, piece[CONVERT_BYTES], *to;
	size_t left = s.len, space, replaced = 0, rc;
	uint32_t c;

	if (cd == (iconv_t)-1)
		return utf8_clean(out, s);
	while (left > 0 && !strbuf_overflowed(out)) {
		to = piece;
		space = sizeof(piece);
		rc = iconv(cd, &from, &left, &to, &space);
		strbuf_add(out, piece, (size_t)(to - piece));
		if (rc != (size_t)-1 || errno == E2BIG)
			continue;
		c = past_bad(e, &from, &left);
		replaced += c == BAD;
		utf8_add(out, c);
	}
	iconv_close(cd);
	return replaced;
}

size_t
charset_convert(struct strbuf *out, enum encoding encoding, struct str body)
{
	if (encoding == ENCODING_REPLACEMENT) {
		if (body.len > 0)
			utf8_add(out, BAD);
		return body.len > 0;
	}
	if (encoding == ENCODING_UTF_16BE || encoding == ENCODING_UTF_16LE)
		return convert_utf16(out, encoding == ENCODING_UTF_16BE, body);
	if (is_single[encoding])
		return convert_single(out, single[encoding], body);
	if (is_multibyte(encoding))
		return convert_iconv(out, encoding, body);
	return utf8_clean(out, body);
}
