#include "cmd/fetch/delay.h"

#include "cmd/fetch/fetch.h"

int64_t
delay_after(int64_t wanted_ms, int64_t answer_ms, int64_t crawl_ms,
	bool stranger)
{
	int64_t ms = wanted_ms;

	if (stranger && ms < FETCH_DELAY_MIN_MS)
		ms = FETCH_DELAY_MIN_MS;
	if (ms > 0 && ms < 2 * answer_ms)
		ms = 2 * answer_ms;
	if (ms > FETCH_CRAWL_DELAY_MAX_MS)
		ms = FETCH_CRAWL_DELAY_MAX_MS;
	return ms < crawl_ms ? crawl_ms : ms;
}
