/* robots.txt: any bytes; the same question has the same answer. */
#include "cmd/fetch/robots.h"

#include "tests/fuzz/fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	struct str text = { (const char *)bytes, len }, rule;
	struct robots *r = robots_parse(text, STR("stet"));
	bool allowed = robots_allows(r, STR("/a/b.html?c"), &rule);

	FUZZ_CHECK(robots_allows(r, STR("/a/b.html?c"), &rule) == allowed);
	FUZZ_CHECK(robots_delay_ms(r) >= -1);
	robots_free(r);
	return 0;
}
