/* JSON-LD: any text in a script; what is read of it is text within bounds. */
#include "cmd/extract/page/jsonld.h"

#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_BYTES = 64 << 20, TEXT_BYTES = 16 << 20 };

static void
check_list(struct strlist list)
{
	FUZZ_CHECK(list.count <= JSONLD_AUTHORS);
	for (size_t i = 0; i < list.count; i++) {
		FUZZ_SAY("author %.*s\n", STR_ARGS(list.items[i]));
		FUZZ_CHECK(list.items[i].len && utf8_valid(list.items[i]));
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct jsonld_hints hints = {
		STR_INIT("https://news.example/2016/11/23/dam"),
		STR_INIT("https://news.example/2016/11/23/dam"),
		STR_INIT("The dam is full")
	};
	struct str input = { (const char *)bytes, len };
	struct strbuf text;
	struct arena arena;
	struct jsonld ld;

	strbuf_init(&text, TEXT_BYTES);
	arena_init(&arena, ARENA_BYTES);
	utf8_clean(&text, input); /* the page is UTF-8 by then */
	jsonld_read_text(&ld, strbuf_str(&text), &hints, &arena);
	FUZZ_SAY("%d\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n",
		(int)ld.rank, STR_ARGS(ld.headline), STR_ARGS(ld.description),
		STR_ARGS(ld.published), STR_ARGS(ld.modified),
		STR_ARGS(ld.lang), STR_ARGS(ld.url), STR_ARGS(ld.publisher),
		STR_ARGS(ld.body));
	FUZZ_CHECK(ld.rank <= JSONLD_NEWS);
	FUZZ_CHECK(utf8_valid(ld.headline) && utf8_valid(ld.description));
	FUZZ_CHECK(utf8_valid(ld.published) && utf8_valid(ld.modified));
	FUZZ_CHECK(utf8_valid(ld.lang) && utf8_valid(ld.url));
	FUZZ_CHECK(utf8_valid(ld.publisher) && utf8_valid(ld.body));
	check_list(ld.authors);
	arena_release(&arena);
	strbuf_release(&text);
	return 0;
}
