/* UTF-8: every character, every sequence of two bytes, and many longer ones
 * against the definition of RFC 3629 written another way. */
#include "common/base/utf8.h"

#include <string.h>

#include "tests/unit/test.h"

/* The character at the start of p, of at most n bytes, by trying all lengths;
 * 0 bytes: none. */
static size_t
reference(uint32_t *c, const unsigned char *p, size_t n)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = p[0] < 0x80 ? 1 : p[0] >> 5 == 6 ? 2 :
		p[0] >> 4 == 14	? 3 : p[0] >> 3 == 30 ? 4 : 0;

	if (len == 0 || len > n)
		return 0;
	*c = len == 1 ? p[0] : p[0] & (0xffu >> (len + 1));
	for (size_t i = 1; i < len; i++) {
		if (p[i] >> 6 != 2)
			return 0;
		*c = *c * 64 + (p[i] & 63u);
	}
	if (*c < least[len] || *c > 0x10ffff || *c >> 11 == 27)
		return 0;
	return len;
}

/* Whether decoding the bytes does as the reference says. */
static int
differs(const unsigned char *bytes, size_t n)
{
	struct str s = { (const char *)bytes, n };
	uint32_t want = 0, c = utf8_decode(&s);
	size_t len = reference(&want, bytes, n);

	if (len > 0)
		return c != want || s.len != n - len;
	return c != UTF8_BAD || s.len >= n;
}

static void
test_all_characters(void)
{
	int wrong = 0;
	char bytes[4];

	for (uint32_t c = 0; c <= 0x10ffff; c++) {
		struct str s = { bytes, utf8_encode(bytes, c) };

		if (c >= 0xd800 && c <= 0xdfff) {
			wrong += utf8_valid(s);
			continue;
		}
		wrong += s.len != (c < 0x80 ? 1 : c < 0x800 ? 2 :
				c < 0x10000 ? 3 : 4);
		wrong += !utf8_valid(s) || utf8_decode(&s) != c || s.len != 0;
	}
	TEST(wrong == 0, "%d characters do not come back", wrong);
}

static void
test_sequences(void)
{
	static const unsigned char odd[] = { 0x00, 0x7f, 0x80, 0x8f, 0x90,
		0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
		0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff };
	enum { ODD = sizeof(odd) };
	unsigned char bytes[5] = "";
	int wrong = 0;

	for (unsigned a = 0; a < 65536; a++) {
		bytes[0] = (unsigned char)(a >> 8);
		bytes[1] = (unsigned char)a;
		wrong += differs(bytes, 2) + differs(bytes, 1);
	}
	for (unsigned n = 0; n < ODD * ODD * ODD * ODD; n++) {
		bytes[0] = odd[n % ODD];
		bytes[1] = odd[n / ODD % ODD];
		bytes[2] = odd[n / ODD / ODD % ODD];
		bytes[3] = odd[n / ODD / ODD / ODD];
		wrong += differs(bytes, 4) + differs(bytes, 3);
	}
	TEST(wrong == 0, "%d sequences are read in another way", wrong);
}

/* A long text with one bad byte at each place, and without. */
static void
test_runs(void)
{
	char text[100];
	int wrong = 0;

	memset(text, 'a', sizeof(text));
	for (size_t len = 0; len < sizeof(text); len++) {
		struct str s = { text, len };

		wrong += utf8_valid_len(s) != len ||
			utf8_skip_ascii(s).len != 0 || utf8_count(s) != len;
		for (size_t at = 0; at < len; at++) {
			text[at] = (char)0xff;
			wrong += utf8_valid_len(s) != at || utf8_valid(s) ||
				utf8_skip_ascii(s).len != len - at;
			text[at] = 'a';
		}
	}
	TEST(wrong == 0, "runs of ASCII: %d wrong", wrong);
	TEST(utf8_valid((struct str){ NULL, 0 }), "no bytes are valid");
}

static void
test_clean_and_cut(void)
{
	struct strbuf out;
	struct str s = STR("a\xc3\xbc\xf0\x9f\x90\x81z");

	strbuf_init(&out, 100);
	TEST(utf8_clean(&out, STR("\xf0\x9f\x90x\xe2\x82y\xff\xc3")) == 4 &&
			str_eq(strbuf_str(&out), STR("\xef\xbf\xbdx\xef\xbf\xbd"
				"y\xef\xbf\xbd\xef\xbf\xbd")),
		"a sequence that is cut is one bad one");
	strbuf_reset(&out);
	TEST(utf8_clean(&out, s) == 0 && str_eq(strbuf_str(&out), s),
		"what is good stays");
	strbuf_reset(&out);
	utf8_add(&out, 0x20ac);
	TEST(str_eq(strbuf_str(&out), STR("\xe2\x82\xac")), "one is added");
	TEST(utf8_cut(s, 0).len == 0 && utf8_cut(s, 1).len == 1 &&
			utf8_cut(s, 2).len == 1 && utf8_cut(s, 3).len == 3 &&
			utf8_cut(s, 6).len == 3 && utf8_cut(s, 7).len == 7 &&
			utf8_cut(s, 8).len == 8 && utf8_cut(s, 9).len == 8,
		"a text is cut between characters");
	strbuf_release(&out);
}

int
main(void)
{
	test_all_characters();
	test_sequences();
	test_runs();
	test_clean_and_cut();
	return test_done();
}
