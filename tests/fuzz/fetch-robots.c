/*
 * robots.txt: any bytes; the same question has the same answer. And rules of
 * few letters against a reference that tries everything.
 */
#include "cmd/fetch/robots.h"

#include <string.h>

#include "tests/fuzz/fuzz.h"

enum { RULES_MOST = 8, TEXT_BYTES = 1 << 20 };

struct plain_rule {
	bool allow;
	char pattern[16];
};

/* RFC 9309 2.2.3, letter by letter: whether the pattern begins the target. */
static bool
begins(const char *pattern, const char *target)
{
	if (!*pattern)
		return true;
	if (pattern[0] == '$' && !pattern[1])
		return !*target;
	if (*pattern == '*')
		return begins(pattern + 1, target) ||
			(*target && begins(pattern, target + 1));
	return *pattern == *target && begins(pattern + 1, target + 1);
}

/* The longest rule wins, and of equally long ones that which allows. */
static bool
reference(const struct plain_rule *rules, size_t count, const char *target)
{
	const struct plain_rule *best = NULL;

	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(rules[i].pattern);

		if (begins(rules[i].pattern, target) &&
			(!best || len > strlen(best->pattern) ||
				(len == strlen(best->pattern) &&
					rules[i].allow)))
			best = &rules[i];
	}
	return !best || best->allow;
}

/* A word of few letters from bytes up to a newline, so that much meets. */
static void
take_word(char *out, size_t room, struct str *rest, const char *letters)
{
	size_t n = 1, all = strlen(letters);
	struct str line;

	out[0] = '/';
	str_field(&line, rest, '\n');
	for (size_t i = 0; i < line.len && n + 1 < room; i++)
		out[n++] = letters[(unsigned char)line.ptr[i] % all];
	out[n] = '\0';
}

static void
compare(struct str input)
{
	struct plain_rule rules[RULES_MOST];
	struct strbuf text;
	struct robots *r;
	struct str rule;
	char target[24];
	size_t count = 0;

	take_word(target, sizeof(target), &input, "ab/");
	strbuf_init(&text, TEXT_BYTES);
	strbuf_adds(&text, STR("User-agent: *\n"));
	for (; input.len > 0 && count < RULES_MOST; count++) {
		struct plain_rule *one = &rules[count];

		one->allow = input.ptr[0] % 2;
		take_word(one->pattern, sizeof(one->pattern), &input, "ab/*$");
		/* A "$" that is not the last is a letter, which none is here. */
		strbuf_addf(&text, "%s: %s\n",
			one->allow ? "Allow" : "Disallow", one->pattern);
	}
	r = robots_parse(strbuf_str(&text), STR("stet"));
	FUZZ_CHECK(robots_allows(r, str_from(target), &rule) ==
		reference(rules, count, target));
	robots_free(r);
	strbuf_release(&text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct str text = { (const char *)bytes, len }, rule;
	struct robots *r = robots_parse(text, STR("stet"));
	bool allowed = robots_allows(r, STR("/a/b.html?c"), &rule);
	static const char *const paths[] = { "/", "/a", "/a/b.html", "/b",
		"/private/x", "/x.gif", "/a%20b", "/index.html?q=1" };

	FUZZ_SAY("%lld\n", (long long)robots_delay_ms(r));
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		bool may = robots_allows(r, str_from(paths[i]), &rule);

		FUZZ_SAY("%d %.*s\n", may, STR_ARGS(rule));
	}
	FUZZ_CHECK(robots_allows(r, STR("/a/b.html?c"), &rule) == allowed);
	FUZZ_CHECK(robots_delay_ms(r) >= -1);
	robots_free(r);
	compare(text);
	return 0;
}
