#include "common/web/urlkey.h"

#include "tests/unit/test.h"

#define A "https://a.example/b"

static const struct {
	const char *url, *key;
} cases[] = {
	/* scheme, host, port, user, fragment */
	{ "http://a.example/b", A },
	{ "HTTPS://A.Example:443/b#top", A },
	{ "http://a.example:80/b", A },
	{ "http://a.example:443/b", A },
	{ "https://a.example:80/b", "https://a.example:80/b" },
	{ "http://a.example:8080/b", "https://a.example:8080/b" },
	{ "http://user:secret@a.example/b", A },
	{ "http://a.example./b", A },
	{ "http://01.2.3.4../b", "https://01.2.3.4../b" },
	{ "http://www.a.example/b", "https://www.a.example/b" },
	{ "http://m.a.example/b", "https://m.a.example/b" },
	{ "http://b\xc3\xbc" "cher.example/", "https://xn--bcher-kva.example/" },
	{ "http://a.example", "https://a.example/" },
	{ "  http://a.example/x/../b ", A },
	/* path */
	{ "http://a.example/b/", A "/" },
	{ "http://a.example/B", "https://a.example/B" },
	{ "http://a.example//b", "https://a.example//b" },
	{ "http://a.example/%62", A },
	{ "http://a.example/%7eb", "https://a.example/~b" },
	{ "http://a.example/%c3%a9", "https://a.example/%C3%A9" },
	{ "http://a.example/\xc3\xa9", "https://a.example/%C3%A9" },
	{ "http://a.example/%2541", "https://a.example/%2541" },
	{ "http://a.example/%2fb", "https://a.example/%2Fb" },
	{ "http://a.example/b%", A "%" },
	{ "http://a.example/b;jsessionid=0A1B", A },
	{ "http://a.example/b;JSESSIONID=x/c;d=e", A "/c;d=e" },
	{ "http://a.example/b;jsessionid=x;d=e?f=1", A ";d=e?f=1" },
	{ "http://a.example/..;jsessionid=x/b", "https://a.example/b" },
	{ "http://a.example/index.html", "https://a.example/index.html" },
	/* parameters */
	{ "http://a.example/b?", A },
	{ "http://a.example/b?id=1", A "?id=1" },
	{ "http://a.example/b?z=1&a=2&z=3", A "?z=1&a=2&z=3" },
	{ "http://a.example/b?utm_source=x&id=1&UTM_Medium=y", A "?id=1" },
	{ "http://a.example/b?utm%5fsource=x", A },
	{ "http://a.example/b?fbclid=1", A },
	{ "http://a.example/b?gclid=1&&x", A "?x" },
	{ "http://a.example/b?xutm_source=1", A "?xutm_source=1" },
	{ "http://a.example/b?mc_cid=1&mc_eid=2", A },
	{ "http://a.example/b?CMP=share&at_custom1=x&at_medium=y", A },
	{ "http://a.example/b?id=%e9&q=a+b", A "?id=%E9&q=a+b" },
	{ "http://a.example/b?=1", A "?=1" },
	{ "http://a.example/b?ref=home", A "?ref=home" },
	{ "http://a.example/b?x=utm_source", A "?x=utm_source" },
	{ "http://a.example/b?ga_source=x&cx_click=1&_bhlid=2&awc", A "?awc" },
	{ "http://a.example/b?referrer=&_r=0", A },
	{ "http://a.example/b?elqTrackId=1&CFID=2&cftoken=3&id=4", A "?id=4" },
	{ "http://a.example/b?ASPSESSIONIDQQGQGSCC=ABC", A },
	{ "http://a.example/b?sid=0123456789abcdef0123456789ABCDEF", A },
	{ "http://a.example/b?sid=1234", A "?sid=1234" },
	{ "http://a.example/b?sid=0123456789abcdef0123456789ABCDEG",
		A "?sid=0123456789abcdef0123456789ABCDEG" },
	/* other spellings */
	{ "http://a.example/b|c^d[e]", A "%7Cc%5Ed%5Be%5D" },
	{ "http://a.example/b%7cc%5ed%5be%5d", A "%7Cc%5Ed%5Be%5D" },
	{ "http://a.example/b?x[]=1|2", A "?x%5B%5D=1%7C2" },
	{ "http://a.example/b?x%5b%5D=1%7C2", A "?x%5B%5D=1%7C2" },
	{ "http://a.example/b_%28c%29", A "_(c)" },
	{ "http://a.example/b_(c)", A "_(c)" },
	{ "http://a.example/b%2Cc%21%27%2a%3A%40", A ",c!'*:@" },
	{ "http://a.example/b%3Bc%3Dd%2Be%26f%24", A "%3Bc%3Dd%2Be%26f%24" },
	{ "http://a.example/b?x=%28c%29", A "?x=%28c%29" },
	/* sessions of ASP.NET */
	{ "http://a.example/(S(abc123_-))/b", A },
	{ "http://a.example/%28S%28abc%29%29/b", A },
	{ "http://a.example/x/(A(1)F(2))/b", "https://a.example/x/b" },
	{ "http://a.example/(S(abc))", "https://a.example/" },
	{ "http://a.example/(S(abc)/b", "https://a.example/(S(abc)/b" },
	{ "http://a.example/(S(a.b))/b", "https://a.example/(S(a.b))/b" },
	{ "http://a.example/x(S(abc))/b", "https://a.example/x(S(abc))/b" },
	{ "http://a.example/(abc)/b", "https://a.example/(abc)/b" },
	/* AMP */
	{ "http://a.example/b/amp", A },
	{ "http://a.example/b/amp/", A "/" },
	{ "http://a.example/b/amp/amp", A },
	{ "http://a.example/b/%61mp", A },
	{ "http://a.example/b.amp", A },
	{ "http://a.example/b.amp.html", A ".html" },
	{ "http://a.example/amp", "https://a.example/amp" },
	{ "http://a.example/amp/", "https://a.example/amp/" },
	{ "http://a.example/amp/b", "https://a.example/amp/b" },
	{ "http://a.example/b/camp", A "/camp" },
	{ "http://a.example/b/..amp", A "/..amp" },
	{ "http://a.example/b?amp", A },
	{ "http://a.example/b?amp=1&id=2", A "?id=2" },
	{ "http://a.example/b?amp=5", A "?amp=5" },
	{ "http://a.example/b?outputType=amp", A },
	{ "http://a.example/b?outputType=json", A "?outputType=json" },
	{ "http://amp.a.example/b", "https://www.a.example/b" },
	{ "http://amp.news.a.example/b", "https://news.a.example/b" },
	{ "http://amp.amp.a.example/b", "https://www.a.example/b" },
	{ "http://amp.com/b", "https://amp.com/b" },
	{ "http://amp.www.a.example/b", "https://www.a.example/b" },
	{ "https://cdn.ampproject.org/c/s/a.example/b", A },
	{ "https://cdn.ampproject.org/c/a.example/b?amp=1&id=2", A "?id=2" },
	{ "https://a-example.cdn.ampproject.org/v/s/a.example/b/amp/?usqp=x",
		A "/" },
	{ "https://www.google.com/amp/s/a.example/b", A },
	{ "https://www.google.co.uk/amp/a.example/b", A },
	{ "https://cdn.ampproject.org/c/s/cdn.ampproject.org/c/s/a.example/b",
		A },
	{ "https://cdn.ampproject.org/%63/s/a.example/b", A },
	{ "https://cdn.ampproject.org/", "https://cdn.ampproject.org/" },
	{ "https://cdn.ampproject.org/c/s/nohost",
		"https://cdn.ampproject.org/c/s/nohost" },
	{ "https://www.google.com/search?q=amp",
		"https://www.google.com/search?q=amp" },
};

/* What the rules before 0.2 made of these, and still do. */
static const struct {
	const char *url, *key;
} earlier[] = {
	{ "http://a.example/b|c?x[]=1", A "|c?x[]=1" },
	{ "http://a.example/b%7cc", A "%7Cc" },
	{ "http://a.example/b_%28c%29", A "_%28c%29" },
	{ "http://a.example/(S(abc))/b", "https://a.example/(S(abc))/b" },
	{ "http://a.example/b?utm_source=1&ga_source=2", A "?ga_source=2" },
	{ "http://a.example/b?sid=0123456789abcdef0123456789ABCDEF",
		A "?sid=0123456789abcdef0123456789ABCDEF" },
	{ "http://a.example/b;jsessionid=0A1B", A },
};

static struct arena arena;

static void
check_key(struct str url, struct str want)
{
	struct str key = STR(""), again = STR("");
	struct err err = { "" };

	TEST(urlkey_of(&key, url, NULL, &arena, &err) == 0 &&
		str_eq(key, want), "'%.*s' -> '%.*s' %s",
		STR_ARGS(url), STR_ARGS(key), err.text);
	TEST(urlkey_of(&again, key, NULL, &arena, &err) == 0 &&
		str_eq(again, key), "its key is '%.*s'", STR_ARGS(again));
}

static void
test_user_patterns(void)
{
	struct str patterns[] = { STR("src"), STR("x_*"),
		STR("a.example/ref"), STR("*"), STR(""), STR("b.example/y") };
	struct strlist list = { patterns, 6 };
	struct str key;

	TEST(urlkey_of(&key, STR("http://n.a.example/b?src=1&x_y=2&ref=3&id=4"
		"&y=5"), &list, &arena, NULL) == 0 && str_eq(key,
		STR("https://n.a.example/b?id=4&y=5")), "the user's patterns");
}

static void
test_refused(void)
{
	struct str key;
	struct err err;

	TEST(urlkey_of(&key, STR("mailto:a@b"), NULL, &arena, &err) < 0 &&
		key.len == 0, "no http(s) URL: %s", err.text);
}

/* Random URLs out of the pieces that rules look for. */
static void
test_idempotent(void)
{
	static const char *const pieces[] = { "/amp", "/", "?", "&", "amp=1",
		"utm_source=x", ".amp", ".amp.html", ";jsessionid=", "%2e",
		"%61", "..", ".", "cdn.ampproject.org/c/s/", "amp.", "a",
		"x.example", "%2f", "=", "%", "%75tm_source=1", "#", ":443",
		"www.google.com/amp/s/", "id=1", ";", "%3f", "\\", "@" };
	unsigned seed = 1, bad = 0, good = 0;

	for (int i = 0; i < 60000; i++) {
		struct str key, again;
		char text[256];
		int len = snprintf(text, sizeof(text), "http%s://%s",
			i & 1 ? "s" : "", i & 2 ? "cdn.ampproject.org/c/s/" :
			i & 4 ? "amp.x.example" : "x.example");

		for (int n = 0; n < 8; n++) {
			seed = seed * 1103515245u + 12345u;
			len += snprintf(text + len, sizeof(text) - len, "%s",
				pieces[(seed >> 16) %
				(sizeof(pieces) / sizeof(*pieces))]);
		}
		arena_reset(&arena);
		if (urlkey_of(&key, str_from(text), NULL, &arena, NULL) < 0)
			continue;
		good++;
		if (urlkey_of(&again, key, NULL, &arena, NULL) == 0 &&
			str_eq(key, again))
			continue;
		if (bad++ < 5)
			printf("# '%s' -> '%.*s' -> '%.*s'\n", text,
				STR_ARGS(key), STR_ARGS(again));
	}
	TEST(bad == 0 && good > 20000, "the key of a key is the key, %u times",
		good);
}

/* Caches within caches without end. */
static void
test_deep(void)
{
	struct strbuf url;
	struct str key, again;

	strbuf_init(&url, URL_INPUT_BYTES);
	strbuf_adds(&url, STR("http://u@"));
	for (int i = 0; i < 2000; i++)
		strbuf_adds(&url, STR("cdn.ampproject.org/c/s/"));
	strbuf_adds(&url, STR("a.example/b?x#y"));
	arena_reset(&arena);
	TEST(urlkey_of(&key, strbuf_str(&url), NULL, &arena, NULL) == 0 &&
		urlkey_of(&again, key, NULL, &arena, NULL) == 0 &&
		str_eq(key, again) && str_ends(key, STR("a.example/b?x")),
		"2000 caches stay as they are");
	strbuf_release(&url);
}

static void
test_earlier(void)
{
	for (size_t i = 0; i < sizeof(earlier) / sizeof(*earlier); i++) {
		struct str key;

		TEST(urlkey_before(&key, str_from(earlier[i].url), NULL,
			&arena, NULL) == 0 &&
			str_eq(key, str_from(earlier[i].key)),
			"before: '%s' -> '%.*s'", earlier[i].url,
			STR_ARGS(key));
	}
}

/* Addresses of one site in the shapes that content systems give them. */
static void
make_url(struct strbuf *out, int shape, int n)
{
	static const char *const shapes[] = { "/news/%d", "/a-%d.html",
		"/story.php?id=%d", "/?p=%d", "/2026/05/04/storm-%d/",
		"/politik/artikel%d.html?page=2", "/x?s=%d", "/x?ref=%d",
		"/x?cid=%d", "/article,%d", "/wiki/A_(%d)", "/n/%%5B%d%%5D",
		"/x?sid=%d", "/x?a[]=%d", "/x?source=%d", "/x?n=%d&v=1",
		"/amp/%d", "/%d?q=a%%26b", "/x?ic=%d", "/x;v=%d",
		"/x?session=%d", "/x?story=%d", "/x?mid=%d", "/x?at=%d" };

	strbuf_reset(out);
	strbuf_adds(out, STR("https://paper.example"));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	strbuf_addf(out, shapes[shape], n);
#pragma GCC diagnostic pop
}

static int
compare(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

/* No two of 480 addresses, 114,960 pairs, fall together. */
static void
test_pairs(void)
{
	enum { SHAPES = 24, EACH = 20, COUNT = SHAPES * EACH };
	struct str keys[COUNT];
	struct strbuf url;
	int same = 0;

	strbuf_init(&url, 1000);
	for (int i = 0; i < COUNT; i++) {
		make_url(&url, i % SHAPES, 1 + i / SHAPES);
		if (urlkey_of(&keys[i], strbuf_str(&url), NULL, &arena,
			NULL) < 0)
			keys[i] = STR("");
	}
	qsort(keys, COUNT, sizeof(*keys), compare);
	for (int i = 1; i < COUNT; i++)
		same += str_eq(keys[i - 1], keys[i]);
	TEST(same == 0, "%d articles have %d keys", COUNT, COUNT - same);
	strbuf_release(&url);
}

int
main(void)
{
	arena_init(&arena, 64 << 20);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check_key(str_from(cases[i].url), str_from(cases[i].key));
	test_user_patterns();
	test_refused();
	test_idempotent();
	test_deep();
	test_earlier();
	test_pairs();
	arena_release(&arena);
	return test_done();
}
