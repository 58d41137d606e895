#include "common/web/psl.h"

#include "tests/unit/test.h"

static const struct {
	struct str host, registrable;
} cases[] = {
	{ STR_INIT("news.bbc.co.uk"), STR_INIT("bbc.co.uk") },
	{ STR_INIT("bbc.co.uk"), STR_INIT("bbc.co.uk") },
	{ STR_INIT("co.uk"), STR_INIT("co.uk") },
	{ STR_INIT("www.example.com"), STR_INIT("example.com") },
	{ STR_INIT("www.example.com."), STR_INIT("example.com.") },
	{ STR_INIT("a.b.github.io"), STR_INIT("b.github.io") },
	{ STR_INIT("www.city.kawasaki.jp"), STR_INIT("city.kawasaki.jp") },
	{ STR_INIT("a.b.c.kobe.jp"), STR_INIT("b.c.kobe.jp") },
	{ STR_INIT("x.xn--85x722f.com.cn"), STR_INIT("xn--85x722f.com.cn") },
	{ STR_INIT("localhost"), STR_INIT("localhost") },
	{ STR_INIT("192.0.2.1"), STR_INIT("192.0.2.1") },
	{ STR_INIT("[2001:db8::1]"), STR_INIT("[2001:db8::1]") },
	{ STR_INIT(""), STR_INIT("") },
	{ STR_INIT("."), STR_INIT(".") },
};

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str got = psl_registrable(cases[i].host);

		TEST(str_eq(got, cases[i].registrable), "'%.*s' -> '%.*s'",
			STR_ARGS(cases[i].host), STR_ARGS(got));
	}
	TEST(psl_same_site(STR("a.example.co.uk"), STR("b.example.co.uk")) &&
		!psl_same_site(STR("a.co.uk"), STR("b.co.uk")), "same site");
	return test_done();
}
