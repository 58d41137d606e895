/*
 * The examples of the section 5 pages are what the parsers read and what the
 * writers write; and records that are none are refused with the reason.
 */
#include <string.h>

#include "common/article/article.h"
#include "common/article/link.h"
#include "common/article/receipt.h"
#include "tests/unit/test.h"

enum { PAGE_BYTES = 1 << 20 };

/*
 * The last ".Bd -literal" display of a man page: with its newlines dropped,
 * or (links) as it is.
 */
static struct str
example(struct strbuf *out, const char *path)
{
	static char page[PAGE_BYTES];
	FILE *f = fopen(path, "rb");
	size_t len = f ? fread(page, 1, sizeof(page), f) : 0;
	struct str text = { page, len }, line;
	bool inside = false;

	if (f)
		fclose(f);
	while (str_field(&line, &text, '\n')) {
		if (str_starts(line, STR(".Bd -literal"))) {
			inside = true;
			strbuf_reset(out);
		} else if (str_starts(line, STR(".Ed"))) {
			inside = false;
		} else if (inside) {
			strbuf_adds(out, line);
		}
	}
	strbuf_addc(out, '\n');
	return str_trim(strbuf_str(out));
}

static void
test_link(struct arena *arena)
{
	struct strbuf page, out;
	struct link link;
	struct err err;
	struct str line;

	strbuf_init(&page, PAGE_BYTES);
	strbuf_init(&out, PAGE_BYTES);
	line = example(&page, "common/article/stet-link.5");
	TEST(link_parse(&link, line, arena, &err) == 0, "stet-link(5) parses");
	link_write(&out, &link);
	TEST(str_eq(str_trim(strbuf_str(&out)), line),
		"the link is written as it stands there");
	TEST(str_eq(link.misses, STR("2/2026-11-21T09:30:00Z")),
		"its last field is read");
	strbuf_reset(&out);
	link = (struct link){ .url = STR("http://a.example/"),
		.title = STR("tab\there, line\nthere, back\\slash") };
	link_write(&out, &link);
	TEST(str_eq(strbuf_str(&out),
		     STR("http://a.example/\t\t\t\ttab\\there, line\\nthere, "
			 "back\\\\slash\n")),
		"tabs, newlines and backslashes are escaped");
	TEST(link_parse(&link, str_trim(strbuf_str(&out)), arena, &err) == 0 &&
			str_eq(link.title,
				STR("tab\there, line\nthere, back\\slash")),
		"and come back");
	TEST(link_parse(&link, STR("/no/host"), arena, &err) < 0 &&
			strstr(err.text, "'/no/host'"),
		"a relative URL is refused by name");
	TEST(link_parse(&link, STR("ftp://a.example/x"), arena, &err) < 0 &&
			link_parse(&link, STR("http://"), arena, &err) < 0 &&
			link_parse(&link, STR("http://a b/"), arena, &err) < 0,
		"another scheme, no host and white space are refused");
	TEST(link_parse(&link, STR("http://a.example/\t\xff"), arena, &err) <
			0,
		"a link that is not UTF-8 is refused");
	strbuf_release(&page);
	strbuf_release(&out);
}

static void
test_article(struct arena *arena)
{
	struct strbuf page, out;
	struct article a;
	struct err err;
	struct str line;

	strbuf_init(&page, PAGE_BYTES);
	strbuf_init(&out, PAGE_BYTES);
	line = example(&page, "common/article/stet-article.5");
	TEST(article_parse(&a, line, arena, &err) == 0,
		"stet-article(5) parses");
	article_write(&out, &a);
	TEST(str_eq(str_trim(strbuf_str(&out)), line),
		"the article is written as it stands there");
	TEST(a.blocks_count == 3 && a.blocks[1].kind == BLOCK_H2 &&
			a.authors.count == 1 && a.status == 200,
		"its members are read");
	TEST(article_parse(&a, STR("{\"v\":1,\"event\":\"article\"}"), arena,
		     &err) < 0 && strstr(err.text, "url"),
		"an article without a url is refused");
	TEST(article_parse(&a,
		     STR("{\"v\":1,\"event\":\"lost\",\"url\":\"http://a/\"}"),
		     arena, &err) < 0 && strstr(err.text, "'lost'"),
		"an unknown event is refused by name");
	TEST(article_parse(&a,
		     STR("{\"v\":2,\"event\":\"gone\",\"url\":\"http://a/\"}"),
		     arena, &err) < 0,
		"another version is refused");
	TEST(article_parse(&a, STR("{\"v\":1,"), arena, &err) < 0 &&
			strstr(err.text, "not JSON"),
		"half a record is refused");
	strbuf_reset(&out);
	a = (struct article){ .url = STR("http://a/"),
		.title = STR("a\"b\\c\n\x1b[31m\xe2\x80\xa8\xc2\x9b\xff") };
	article_write(&out, &a);
	TEST(str_find(strbuf_str(&out),
		     STR("\"a\\\"b\\\\c\\n\\u001b[31m\\u2028\\u009b"
			 "\xef\xbf\xbd\"")) > 0,
		"what a terminal would act on is escaped");
	strbuf_release(&page);
	strbuf_release(&out);
}

static void
test_receipt(struct arena *arena)
{
	struct strbuf page, out;
	struct receipt r;
	struct err err;
	struct str line;

	strbuf_init(&page, PAGE_BYTES);
	strbuf_init(&out, PAGE_BYTES);
	line = example(&page, "common/article/stet-receipt.5");
	TEST(receipt_parse(&r, line, arena, &err) == 0,
		"stet-receipt(5) parses");
	receipt_write(&out, &r);
	TEST(str_eq(str_trim(strbuf_str(&out)), line),
		"the receipt is written as it stands there");
	TEST(r.status == RECEIPT_CHANGED && r.classes.count == 2 &&
			receipt_has_commit(&r),
		"its members are read");
	TEST(receipt_parse(&r,
		     STR("{\"v\":1,\"url\":\"http://a/\",\"status\":\"x\"}"),
		     arena, &err) < 0 && strstr(err.text, "'x'"),
		"an unknown status is refused by name");
	strbuf_release(&page);
	strbuf_release(&out);
}

int
main(void)
{
	struct arena arena;

	arena_init(&arena, 64 << 20);
	test_link(&arena);
	test_article(&arena);
	test_receipt(&arena);
	arena_release(&arena);
	return test_done();
}
