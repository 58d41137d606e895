#include "cmd/fetch/delay.h"

#include "cmd/fetch/fetch.h"
#include "tests/unit/test.h"

static const struct {
	const char *what;
	int64_t wanted_ms, answer_ms, crawl_ms;
	bool stranger;
	int64_t delay_ms;
} cases[] = {
	{ "what is wanted", 1000, 100, 0, true, 1000 },
	{ "half of it is not too slow", 1000, 500, 0, true, 1000 },
	{ "twice a slow answer's time", 1000, 501, 0, true, 1002 },
	{ "twice a very slow one's", 1000, 20000, 0, true, 40000 },
	{ "but not for ever", 1000, 90000, 0, true, FETCH_CRAWL_DELAY_MAX_MS },
	{ "the site's own delay", 1000, 100, 5000, true, 5000 },
	{ "twice the time is more than that", 1000, 3000, 5000, true, 6000 },
	{ "no haste with strangers", 0, 10, 0, true, FETCH_DELAY_MIN_MS },
	{ "and slow ones", 0, 900, 0, true, 1800 },
	{ "haste at home", 0, 5000, 0, false, 0 },
	{ "a little less haste at home", 10, 30, 0, false, 60 },
	{ "the site's own delay at home", 0, 0, 1500, false, 1500 },
};

int
main(void)
{
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		TEST(delay_after(cases[i].wanted_ms, cases[i].answer_ms,
			cases[i].crawl_ms, cases[i].stranger) ==
			cases[i].delay_ms, "%s", cases[i].what);
	return test_done();
}
