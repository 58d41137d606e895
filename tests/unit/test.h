/*
 * Unit tests print TAP: one "ok"/"not ok" line a check; the status is 1 when
 * any failed. scripts/check runs them all.
 *
 *	int main(void)
 *	{
 *		TEST(str_eq(a, b), "views with the same bytes are equal");
 *		return test_done();
 *	}
 */
#ifndef STET_TEST_H
#define STET_TEST_H

#include <stdio.h>

static int test_count, test_failures;

#define TEST(condition, ...) \
	do { \
		int passed_ = (condition) ? 1 : 0; \
		test_failures += !passed_; \
		printf("%sok %d - ", passed_ ? "" : "not ", ++test_count); \
		printf(__VA_ARGS__); \
		putchar('\n'); \
		if (!passed_) \
			printf("# %s:%d: %s\n", __FILE__, __LINE__, \
				#condition); \
	} while (0)

static inline int
test_done(void)
{
	printf("1..%d\n", test_count);
	return test_failures > 0;
}

#endif
