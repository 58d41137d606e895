#include "common/web/html.h"

#include <string.h>

#include "common/base/strbuf.h"
#include "tests/unit/test.h"

/* Elements and visible bytes of a page, for comparing two ways to parse it. */
static void
print_page(struct strbuf *out, const char *page, bool plain)
{
	struct html_options options = { .plain = plain };
	struct arena arena;
	struct html h;
	struct err err;

	strbuf_reset(out);
	arena_init(&arena, 64 << 20);
	if (html_parse(&h, str_from(page), &options, &arena, &err) < 0) {
		strbuf_addf(out, "%s", err.text);
		h.count = 0;
	}
	for (uint32_t i = 0; i < h.count; i++) {
		const struct html_node *n = &h.nodes[i];

		if (n->tag != HTML_TEXT) {
			if (n->tag != HTML_META && n->tag != HTML_LINK)
				strbuf_addf(out, "<%.*s>", STR_ARGS(n->text));
			continue;
		}
		for (size_t k = 0; k < n->text.len; k++)
			if (n->text.ptr[k] > ' ' || n->text.ptr[k] < 0)
				strbuf_addc(out, n->text.ptr[k]);
	}
	arena_release(&arena);
}

/* Pages on which a careless first pass goes wrong. */
static const char *const pages[] = {
	"<p>a<script>if (a</b>) '</p>'</script>b<p>c",
	"<script><!-- <script> </script> x </script> --></script><p>y",
	"<script><!--></script><p>y</p>--></script>z",
	"<script>a</scriptx></script ><p>b",
	"<!-- a --!><p>b<!--> --><!---> c<!-- d --- e --><p>f",
	"<p>a<<!-- x -->b>c</p><p>&am<!-- x -->p; d",
	"<p title='a>b' class=c/>d</p ><p class=\"e\"f=g>h",
	"<svg><title>a</title></svg><p>b<svg/>c<svg><g></g></svg>d",
	"<p>a<svg><foreignObject><div>x</div></foreignObject></svg>b",
	"<svg><path><p>out of it</p>",
	"<svg><![CDATA[</svg>]]></svg><p>a",
	"<textarea><p>a</textarea>b<iframe><p>c</iframe>d",
	"<title>a <b> &amp; c</title><p>d",
	"<style>p { content: '</p>' }</style><p>a",
	"<pre>\n  a\n  b</pre> c <b>d</b> e",
	"<ul><li>a<li>b<ul><li>c</ul><li>d</ul><table><tr><td>e<td>f</table>",
	"<table>foster <tr><td>x</table>y<a href=1>1<a href=2>2",
	"<noscript><img src=x><p>a</p></noscript><template><p>b</template>c",
	"<div hidden>a</div><p>b</p", "<p>a<br><br>b<", "<p>a</", "<p>a<!",
	"<plaintext><p>a</p>", "<xmp><p>a</xmp>b", "a<math><mi>x</math>b",
	"<select><option>a<option>b</select>c<input>d<button>e</button>f",
	"<p>\xc3\xa9\xe2\x80\x94\xf0\x9f\x98\x80 \xff\xfe<p>x",
};

static void
test_first_pass(void)
{
	struct strbuf with, without;

	strbuf_init(&with, 1 << 20);
	strbuf_init(&without, 1 << 20);
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		print_page(&with, pages[i], false);
		print_page(&without, pages[i], true);
		TEST(str_eq(strbuf_str(&with), strbuf_str(&without)),
			"the first pass changes nothing: page %zu", i);
		if (!str_eq(strbuf_str(&with), strbuf_str(&without)))
			printf("# with    %s\n# without %s\n", with.ptr,
				without.ptr);
	}
	strbuf_release(&with);
	strbuf_release(&without);
}

static void
test_tree(void)
{
	static const char page[] =
		"<html lang=fi><head><title>T</title>"
		"<script type='application/ld+json'>{\"a\":\"</p>\"}</script>"
		"<body class='x y' onload=z><div id=d><p>one <b>two</b>\n"
		"three<p>four</div>";
	struct arena arena;
	struct html h;
	struct err err;
	uint32_t div, p;

	arena_init(&arena, 1 << 20);
	TEST(html_parse(&h, str_from(page), NULL, &arena, &err) == 0,
		"a page parses");
	TEST(str_eq(html_attr(&h, 0, HTML_LANG), STR("fi")), "lang is kept");
	TEST(str_eq(html_attr(&h, h.body, HTML_CLASS), STR("x y")),
		"class is kept");
	TEST(h.nodes[h.body].attrs_count == 1, "onload is not");
	TEST(h.scripts_count == 1 && str_eq(h.scripts[0].body,
			STR("{\"a\":\"</p>\"}")), "JSON-LD is set aside");
	div = html_find(&h, h.body, h.count, HTML_DIV);
	p = html_first(&h, div);
	TEST(h.nodes[p].tag == HTML_P && h.nodes[p].parent == div,
		"the first child is found");
	TEST(h.nodes[html_next(&h, p)].tag == HTML_P &&
			html_next(&h, html_next(&h, p)) == HTML_NONE,
		"and the siblings after it");
	TEST(str_eq(html_text(&h, p, &arena), STR("one two three")),
		"text is folded");
	TEST(html_within(&h, p, div) && !html_within(&h, div, p),
		"a child is within its parent");
	arena_release(&arena);
}

/* A tag n times, each with its number in it; whether it parses in 64 MiB. */
static int
parse_many(struct html *h, const char *tag, const char *rest, size_t n)
{
	struct strbuf page;
	struct arena arena;
	struct err err;
	int got;

	strbuf_init(&page, 64 << 20);
	arena_init(&arena, 64 << 20);
	for (size_t i = 0; i < n; i++)
		strbuf_addf(&page, "%s%zu%s", tag, i, rest);
	strbuf_addf(&page, "<p>the end");
	got = html_parse(h, strbuf_str(&page), NULL, &arena, &err);
	arena_release(&arena);
	strbuf_release(&page);
	return got;
}

static void
test_bounds(void)
{
	struct html h;

	TEST(parse_many(&h, "<div id=", ">", 100000) == 0 &&
			h.dropped_tags > 90000 && h.count < 2000,
		"tags beyond the depth are dropped");
	TEST(parse_many(&h, "<b class=c", ">", 100000) == 0 &&
			h.dropped_tags > 90000 && h.count < 2000,
		"open formatting elements are bounded");
	TEST(parse_many(&h, "<p><b class=c", ">x", 20000) <= 0,
		"and re-opened ones end at the arena");
}

int
main(void)
{
	test_first_pass();
	test_tree();
	test_bounds();
	return test_done();
}
