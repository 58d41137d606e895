#include "common/web/json.h"

#include <stdio.h>
#include <string.h>

#include "common/base/utf8.h"
#include "tests/unit/test.h"

/* Every character beyond U+FFFF, as a pair of escapes, in both cases. */
static void
test_pairs(void)
{
	size_t lost = 0;

	for (uint32_t c = 0x10000; c <= 0x10ffff; c++) {
		char text[16], wanted[4];
		uint32_t high = 0xd800 + ((c - 0x10000) >> 10);
		uint32_t low = 0xdc00 + ((c - 0x10000) & 0x3ff);
		struct str want = { wanted, utf8_encode(wanted, c) };
		struct json *doc;

		snprintf(text, sizeof(text), c & 1 ? "\"\\u%04x\\u%04x\""
			: "\"\\u%04X\\u%04X\"", high, low);
		doc = json_read(str_from(text), JSON_STRICT, NULL);
		if (!str_eq(json_text(doc), want))
			lost++;
		json_free(doc);
	}
	TEST(lost == 0, "%zu characters of escaped pairs are lost", lost);
}

static void
test_escapes(void)
{
	static const struct {
		const char *json, *text;
	} cases[] = {
		{ "\"\\\\ud836\\\\ude2d\"", "\\ud836\\ude2d" },
		{ "\"a\\\\\\ud836\\ude2db\"", "a\\\xf0\x9d\xa8\xad" "b" },
		{ "\"\\n\\ud836\\uDE2D\\t\"", "\n\xf0\x9d\xa8\xad\t" },
		{ "\"\\ud836x\"", "\xef\xbf\xbdx" },
		{ "\"\\ud836\\ud836\\ude2d\"",
			"\xef\xbf\xbd\xf0\x9d\xa8\xad" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct json *doc = json_read(
			str_from(cases[i].json), JSON_STRICT, NULL);
		struct str text = json_text(doc);

		TEST(str_eq(text, str_from(cases[i].text)), "%s is %zu bytes",
			cases[i].json, text.len);
		json_free(doc);
	}
	TEST(!json_read(STR("\"\\ud836\\ude2"), JSON_STRICT, NULL),
		"cut within an escape");
	TEST(!json_read(STR("\"\\ud83"), JSON_STRICT, NULL),
		"cut within the first of a pair");
}

int
main(void)
{
	test_pairs();
	test_escapes();
	return test_done();
}
