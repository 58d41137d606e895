/*
 * The charset decision: the first line of the input is a Content-Type, the
 * rest a page. The text is UTF-8 whatever they are, of a bounded size, and is
 * not decoded again into something else.
 */
#include "common/text/charset.h"

#include <string.h>

#include "common/base/utf8.h"
#include "tests/fuzz/fuzz.h"

enum { TEXT_BYTES = 16 << 20 };

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static bool ready;
	struct str type, body = { (const char *)bytes, len }, text, again;
	struct strbuf storage, second;
	struct charset c;

	if (!ready)
		charset_init();
	ready = true;
	str_cut(&type, &body, '\n');
	strbuf_init(&storage, TEXT_BYTES);
	strbuf_init(&second, TEXT_BYTES);
	text = charset_decode(&c, &storage, body, type);
	FUZZ_SAY("%d %d %d\n%.*s\n", (int)c.encoding, c.as_is, c.cut,
		STR_ARGS(text));
	FUZZ_CHECK(!c.cut && c.encoding < ENCODINGS);
	FUZZ_CHECK(utf8_valid(text));
	FUZZ_CHECK(text.len <= body.len * 3 + 3);
	if (c.as_is)
		FUZZ_CHECK(text.ptr >= body.ptr &&
			text.ptr + text.len == body.ptr + body.len);
	if (text.len && !memchr(text.ptr, 0, text.len) &&
		!str_starts(text, STR("\xef\xbb\xbf"))) {
		again = charset_decode(&c, &second, text,
			STR("text/html; charset=utf-8"));
		FUZZ_CHECK(str_eq(again, text));
	}
	strbuf_release(&storage);
	strbuf_release(&second);
	return 0;
}
