#include "common/web/refresh.h"

#include "tests/unit/test.h"

static const struct {
	const char *value;
	int64_t delay_s; /* -1: it leads nowhere */
	const char *target;
} values[] = {
	{ "0; url=/a", 0, "/a" },
	{ "5;URL='/a b'", 5, "/a b" },
	{ " 3 , url = \"x\"y", 3, "x" },
	{ "0.5; url=/a", 0, "/a" },
	{ ".5;url=/a", 0, "/a" },
	{ "2 /a", 2, "/a" },
	{ "2; url", 2, "url" },
	{ "1; url=", -1, "" },
	{ "30", -1, "" },
	{ "url=/a", -1, "" },
	{ "", -1, "" },
	{ "99999999999999999999; url=/a", 99999999999, "/a" },
};

#define META(content) "<meta http-equiv=refresh content=\"" content "\">"
#define WORDS "some words of a page "
#define SENTENCE WORDS WORDS WORDS WORDS WORDS
#define TEXT SENTENCE SENTENCE SENTENCE SENTENCE

static const struct {
	const char *head, *body, *target; /* NULL: it leads nowhere */
} pages[] = {
	{ "Refresh: 0; url=/a\r\n", "", "/a" },
	{ "Refresh: 6; url=/a\r\n", "", NULL },
	{ "Refresh: 0; url=/a\r\n", TEXT, NULL },
	{ "Refresh: 0; url=/a\r\nContent-Type: image/png\r\n", "", NULL },
	{ "", META("0; url=/a?b=1&amp;c=2"), "/a?b=1&c=2" },
	{ "", "<title>" TEXT "</title><style>" TEXT "</style><script>" TEXT
		"</script>" META("0; url=/a") "Please wait.", "/a" },
	{ "", META("0; url=/a") TEXT, NULL },
	{ "", "<noscript>" META("0; url=/a") "</noscript>", NULL },
	{ "", "<script>'" META("0; url=/a") "'</script>", NULL },
	{ "", "<!-- " META("0; url=/a") " -->", NULL },
	{ "", META("0; url=/a") META("0; url=/b"), "/a" },
	{ "", "<META CONTENT='0; url=/a' HTTP-EQUIV=' Refresh '>", "/a" },
	{ "", "<meta name=refresh content='0; url=/a'>", NULL },
	{ "", "<meta http-equiv=refresh content='0; url=/a'", NULL },
};

int
main(void)
{
	struct arena arena;

	arena_init(&arena, 1 << 20);
	for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++) {
		struct str target = STR("");
		int64_t delay_s;
		int got = refresh_parse(&delay_s, &target,
			str_from(values[i].value));

		TEST(values[i].delay_s < 0 ? got < 0 : got == 0 &&
			(delay_s == values[i].delay_s ||
				values[i].delay_s > INT32_MAX) &&
			str_eq(target, str_from(values[i].target)),
			"'%s'", values[i].value);
	}
	for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
		struct httpmsg m;
		struct strbuf head;
		struct str target = STR("");
		bool found;

		strbuf_init(&head, 4096);
		strbuf_addf(&head, "HTTP/1.1 200 OK\r\n%s\r\n", pages[i].head);
		TEST(httpmsg_parse(&m, strbuf_str(&head), NULL) == 0,
			"head %zu", i);
		found = refresh_find(&target, &m, str_from(pages[i].body),
			&arena);
		TEST(found == (pages[i].target != NULL) && (!found ||
			str_eq(target, str_from(pages[i].target))),
			"page %zu leads to '%.*s'", i, STR_ARGS(target));
		strbuf_release(&head);
	}
	arena_release(&arena);
	return test_done();
}
