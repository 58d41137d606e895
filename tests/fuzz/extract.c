/* Extraction: any bytes as a page; what comes out is a record. */
#include "cmd/extract/extract.h"

#include "common/text/charset.h"
#include "tests/fuzz/fuzz.h"

enum { LINE_BYTES = 64 << 20, ARENA_BYTES = 64 << 20 };

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static struct extract x;
	static struct arena arena;
	struct event event = { .body = { (const char *)bytes, len },
		.content_type = STR("text/html"), .headers = STR(""),
		.misses = STR(""), .date_s = 1479859200 };
	struct article article = { .event = EVENT_ARTICLE,
		.url = STR("https://news.example/2016/11/23/dam"),
		.key = STR("https://news.example/2016/11/23/dam"),
		.fetched = STR("2016-11-23T00:00:00Z"), .status = 200 };
	struct article again;
	struct strbuf line;

	if (arena.max_bytes == 0) {
		charset_init();
		extract_init(&x);
		arena_init(&arena, ARENA_BYTES);
	}
	strbuf_init(&line, LINE_BYTES);
	extract_page(&article, &x, &event, NULL);
	article_write(&line, &article);
	arena_reset(&arena);
	FUZZ_CHECK(article_parse(&again, strbuf_str(&line), &arena, NULL)
		== 0);
	FUZZ_CHECK(again.event != EVENT_ARTICLE || again.blocks_count > 0);
	strbuf_release(&line);
	return 0;
}
