#include "tests/unit/test.h"

#include <string.h>

#include "common/base/utf8.h"
#include "common/text/unicode.h"

static void
test_classes(void)
{
	static const struct {
		uint32_t c;
		enum unicode_class want;
	} cases[] = {
		{ 'a', UNICODE_LOWER }, { 'Z', UNICODE_UPPER },
		{ '7', UNICODE_DIGIT }, { ' ', UNICODE_SPACE },
		{ '\n', UNICODE_SPACE }, { 0xa0, UNICODE_SPACE },
		{ 0x2009, UNICODE_SPACE }, { 0x201c, UNICODE_PUNCT },
		{ '%', UNICODE_PUNCT }, { '$', UNICODE_SYMBOL },
		{ 0x20ac, UNICODE_SYMBOL }, { 0xe9, UNICODE_LOWER },
		{ 0x0416, UNICODE_UPPER }, { 0x05d0, UNICODE_LETTER },
		{ 0x4e2d, UNICODE_LETTER }, { 0x0301, UNICODE_MARK },
		{ 0x0663, UNICODE_DIGIT }, { 0x200b, UNICODE_OTHER },
		{ 0, UNICODE_OTHER }, { 0x110000, UNICODE_OTHER },
		{ 0xffffffff, UNICODE_OTHER }, { 0x1f600, UNICODE_SYMBOL },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		TEST(unicode_class(cases[i].c) == cases[i].want,
			"class of U+%04X", (unsigned)cases[i].c);
	/* the table for ASCII says what utf8proc says of the wide forms */
	for (uint32_t c = 0x21; c < 0x7f; c++)
		if (unicode_class(c) != unicode_class(c + 0xfee0))
			TEST(0, "U+%04X and its wide form", (unsigned)c);
}

static void
test_texts(void)
{
	struct strbuf b;

	strbuf_init(&b, 1000);
	unicode_add_nfc(&b, STR("cafe\xcc\x81 \xef\xac\x81"));
	TEST(str_eq(strbuf_str(&b), STR("caf\xc3\xa9 \xef\xac\x81")),
		"composed, and a ligature stays");
	strbuf_reset(&b);
	unicode_add_lower(&b, STR("\xc3\x89T\xc3\x89 \xd0\x96"));
	TEST(str_eq(strbuf_str(&b), STR("\xc3\xa9t\xc3\xa9 \xd0\xb6")),
		"lower case");
	strbuf_release(&b);
	TEST(unicode_unspaced(0x4e2d) && unicode_unspaced(0x3042) &&
			unicode_unspaced(0x0e01) && unicode_unspaced(0x20000),
		"Han, kana, Thai have no spaces");
	TEST(!unicode_unspaced('a') && !unicode_unspaced(0xac00) &&
			!unicode_unspaced(0x3001),
		"Latin and Hangul have, punctuation is no word");
	TEST(unicode_lower(0xc9) == 0xe9 && unicode_lower('Q') == 'q',
		"case of one character");
}

/* What is taken for normal at a glance is, alone and beside a mark. */
static void
test_glance(void)
{
	struct strbuf b;
	char bytes[16] = "a";

	strbuf_init(&b, 100);
	for (uint32_t c = 1; c < 0x20000; c++) {
		size_t n = c >= 0xd800 && c < 0xe000 ? 0 :
			utf8_encode(bytes + 1, c);
		struct str s = { bytes + 1, n };

		if (n == 0 || !unicode_is_nfc(s))
			continue;
		/* U+0323 is no glance: the text goes all the way */
		memcpy(bytes + 1 + n, "b\xcc\xa3", 4);
		strbuf_reset(&b);
		unicode_add_nfc(&b, (struct str){ bytes, n + 4 });
		s = strbuf_str(&b);
		if (s.len != n + 4 || memcmp(s.ptr, bytes, n + 1) != 0 ||
			unicode_class(c) == UNICODE_MARK)
			TEST(0, "U+%04X stays as it is", (unsigned)c);
	}
	TEST(unicode_is_nfc(STR("Stra\xc3\x9f" "e \xe4\xb8\xad \xe2\x80\x9c")) &&
			!unicode_is_nfc(STR("e\xcc\x81")) &&
			!unicode_is_nfc(STR("\xe2\x84\xab")),
		"a glance tells common text from marks and doubles");
	strbuf_release(&b);
}

int
main(void)
{
	test_classes();
	test_texts();
	test_glance();
	return test_done();
}
