#include "common/article/document.h"

#include "tests/unit/test.h"

static struct arena arena;

/* Prints the article, parses it, prints again; whether all agree. */
static bool
round_trip(const struct block *blocks, size_t count)
{
	struct article a = { .event = EVENT_ARTICLE,
		.title = STR("A \"quoted\" title \\ with\ttab"),
		.byline = STR("By N. O. Body"),
		.summary = STR("It: happened\xe2\x80\xa8today") };
	struct document before, after;
	struct strbuf first, second;
	bool same;

	a.blocks = (struct block *)(uintptr_t)blocks;
	a.blocks_count = count;
	strbuf_init(&first, 1 << 20);
	strbuf_init(&second, 1 << 20);
	arena_reset(&arena);
	same = document_from_article(&before, &a, STR("https://a.test/1"),
		       &arena, NULL) == 0;
	document_print(&first, &before);
	same = same &&
		document_parse(&after, strbuf_str(&first), &arena, NULL) == 0;
	document_print(&second, &after);
	same = same && str_eq(strbuf_str(&first), strbuf_str(&second)) &&
		before.blocks_count == after.blocks_count &&
		str_eq(before.title, after.title) &&
		str_eq(before.summary, after.summary) &&
		str_eq(before.url, after.url) && after.lang.len == 0;
	for (size_t i = 0; same && i < before.blocks_count; i++)
		same = before.blocks[i].kind == after.blocks[i].kind &&
			str_eq(before.blocks[i].text, after.blocks[i].text);
	strbuf_release(&first);
	strbuf_release(&second);
	return same;
}

/* Every kind of block with every text that looks like another kind. */
static void
test_misreadable(void)
{
	static const char *const texts[] = { "plain", "# one", "## two",
		"###### six", "####### seven", "#tag", "- item", "-5 degrees",
		"---", "----", "> said", "| cell | cell |", "|", "a |", "```",
		"````js", "` code", "~~~", "\\", "\\- x", "{embed} x", "{",
		"* star", "*bold*", "***", "===", "___", "<div>", "< 5", "<",
		"1. one", "title: x", " - said", "\xc3\xa9t\xc3\xa9",
		"\"quoted\"", "\xef\xbf\xbd", "{correction} {credit} x" };
	size_t count = sizeof(texts) / sizeof(texts[0]);

	for (int kind = BLOCK_P; kind <= BLOCK_CREDIT; kind++) {
		struct block blocks[2];
		size_t good = 0;

		for (size_t i = 0; i < count; i++) {
			blocks[0] = (struct block){ (enum block_kind)kind,
				str_from(texts[i]) };
			blocks[1] = (struct block){ BLOCK_P, STR("after") };
			good += round_trip(blocks, 2);
		}
		TEST(good == count, "kind %d keeps all texts", kind);
	}
}

static void
test_preformatted(void)
{
	static const char *const texts[] = { "a\n\nb", "```\ncode\n```",
		"\n\nlines around\n\n", "````\n```", "\ttab", "x\n`````y" };
	size_t count = sizeof(texts) / sizeof(texts[0]), good = 0;

	for (size_t i = 0; i < count; i++) {
		struct block b = { BLOCK_PRE, str_from(texts[i]) };

		good += round_trip(&b, 1);
	}
	TEST(good == count, "preformatted text keeps lines and fences");
}

static void
test_layout(void)
{
	struct block blocks[] = { { BLOCK_P, STR("One\r\ntwo.") },
		{ BLOCK_H2, STR("Head") }, { BLOCK_P, STR(" \t ") },
		{ BLOCK_P, { "a\0b", 3 } }, { BLOCK_P, STR("- dash") } };
	struct article a = { .title = STR("T"), .blocks = blocks,
		.blocks_count = 5 };
	struct document d;
	struct strbuf out;

	strbuf_init(&out, 4096);
	arena_reset(&arena);
	document_from_article(&d, &a, STR("u"), &arena, NULL);
	document_print(&out, &d);
	TEST(str_eq(strbuf_str(&out), STR("---\ntitle: \"T\"\nurl: \"u\"\n---\n"
			"\nOne  two.\n\n## Head\n\na b\n\n\\- dash\n")),
		"one block a line, controls are spaces, empty ones go");
	TEST(document_words(&d) == 8, "words are counted over all parts");
	strbuf_release(&out);
}

static void
test_refused(void)
{
	static const char *const bad[] = { "", "text", "---\n", "---\ntitle\n",
		"---\ntitle: \"x\n---\n", "---\n---\n```\nopen\n",
		"---\n---\n\xff\n" };
	size_t refused = 0, count = sizeof(bad) / sizeof(bad[0]);
	struct document d;
	struct err err;

	arena_reset(&arena);
	for (size_t i = 0; i < count; i++)
		refused += document_parse(&d, str_from(bad[i]), &arena,
				   &err) < 0;
	TEST(refused == count, "what is no document is refused");
	TEST(document_parse(&d, STR("---\nfuture: 1\ntitle: \"a\\u0041\"\n"
				    "---\n\nx"), &arena, &err) == 0 &&
			str_eq(d.title, STR("aA")) && d.blocks_count == 1,
		"unknown keys are passed over, escapes are read");
}

int
main(void)
{
	arena_init(&arena, 64 << 20);
	test_misreadable();
	test_preformatted();
	test_layout();
	test_refused();
	arena_release(&arena);
	return test_done();
}
