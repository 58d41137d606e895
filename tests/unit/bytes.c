/* Views, buffers, arenas, lines and numbers at their edges. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/base/arena.h"
#include "common/base/ascii.h"
#include "common/base/digest.h"
#include "common/base/err.h"
#include "common/base/ids.h"
#include "common/base/linebuf.h"
#include "common/base/number.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "tests/unit/test.h"

static void
test_ascii(void)
{
	int wrong = 0;

	for (int i = 0; i < 256; i++) {
		char c = (char)i;
		bool digit = i >= 48 && i <= 57, upper = i >= 65 && i <= 90;
		bool lower = i >= 97 && i <= 122;
		const char *hex = i ? strchr("0123456789abcdefABCDEF", i) : NULL;
		long value = hex ? hex - (strchr("0123456789abcdefABCDEF", '0'))
				 : -1;

		wrong += ascii_digit(c) != digit || ascii_upper(c) != upper ||
			ascii_lower(c) != lower ||
			ascii_alpha(c) != (upper || lower) ||
			ascii_alnum(c) != (upper || lower || digit) ||
			ascii_space(c) != (i == 32 || (i >= 9 && i <= 13)) ||
			ascii_control(c) != (i < 32 || i == 127) ||
			ascii_to_lower(c) != (upper ? (char)(i + 32) : c) ||
			ascii_to_upper(c) != (lower ? (char)(i - 32) : c) ||
			ascii_hex(c) != (value > 15 ? value - 6 : value);
	}
	TEST(wrong == 0, "%d bytes are in another class", wrong);
}

/* All pairs of short texts of two letters, against searching by hand. */
static ptrdiff_t
find(struct str s, struct str needle, bool nocase)
{
	for (size_t i = 0; i + needle.len <= s.len; i++) {
		size_t j = 0;

		while (j < needle.len && (s.ptr[i + j] == needle.ptr[j] ||
				(nocase && (s.ptr[i + j] ^ needle.ptr[j]) == 32)))
			j++;
		if (j == needle.len)
			return (ptrdiff_t)i;
	}
	return -1;
}

static int
wrong_pair(struct str s, struct str t)
{
	ptrdiff_t at = find(s, t, false), any = find(s, t, true);
	struct str end = str_sub(s, s.len - (t.len < s.len ? t.len : s.len), 9);
	size_t n = s.len < t.len ? s.len : t.len;
	int order = n ? memcmp(s.ptr, t.ptr, n) : 0;

	if (order == 0)
		order = s.len < t.len ? -1 : s.len > t.len;
	return str_find(s, t) != at || str_find_nocase(s, t) != any ||
		str_starts(s, t) != (at == 0) ||
		str_starts_nocase(s, t) != (any == 0) ||
		str_eq(s, t) != (at == 0 && s.len == t.len) ||
		str_eq_nocase(s, t) != (any == 0 && s.len == t.len) ||
		str_ends(s, t) != str_eq(end, t) ||
		str_ends_nocase(s, t) != (s.len >= t.len &&
						 find(end, t, true) == 0) ||
		(str_cmp(s, t) > 0) != (order > 0) ||
		(str_cmp(s, t) < 0) != (order < 0);
}

static void
test_pairs(void)
{
	static const char letters[] = "aAb";
	char texts[121][5];
	size_t lengths[121], count = 0;
	int wrong = 0;

	for (size_t len = 0; len <= 4; len++)
		for (size_t n = 0; n < (size_t[]){ 1, 3, 9, 27, 81 }[len];
			n++) {
			size_t rest = n;

			for (size_t i = 0; i < len; i++, rest /= 3)
				texts[count][i] = letters[rest % 3];
			lengths[count++] = len;
		}
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < count; j++)
			wrong += wrong_pair((struct str){ texts[i], lengths[i] },
				(struct str){ texts[j], lengths[j] });
	TEST(count == 121 && wrong == 0, "%d pairs of texts are wrong", wrong);
}

static void
test_views(void)
{
	struct str s = STR("abcde"), rest = STR("x"), head;

	TEST(str_sub(s, 1, 2).ptr == s.ptr + 1 && str_sub(s, 1, 2).len == 2 &&
			str_sub(s, 4, 9).len == 1 && str_sub(s, 5, 1).len == 0,
		"parts of a view");
	TEST(str_sub((struct str){ NULL, 0 }, 0, 1).len == 0, "of nothing");
	TEST(str_find_byte(s, 'c') == 2 && str_find_byte(s, 'x') == -1 &&
			str_find_last(STR("aba"), 'a') == 2 &&
			str_find_last(s, 'x') == -1 &&
			str_find_byte(STR(""), 'x') == -1,
		"bytes are found from both sides");
	TEST(str_trim(STR("   ")).len == 0 && str_trim(STR("\v\fa")).len == 1,
		"white space alone is nothing");
	TEST(!str_cut(&head, &rest, ',') && str_eq(head, STR("x")) &&
			rest.len == 0 && rest.ptr,
		"without the byte all of it is the head");
	TEST(str_from(NULL).len == 0 && str_from(NULL).ptr, "NULL is empty");
}

static void
test_buffer(void)
{
	struct strbuf b;
	int wrong = 0;

	for (size_t max = 0; max < 140; max++) {
		strbuf_init(&b, max);
		for (size_t i = 0; i < max; i++)
			strbuf_addc(&b, 'x');
		wrong += b.overflowed || b.len != max || b.ptr[max];
		strbuf_addf(&b, "%d", 7);
		wrong += !strbuf_overflowed(&b) || b.len != max ||
			b.ptr[b.len];
		strbuf_reset(&b);
		wrong += b.overflowed || b.len;
		strbuf_addf(&b, "%0*d", (int)max, 7);
		wrong += max > 0 && (b.overflowed || b.len != max ||
			b.ptr[max - 1] != '7' || b.ptr[max]);
		strbuf_cut(&b, max / 2);
		wrong += b.len != max / 2 || b.ptr[b.len];
		strbuf_cut(&b, max);
		wrong += b.len != max / 2;
		strbuf_release(&b);
		wrong += b.cap != 0 || b.max != max;
	}
	TEST(wrong == 0, "buffers of each small maximum: %d wrong", wrong);
	strbuf_init(&b, 10);
	TEST(!strbuf_room(&b, 11) && strbuf_overflowed(&b), "no room");
	TEST(!strbuf_room(&b, 1), "nor after that");
	strbuf_release(&b);
}

static void
test_arena_edges(void)
{
	struct arena a;
	char *p, *q;
	int wrong = 0;

	arena_init(&a, 4096);
	for (size_t n = 0; n < 4096 / 16; n++) {
		p = arena_alloc(&a, 1 + n % 16);
		wrong += !p || (uintptr_t)p % 16;
		if (p)
			memset(p, 1, 1 + n % 16);
	}
	TEST(wrong == 0, "an arena can be filled to its cap");
	TEST(!arena_alloc(&a, 1) && !arena_dup(&a, STR("x")).ptr &&
			!arena_calloc(&a, 1, 1),
		"and no further");
	arena_reset(&a);
	p = arena_calloc(&a, 16, 16);
	for (size_t i = 0; i < 256; i++)
		wrong += p[i] != 0;
	TEST(wrong == 0, "it is cleared where asked for");
	q = arena_grow(&a, p, 256, 4096);
	TEST(q == p && !arena_grow(&a, q, 4096, 4097), "it grows to its cap");
	TEST(arena_grow(&a, q, 4096, 4090) == q, "shrinking moves nothing");
	arena_release(&a);
	arena_init(&a, 64 << 20);
	p = arena_alloc(&a, 60 * 1024);
	memset(p, 5, 60 * 1024);
	q = arena_grow(&a, p, 60 * 1024, 70 * 1024);
	TEST(q && q != p && q[60 * 1024 - 1] == 5, "what does not fit moves");
	TEST(arena_alloc(&a, 9 << 20) && a.used_bytes > 9 << 20, "a huge one");
	arena_reset(&a);
	TEST(!a.chunk, "is given back");
	TEST(str_eq(arena_dup(&a, STR("ab")), STR("ab")) &&
			arena_dup(&a, STR("ab")).ptr[2] == '\0',
		"a copy ends in NUL");
	arena_release(&a);
}

static void
test_numbers(void)
{
	struct {
		const char *text;
		int64_t min, max, want; /* want -99: refused */
	} cases[] = {
		{ "0", 0, 0, 0 }, { "1", 0, 0, -99 }, { "-1", 0, 9, -99 },
		{ "-1", -1, 9, -1 }, { "-2", -1, 9, -99 }, { "9", 0, 9, 9 },
		{ "10", 0, 9, -99 }, { "007", 0, 9, 7 }, { "1x", 0, 9, -99 },
		{ " 1", 0, 9, -99 }, { "+1", 0, 9, -99 }, { "-", -9, 9, -99 },
		{ "--1", -9, 9, -99 }, { "/", 0, 9, -99 }, { ":", 0, 9, -99 },
	};
	int64_t n;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int got = number_parse(&n, str_from(cases[i].text),
			cases[i].min, cases[i].max);

		TEST(cases[i].want == -99 ? got < 0 :
					    got == 0 && n == cases[i].want,
			"number '%s'", cases[i].text);
	}
	TEST(number_parse_size(&n, STR("1k"), 0, 1024) == 0 && n == 1024 &&
			number_parse_size(&n, STR("3M"), 0, 1 << 30) == 0 &&
			n == 3 << 20 &&
			number_parse_size(&n, STR("1G"), 0, 1 << 30) == 0 &&
			n == 1 << 30,
		"sizes with units");
	TEST(number_parse_size(&n, STR("2"), 2, 9) == 0 && n == 2 &&
			number_parse_size(&n, STR("1"), 2, 9) < 0 &&
			number_parse_size(&n, STR("10"), 2, 9) < 0 &&
			number_parse_size(&n, STR("1025"), 0, 1024) < 0 &&
			number_parse_size(&n, STR("K"), 0, 9) < 0 &&
			number_parse_size(&n, STR(""), 0, 9) < 0 &&
			number_parse_size(&n, STR("1T"), 0, 1 << 30) < 0,
		"sizes out of bounds");
	TEST(*number_plural(1) == '\0' && *number_plural(0) == 's' &&
			*number_plural(2) == 's',
		"one is not many");
}

static void
test_ids(void)
{
	int64_t ids[] = { 5, -1, 5, 9, 0, 9, 9, INT64_MAX, INT64_MIN };
	size_t n = ids_sort(ids, 9);

	TEST(n == 6 && ids[0] == INT64_MIN && ids[1] == -1 && ids[2] == 0 &&
			ids[3] == 5 && ids[4] == 9 && ids[5] == INT64_MAX,
		"ids are sorted, once each");
	TEST(ids_has(ids, n, 9) && ids_has(ids, n, INT64_MIN) &&
			ids_has(ids, n, INT64_MAX) && !ids_has(ids, n, 1) &&
			!ids_has(ids, 0, 9),
		"and found");
	TEST(ids_sort(ids, 0) == 0 && ids_sort(ids, 1) == 1, "few of them");
}

/* Lines of each length near the maximum, in pieces of each size. */
static int
wrong_lines(size_t max, size_t piece, size_t len)
{
	char bytes[64], *end = bytes;
	struct linebuf in;
	struct str line;
	struct err err;
	int fds[2], kind, wrong = 0;

	memset(bytes, 'x', sizeof(bytes));
	end += len;
	memcpy(end, "\r\nshort\n", 8);
	end += 8;
	if (pipe(fds) < 0)
		return 1;
	for (char *p = bytes; p < end; p += piece)
		if (write(fds[1], p, (size_t)(end - p) < piece ?
				    (size_t)(end - p) : piece) < 0)
			return 1;
	close(fds[1]);
	linebuf_init(&in, fds[0], max);
	kind = linebuf_next(&in, &line, &err);
	wrong += kind != (len + 1 > max ? LINEBUF_LONG : LINEBUF_LINE);
	wrong += line.len != (len + 1 > max ? max : len) || in.number != 1;
	wrong += linebuf_wait(&in, 0, &err) != 1 || !linebuf_ready(&in);
	kind = linebuf_next(&in, &line, &err);
	wrong += kind != LINEBUF_LINE || !str_eq(line, STR("short"));
	wrong += in.number != 2 || linebuf_next(&in, &line, &err) != 0;
	linebuf_release(&in);
	close(fds[0]);
	return wrong;
}

static void
test_lines(void)
{
	int wrong = 0;

	for (size_t max = 5; max < 12; max++)
		for (size_t piece = 1; piece < 24; piece += 3)
			for (size_t len = 0; len < 40; len++)
				wrong += wrong_lines(max, piece, len);
	TEST(wrong == 0, "lines near the maximum: %d wrong", wrong);
}

static void
test_digests(void)
{
	struct strbuf out;
	struct digest *d = digest_new(DIGEST_SHA256);
	unsigned char one[DIGEST_MAX_BYTES], two[DIGEST_MAX_BYTES];

	strbuf_init(&out, 200);
	digest_add(d, "ab", 2);
	digest_add(d, "c", 1);
	digest_sha256(two, STR("abc"));
	TEST(digest_end(d, one) == 32 && !memcmp(one, two, 32),
		"pieces have the sum of the whole");
	digest_add(d, "abc", 3);
	digest_end(d, one);
	TEST(!memcmp(one, two, 32), "and the next one is its own");
	digest_free(d);
	digest_hex(&out, (const unsigned char *)"\x00\x9a\xff", 3);
	TEST(str_eq(strbuf_str(&out), STR("009aff")), "hexadecimal");
	for (size_t n = 0; n <= 6; n++) {
		static const char *const want[] = { "", "MY", "MZXQ", "MZXW6",
			"MZXW6YQ", "MZXW6YTB", "MZXW6YTBOI" };

		strbuf_reset(&out);
		digest_base32(&out, (const unsigned char *)"foobar", n);
		TEST(str_eq(strbuf_str(&out), str_from(want[n])),
			"base32 of %zu bytes", n);
	}
	strbuf_release(&out);
}

static void
test_errors(void)
{
	char text[2 * ERR_TEXT_BYTES];
	struct err err = { "" };

	TEST(err_set(&err, "no %s", "key") == -1 && !strcmp(err.text, "no key"),
		"an error is set");
	TEST(err_prefix(&err, "record %d", 7) == -1 &&
			!strcmp(err.text, "record 7: no key"),
		"and has a prefix put before it");
	memset(text, 'x', sizeof(text));
	text[sizeof(text) - 1] = '\0';
	err_set(&err, "%s", text);
	TEST(strlen(err.text) == ERR_TEXT_BYTES - 1, "a long one is cut");
	err_prefix(&err, "%s", "a");
	TEST(strlen(err.text) == ERR_TEXT_BYTES - 1 &&
			!strncmp(err.text, "a: xx", 5),
		"and keeps its prefix");
	TEST(err_set(NULL, "x") == -1 && err_prefix(NULL, "x") == -1 &&
			err_errno(NULL, "x") == -1,
		"nobody need listen");
}

int
main(void)
{
	test_ascii();
	test_pairs();
	test_views();
	test_buffer();
	test_arena_edges();
	test_numbers();
	test_ids();
	test_lines();
	test_digests();
	test_errors();
	return test_done();
}
