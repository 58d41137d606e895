/* JSON: what parses is freed whole, what is written is read back. */
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/web/json.h"
#include "tests/fuzz/fuzz.h"

enum { OUT_BYTES = 8 << 20 };

static void
try_string(struct str s)
{
	struct strbuf text;
	struct json *doc;

	strbuf_init(&text, OUT_BYTES);
	json_open(&text, '[');
	json_add_str(&text, s);
	json_close(&text, ']');
	FUZZ_CHECK(utf8_valid(strbuf_str(&text)) || !utf8_valid(s));
	doc = json_read(strbuf_str(&text), JSON_STRICT, NULL);
	FUZZ_CHECK(doc != NULL);
	FUZZ_CHECK(json_kind(json_item(doc, 0)) == JSON_STRING);
	json_free(doc);
	strbuf_release(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct str s = { (const char *)bytes, len };

	json_free(json_read(s, JSON_STRICT, NULL));
	json_free(json_read(s, JSON_LENIENT, NULL));
	try_string(s);
	return 0;
}
