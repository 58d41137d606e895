#include "cmd/fetch/robots.h"

#include "common/base/strbuf.h"

#include "tests/unit/test.h"

static bool
allows(const char *text, const char *target)
{
	struct robots *r = robots_parse(str_from(text), STR("stet"));
	struct str rule;
	bool allowed = robots_allows(r, str_from(target), &rule);

	robots_free(r);
	return allowed;
}

#define ALL "User-agent: *\n"

static const struct {
	const char *text, *target;
	bool allowed;
	const char *what;
} cases[] = {
	{ "", "/", true, "an empty file allows" },
	{ ALL "Disallow:\n", "/a", true, "an empty rule says nothing" },
	{ ALL "Disallow: /\n", "/a", false, "everything is forbidden" },
	{ "Disallow: /\n", "/a", true, "a rule outside a group does not count" },
	{ ALL "Disallow: /fish\n", "/fish.html", false, "patterns are prefixes" },
	{ ALL "Disallow: /fish\n", "/catfish", true, "at the start of the path" },
	{ ALL "Disallow: /fish\n", "/Fish", true, "with case" },
	{ ALL "Disallow: /fish/\n", "/fish", true, "slash and all" },
	{ ALL "Disallow: /*.php\n", "/a/b.php?x", false, "a star spans slashes" },
	{ ALL "Disallow: /*.php$\n", "/a.php?x", true, "$ is the end" },
	{ ALL "Disallow: /*.php$\n", "/a.php.php", false, "the very end" },
	{ ALL "Disallow: /a$\n", "/a", false, "$ without a star" },
	{ ALL "Disallow: /a$\n", "/ab", true, "$ without a star, longer" },
	{ ALL "Disallow: /a$b\n", "/a$b", false, "a $ within is itself" },
	{ ALL "Disallow: /*a*b*c\n", "/xaxbxc", false, "stars in a row" },
	{ ALL "Disallow: /*a*b*c\n", "/xcxbxa", true, "and in order" },
	{ ALL "Disallow: /**\n", "/x", false, "two stars are one" },
	{ ALL "Disallow: *\n", "/x", false, "a star alone" },
	{ ALL "Disallow: /a*a$\n", "/a", true, "pieces do not overlap" },
	{ ALL "Allow: /p\nDisallow: /\n", "/page", true, "longest wins" },
	{ ALL "Disallow: /\nAllow: /p\n", "/page", true, "in any order" },
	{ ALL "Allow: /f\nDisallow: /f\n", "/f", true, "allow wins ties" },
	{ ALL "Disallow: /f\nAllow: /f\n", "/f", true, "in any order" },
	{ ALL "Allow: /page\nDisallow: /*.htm\n", "/page.htm", false,
		"length is that of the pattern" },
	{ ALL "Allow: /$\nDisallow: /\n", "/", true, "only the home page" },
	{ ALL "Allow: /$\nDisallow: /\n", "/x", false, "and no other" },
	{ ALL "Disallow: /x?a=*\n", "/x?a=1", false, "the query counts" },
	/* RFC 9309 2.2.2: the table of encodings */
	{ ALL "Disallow: /foo/bar?baz=https://foo.bar\n",
		"/foo/bar?baz=https://foo.bar", false, "reserved, plain" },
	{ ALL "Disallow: /foo/bar/\xe3\x83\x84\n", "/foo/bar/%E3%83%84", false,
		"not ASCII, coded in the URL" },
	{ ALL "Disallow: /foo/bar/%e3%83%84\n", "/foo/bar/%E3%83%84", false,
		"digits of either case" },
	{ ALL "Disallow: /foo/bar/%62%61%7A\n", "/foo/bar/baz", false,
		"unreserved, coded in the file" },
	{ ALL "Disallow: /a%2Fb\n", "/a/b", true, "a coded slash is none" },
	{ ALL "Disallow: /path/file-with-a-%2A.html\n",
		"/path/file-with-a-*.html", false, "a star meant as such" },
	{ ALL "Disallow: /path/foo-%24\n", "/path/foo-$", false,
		"a dollar meant as such" },
	{ ALL "Disallow: /100%\n", "/100%", false, "a per cent sign alone" },
	/* groups */
	{ "User-agent: other\nDisallow: /\n", "/", true, "not for us" },
	{ "User-agent: STET\nDisallow: /\n", "/", false, "names have no case" },
	{ "User-agent: stet/1.0\nDisallow: /\n", "/", false, "nor versions" },
	{ "User-agent: stettin\nDisallow: /\n", "/", true, "whole names" },
	{ ALL "Disallow: /\nUser-agent: stet\nDisallow: /x\n", "/", true,
		"our group alone counts" },
	{ ALL "Disallow: /\nUser-agent: stet\n", "/", true,
		"even when it is empty" },
	{ "User-agent: stet\nDisallow: /a\nUser-agent: x\nDisallow: /b\n"
	  "User-agent: stet\nDisallow: /c\n", "/c", false, "groups are merged" },
	{ "User-agent: stet\nUser-agent: x\nDisallow: /a\n", "/a", false,
		"agents share rules" },
	{ "User-agent: x\nDisallow: /b\nUser-agent: stet\nDisallow: /a\n", "/b",
		true, "a rule ends the list of agents" },
	{ "User-agent: stet\nSitemap: /s\nUser-agent: x\nDisallow: /a\n", "/a",
		false, "other lines do not" },
	{ "User-agent: stet\n\n\nDisallow: /a\n", "/a", false,
		"nor do empty ones" },
	/* repair */
	{ "\xef\xbb\xbf" ALL "Disallow: /\n", "/", false, "byte order mark" },
	{ "\xef\xbb" ALL "Disallow: /\n", "/", false, "two thirds of it" },
	{ "\xbf" ALL "Disallow: /\n", "/", false, "its last third" },
	{ "User-agent: *\rDisallow: /\r", "/", false, "lines end with CR" },
	{ "User-agent: *\r\nDisallow: /\r\n", "/", false, "or CRLF" },
	{ "user-AGENT :  * \n  disallow\t: / # all\n", "/x", false,
		"blanks, case and comments" },
	{ "User-agent *\nDisallow /\n", "/", false, "no colon" },
	{ "useragent: *\ndissallow: /\n", "/", false, "misspelt" },
	{ ALL "Disallow: /a", "/a", false, "no newline at the end" },
	{ "<html>not found</html>", "/", true, "a page is no rules" }
};

static void
test_delay(void)
{
	static const struct {
		const char *text;
		int64_t ms;
	} delays[] = { { "", -1 }, { ALL "Crawl-delay: 10\n", 10000 },
		{ ALL "Crawl-delay: 1.5\n", 1500 }, { ALL "Crawl-delay: .25", 250 },
		{ ALL "Crawl-delay: 99999999999999999999", 86400000 },
		{ ALL "Crawl-delay: -1", -1 }, { ALL "Crawl-delay: soon", -1 },
		{ ALL "Crawl-delay: 9\nUser-agent: stet\nDisallow: /\n", -1 },
		{ "User-agent: stet\nCrawl-delay: 3\nUser-agent: *\n"
		  "Crawl-delay: 9", 3000 } };

	for (size_t i = 0; i < sizeof(delays) / sizeof(delays[0]); i++) {
		struct robots *r =
			robots_parse(str_from(delays[i].text), STR("stet"));

		TEST(robots_delay_ms(r) == delays[i].ms, "delay %zu", i);
		robots_free(r);
	}
}

/* "User-agent: *\nDisallow: /a\n" in UTF-16. */
static void
test_utf16(void)
{
	struct str text = STR("User-agent: *\nDisallow: /a\xe9\n"), rule;

	for (int shape = 0; shape < 4; shape++) {
		bool little = shape & 1, marked = shape & 2;
		struct strbuf b;
		struct robots *r;

		strbuf_init(&b, 1024);
		if (marked)
			strbuf_adds(&b, little ? STR("\xff\xfe") :
				STR("\xfe\xff"));
		for (size_t i = 0; i < text.len; i++) {
			strbuf_addc(&b, little ? text.ptr[i] : '\0');
			strbuf_addc(&b, little ? '\0' : text.ptr[i]);
		}
		r = robots_parse(strbuf_str(&b), STR("stet"));
		TEST(!robots_allows(r, STR("/a%C3%A9b"), &rule) &&
			robots_allows(r, STR("/b"), &rule),
			"UTF-16%s%s", little ? "LE" : "BE",
			marked ? " with its mark" : "");
		robots_free(r);
		strbuf_release(&b);
	}
}

static void
test_limit(void)
{
	struct strbuf b;
	struct robots *r;
	struct str rule;

	strbuf_init(&b, 1 << 20);
	strbuf_adds(&b, STR(ALL "Disallow: /first\n"));
	while (b.len < ROBOTS_BYTES - 12)
		strbuf_adds(&b, STR("#\n"));
	strbuf_adds(&b, STR("Allow: /first/page\nDisallow: /last\n"));
	r = robots_parse(strbuf_str(&b), STR("stet"));
	TEST(!robots_allows(r, STR("/first"), &rule) &&
		str_eq(rule, STR("Disallow: /first")), "rules at the start");
	TEST(!robots_allows(r, STR("/first/page"), &rule),
		"a rule that the limit cuts is dropped");
	TEST(robots_allows(r, STR("/last"), &rule), "rules behind are not read");
	robots_free(r);
	strbuf_release(&b);
}

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		TEST(allows(cases[i].text, cases[i].target) == cases[i].allowed,
			"%s", cases[i].what);
	test_delay();
	test_limit();
	test_utf16();
	return test_done();
}
