#include "common/diff/change.h"

/*
 * A return is a state that an earlier one had too. Counting stops at the last
 * novel state, so an article that is really edited again starts afresh, and
 * the number of commits is bounded by the number of distinct texts and, for
 * each of them, by the time in which it keeps returning.
 */

enum { DAY_S = 24 * 60 * 60, WAIT_DAYS_MAX = 30, AT_ONCE = 2 };

static bool
was_before(const struct change_state *states, size_t count, struct str blob)
{
	for (size_t i = count; i > 0; i--)
		if (str_eq(states[i - 1].blob, blob))
			return true;
	return false;
}

/* How many of the newest states in a row were returns. */
static size_t
count_returns(const struct change_state *states, size_t count)
{
	size_t n = 0;

	while (n < count &&
		was_before(states, count - n - 1, states[count - n - 1].blob))
		n++;
	return n;
}

/* How long the state must have differed from the newest one. */
static int64_t
wait_s(size_t returns)
{
	int64_t days = 1;

	if (returns < AT_ONCE)
		return 0;
	for (size_t n = AT_ONCE; n < returns && days < WAIT_DAYS_MAX; n++)
		days *= 2;
	return (days < WAIT_DAYS_MAX ? days : WAIT_DAYS_MAX) * DAY_S;
}

enum change_return
change_returns(const struct change_state *states, size_t count,
	struct str blob, int64_t now_s)
{
	size_t returns;

	if (count > CHANGE_STATES_MAX) {
		states += count - CHANGE_STATES_MAX;
		count = CHANGE_STATES_MAX;
	}
	if (!was_before(states, count, blob))
		return CHANGE_NOVEL;
	returns = count_returns(states, count);
	if (returns == 0)
		return CHANGE_REVERTS;
	if (now_s - states[count - 1].time_s < wait_s(returns))
		return CHANGE_WAITS;
	return CHANGE_OSCILLATES;
}
