/*
 * How long a site is left alone after an answer.
 */
#ifndef STET_FETCH_DELAY_H
#define STET_FETCH_DELAY_H

#include <stdbool.h>
#include <stdint.h>

/*
 * In ms, without jitter: `wanted_ms` (--delay), to strangers at least
 * FETCH_DELAY_MIN_MS; twice the time that the answer took, when that is more,
 * as a server that is slow has enough to do; both within
 * FETCH_CRAWL_DELAY_MAX_MS; and the site's own Crawl-delay, when that is more.
 * With --delay 0, below --allow-net, the answer's time does not count.
 */
int64_t delay_after(int64_t wanted_ms, int64_t answer_ms, int64_t crawl_ms,
	bool stranger);

#endif
