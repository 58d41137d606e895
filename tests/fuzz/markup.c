/*
 * What stands in a page is the text that was put there: between tags and
 * in an attribute, read back by the HTML parser.
 */
#include "common/page/markup.h"

#include "common/base/utf8.h"
#include "common/web/html.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_BYTES = 64 << 20, PAGE_BYTES = 16 << 20 };

/* What the parser should read: the text with runs of white space as one. */
static void
expect(struct strbuf *out, struct str text)
{
	bool space = false;

	while (text.len > 0) {
		const char *at = text.ptr;
		uint32_t c = utf8_decode(&text);
		struct str one = { at, (size_t)(text.ptr - at) };

		if (c == '\t' || c == '\n' || c == ' ')
			space = true;
		else {
			strbuf_adds(out, space && out->len > 0 ? STR(" ")
								: STR(""));
			space = false;
			strbuf_adds(out, one);
		}
	}
}

/* Text as the archive has it: UTF-8 without what a page shows as U+FFFD. */
static bool
is_clean(struct str text)
{
	struct strbuf out;
	bool clean = utf8_valid(text);

	strbuf_init(&out, PAGE_BYTES);
	markup_text(&out, text);
	clean = clean && str_find(strbuf_str(&out), STR("\xef\xbf\xbd")) < 0;
	strbuf_release(&out);
	return clean;
}

static void
check(struct str text, struct arena *arena)
{
	struct strbuf page, expected;
	uint32_t p;
	struct html h;

	strbuf_init(&page, PAGE_BYTES);
	strbuf_init(&expected, PAGE_BYTES);
	markup_add(&page, "<!DOCTYPE html><title>t</title><p");
	markup_attr(&page, "class", text);
	markup_add(&page, ">");
	markup_text(&page, text);
	markup_add(&page, "</p>");
	FUZZ_CHECK(html_parse(&h, strbuf_str(&page), NULL, arena, NULL) == 0);
	p = html_find(&h, 0, h.count, HTML_P);
	FUZZ_CHECK(p != HTML_NONE);
	FUZZ_CHECK(h.nodes[p].end == h.count);
	expect(&expected, text);
	FUZZ_CHECK(str_eq(html_text(&h, p, arena), strbuf_str(&expected)));
	FUZZ_CHECK(str_eq(html_attr(&h, p, HTML_CLASS), text));
	strbuf_release(&page);
	strbuf_release(&expected);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct str text = { (const char *)bytes, len };
	struct arena arena;

	arena_init(&arena, ARENA_BYTES);
	if (is_clean(text))
		check(text, &arena);
	FUZZ_SAY("%d\n", is_clean(text));
	arena_release(&arena);
	return 0;
}
