/* robots.txt: any bytes; the same question has the same answer. */
#include "cmd/fetch/robots.h"

#include "tests/fuzz/fuzz.h"

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
	return 0;
}
