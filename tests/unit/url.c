#include "common/web/url.h"

#include <stdint.h>

#include "common/web/json.h"
#include "tests/unit/test.h"

enum { FILE_BYTES = 1 << 20 };

static struct arena arena;

/* One line of the table: [input, base or null, href or null]. */
static void
check_case(struct str line)
{
	struct json *list = json_read(line, JSON_STRICT, NULL);
	struct str input = json_text(json_item(list, 0));
	struct str base = json_text(json_item(list, 1));
	struct str want = json_text(json_item(list, 2));
	struct err err = { "" };
	struct url url = { .port = -1 };
	int got;

	got = base.len ? url_resolve(&url, input, base, &arena, &err) :
		url_parse(&url, input, NULL, &arena, &err);
	TEST(json_count(list) == 3 && (want.len ? got == 0 &&
		str_eq(url.href, want) : got < 0), "%.*s%s%.*s %s",
		STR_ARGS(line), got == 0 ? " gives " : "",
		STR_ARGS(url.href), err.text);
	json_free(list);
}

static void
test_table(void)
{
	static char bytes[FILE_BYTES];
	FILE *f = fopen("tests/fixtures/urls.jsonl", "rb");
	struct str rest = { bytes, f ? fread(bytes, 1, FILE_BYTES, f) : 0 };
	struct str line;
	size_t count = 0;

	if (f)
		fclose(f);
	while (str_field(&line, &rest, '\n'))
		if (line.len > 0 && line.ptr[0] != '#') {
			check_case(line);
			count++;
			arena_reset(&arena);
		}
	TEST(count > 450, "%zu cases", count);
}

static void
test_parts(void)
{
	struct url u, base;
	struct str query = STR("a=1&&b&c=d=e&"), name, value;
	struct strbuf out;
	struct err err;

	strbuf_init(&out, 1000);
	TEST(url_parse(&u, STR("HTTPS://u:p@A.Example:8443/x/../y z?q#f"),
		NULL, &arena, &err) == 0 &&
		str_eq(u.scheme, STR("https")) &&
		str_eq(u.username, STR("u")) && str_eq(u.password, STR("p")) &&
		str_eq(u.host, STR("a.example")) && u.port == 8443 &&
		str_eq(u.path, STR("/y%20z")) && u.has_query &&
		str_eq(u.query, STR("q")) && u.has_fragment &&
		str_eq(u.fragment, STR("f")) && u.host_kind == URL_DOMAIN,
		"the parts of a URL");
	url_write_origin(&out, &u);
	TEST(str_eq(strbuf_str(&out), STR("https://a.example:8443")),
		"its origin");
	strbuf_reset(&out);
	url_write_bare(&out, &u);
	TEST(str_eq(strbuf_str(&out),
		STR("https://u:p@a.example:8443/y%20z?q")),
		"without its fragment");
	TEST(url_parse(&base, STR("http://[::1]/?#"), NULL, &arena, &err) == 0
		&& base.host_kind == URL_IPV6 && url_port(&base) == 80 &&
		base.has_query && base.has_fragment && base.query.len == 0,
		"empty parts");
	TEST(url_parse(&u, STR("mailto:x@y"), &base, &arena, &err) < 0 &&
		str_eq(u.scheme, STR("mailto")), "another scheme: %s",
		err.text);
	TEST(url_parse(&u, STR("http://"), &base, &arena, &err) < 0 &&
		u.scheme.len == 0, "no host: %s", err.text);
	TEST(url_resolve(&u, STR("../c"), STR("http://a.example/b/d/e"),
		&arena, &err) == 0 &&
		str_eq(u.href, STR("http://a.example/b/c")), "resolved");
	TEST(url_resolve(&u, STR("c"), STR("/b"), &arena, &err) < 0,
		"a base that is none: %s", err.text);
	TEST(url_next_parameter(&name, &value, &query) &&
		str_eq(name, STR("a")) && str_eq(value, STR("1")) &&
		url_next_parameter(&name, &value, &query) &&
		str_eq(name, STR("b")) && value.len == 0 &&
		url_next_parameter(&name, &value, &query) &&
		str_eq(name, STR("c")) && str_eq(value, STR("d=e")) &&
		!url_next_parameter(&name, &value, &query), "parameters");
	strbuf_release(&out);
}

int
main(void)
{
	arena_init(&arena, 16 << 20);
	test_parts();
	test_table();
	arena_release(&arena);
	return test_done();
}
