/* The base layer: views, buffers, arenas, numbers, times, UTF-8, digests. */
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "common/base/arena.h"
#include "common/base/digest.h"
#include "common/base/err.h"
#include "common/base/isotime.h"
#include "common/base/linebuf.h"
#include "common/base/number.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "tests/unit/test.h"

static void
test_str(void)
{
	struct str head, rest = STR("a=b=c"), field, none = STR("");
	size_t fields = 0;

	TEST(str_cut(&head, &rest, '=') && str_eq(head, STR("a")) &&
			str_eq(rest, STR("b=c")),
		"str_cut splits at the first byte");
	rest = STR("x,,y");
	while (str_field(&field, &rest, ','))
		fields++;
	TEST(fields == 3, "str_field gives empty fields too");
	TEST(str_field(&field, &none, ',') && !str_field(&field, &none, ','),
		"an empty string has one field");
	TEST(str_find(STR("abcabc"), STR("ca")) == 2, "str_find");
	TEST(str_find(STR("ab"), STR("abc")) == -1, "str_find without a hit");
	TEST(str_starts_nocase(STR("HTTP://x"), STR("http:")),
		"prefix without case");
	TEST(str_eq(str_trim(STR(" \t a b\r\n")), STR("a b")), "str_trim");
	TEST(str_cmp(STR("a"), STR("ab")) < 0 &&
			str_cmp(STR("b"), STR("ab")) > 0 &&
			str_cmp(STR("\xff"), STR("a")) > 0,
		"str_cmp orders bytes as unsigned");
	TEST(str_sub(STR("abc"), 5, 2).len == 0, "str_sub is clamped");
}

static void
test_strbuf(void)
{
	struct strbuf b;

	strbuf_init(&b, 8);
	TEST(b.ptr && b.ptr[0] == '\0', "an empty buffer is a string");
	strbuf_addf(&b, "%d", 12345);
	strbuf_adds(&b, STR("678"));
	TEST(str_eq(strbuf_str(&b), STR("12345678")) && !b.overflowed,
		"a buffer can be filled to its maximum");
	strbuf_addc(&b, '9');
	strbuf_reset(&b);
	strbuf_adds(&b, STR("123456789"));
	TEST(strbuf_overflowed(&b) && b.len == 0, "more than that overflows");
	strbuf_reset(&b);
	strbuf_adds(&b, STR("abcdef"));
	strbuf_cut(&b, 3);
	TEST(str_eq(strbuf_str(&b), STR("abc")), "a buffer is cut");
	strbuf_release(&b);
}

static void
test_arena(void)
{
	struct arena a;
	char *p, *q;

	arena_init(&a, 1 << 20);
	p = arena_alloc(&a, 100);
	memset(p, 7, 100);
	q = arena_grow(&a, p, 100, 300);
	TEST(q == p, "the last allocation grows in place");
	arena_alloc(&a, 1);
	q = arena_grow(&a, p, 300, 500);
	TEST(q && q != p && q[99] == 7, "another one moves with its bytes");
	TEST(arena_alloc(&a, 2 << 20) == NULL, "over the cap is NULL");
	TEST(arena_calloc(&a, SIZE_MAX / 2, 4) == NULL, "overflow is NULL");
	arena_reset(&a);
	TEST(a.used_bytes == 0 && arena_alloc(&a, 1 << 19),
		"reset gives the room back");
	arena_release(&a);
}

static void
test_numbers(void)
{
	int64_t n;

	TEST(number_parse(&n, STR("9223372036854775807"), 0, INT64_MAX) == 0 &&
			n == INT64_MAX,
		"the largest number");
	TEST(number_parse(&n, STR("-9223372036854775808"), INT64_MIN, 0) == 0 &&
			n == INT64_MIN,
		"the smallest number");
	TEST(number_parse(&n, STR("9223372036854775808"), 0, INT64_MAX) < 0,
		"one more is refused");
	TEST(number_parse(&n, STR(""), 0, 1) < 0 &&
			number_parse(&n, STR("1 "), 0, 1) < 0 &&
			number_parse(&n, STR("+1"), 0, 1) < 0 &&
			number_parse(&n, STR("2"), 0, 1) < 0,
		"empty, blank, plus and out of range are refused");
	TEST(number_parse_size(&n, STR("16M"), 0, INT64_MAX) == 0 &&
			n == 16 << 20,
		"a size with a suffix");
	TEST(number_parse_size(&n, STR("9999999999G"), 0, INT64_MAX) < 0,
		"a size that overflows is refused");
}

struct time_case {
	const char *text;
	int64_t seconds; /* -1: refused */
};

static void
test_times(void)
{
	static const struct time_case cases[] = {
		{ "1970-01-01T00:00:00Z", 0 },
		{ "2026-11-23T05:22:00Z", 1795411320 },
		{ "2026-11-23T06:22:00+01:00", 1795411320 },
		{ "2026-11-23T06:22+0100", 1795411320 },
		{ "2000-02-29", 951782400 },
		{ "1900-02-29", -1 },
		{ "2026-13-01", -1 },
		{ "2026-01-01T24:00:00Z", -1 },
		{ "2026-01-01T10:00:00Zz", -1 },
		{ "2026", 1767225600 },
		{ "20", -1 },
		{ "", -1 },
	};
	char text[ISOTIME_BYTES], mail[ISOTIME_RFC822_BYTES];
	int64_t s;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (isotime_parse(&s, str_from(cases[i].text)) < 0)
			s = -1;
		TEST(s == cases[i].seconds, "time '%s'", cases[i].text);
	}
	TEST(!strcmp(isotime_format(text, 1795411320),
		     "2026-11-23T05:22:00Z"),
		"a time is written as RFC 3339");
	TEST(!strcmp(isotime_rfc822(mail, 1795411320),
		     "Mon, 23 Nov 2026 05:22:00 GMT"),
		"a time is written as RFC 822");
	for (s = -99999999999; s < 99999999999; s += 8640007) {
		struct civil c = isotime_split(s);

		if (isotime_join(&c) != s || !isotime_valid(&c))
			break;
	}
	TEST(s >= 99999999999, "split and join are each other's inverse");
}

static void
test_utf8(void)
{
	struct strbuf out;

	strbuf_init(&out, 1000);
	TEST(utf8_valid(STR("gr\xc3\xbc\xc3\x9f \xf0\x9f\x90\x81")), "UTF-8");
	TEST(!utf8_valid(STR("\xc0\x80")) && !utf8_valid(STR("\xed\xa0\x80")) &&
			!utf8_valid(STR("\xf4\x90\x80\x80")) &&
			!utf8_valid(STR("\xe2\x82")),
		"overlong, surrogate, too large and cut are bad");
	TEST(utf8_clean(&out, STR("a\xff"
				  "b\xe2\x82"
				  "c")) == 2 &&
			str_eq(strbuf_str(&out),
				STR("a\xef\xbf\xbd"
				    "b\xef\xbf\xbd"
				    "c")),
		"bad sequences become U+FFFD, one for a maximal subpart");
	TEST(utf8_cut(STR("a\xc3\xbc"), 2).len == 1,
		"a cut falls between characters");
	TEST(utf8_count(STR("a\xc3\xbc\xf0\x9f\x90\x81")) == 3, "a count");
	strbuf_release(&out);
}

static void
test_digest(void)
{
	unsigned char sum[DIGEST_MAX_BYTES];
	struct strbuf out;

	strbuf_init(&out, 1000);
	digest_sha1(sum, STR(""));
	digest_base32(&out, sum, DIGEST_SHA1_BYTES);
	TEST(str_eq(strbuf_str(&out), STR("3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")),
		"SHA-1 of nothing in base32");
	strbuf_reset(&out);
	digest_sha256(sum, STR("abc"));
	digest_hex(&out, sum, 4);
	TEST(str_eq(strbuf_str(&out), STR("ba7816bf")), "SHA-256 in hex");
	strbuf_reset(&out);
	digest_base32(&out, (const unsigned char *)"fo", 2);
	TEST(str_eq(strbuf_str(&out), STR("MZXQ")), "base32 of a short tail");
	strbuf_release(&out);
}

static void
test_lines(void)
{
	struct linebuf in;
	struct str line;
	struct err err;
	int fds[2];

	if (pipe(fds) < 0)
		return;
	TEST(write(fds[1], "one\r\ntoolongline\nlast", 21) == 21, "a pipe");
	close(fds[1]);
	linebuf_init(&in, fds[0], 6);
	TEST(linebuf_next(&in, &line, &err) == LINEBUF_LINE &&
			str_eq(line, STR("one")),
		"a line without its CRLF");
	TEST(linebuf_next(&in, &line, &err) == LINEBUF_LONG &&
			str_eq(line, STR("toolon")) && in.number == 2,
		"a line over the maximum is cut and reported once");
	TEST(linebuf_next(&in, &line, &err) == LINEBUF_LINE &&
			str_eq(line, STR("last")) &&
			linebuf_next(&in, &line, &err) == LINEBUF_END,
		"the last line may lack its newline");
	linebuf_release(&in);
	close(fds[0]);
}

int
main(void)
{
	test_str();
	test_strbuf();
	test_arena();
	test_numbers();
	test_times();
	test_utf8();
	test_digest();
	test_lines();
	return test_done();
}
