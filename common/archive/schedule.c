#include "common/archive/schedule.h"

#include "common/article/memory.h"
#include "common/base/digest.h"
#include "common/base/hash.h"
#include "common/base/isotime.h"
#include "common/web/psl.h"
#include "common/web/url.h"

/* What a receipt means to the schedule. */
enum outcome {
	CHANGED,
	UNCHANGED,
	WITHDRAWN,
	MOVED,
	MISSED,
	DOUBTED,
	FAILED
};

enum {
	QUICK_S = 4 * 60,
	SLOW_S = 30 * 60, /* the second look of a doubt that takes long */
	LONG_S = 3600     /* so long takes a doubt that takes long */
};

struct str
schedule_state_name(enum schedule_state state)
{
	static const char *const names[] = { "absent", "live", "gone",
		"moved" };

	return str_from(names[state]);
}

uint64_t
schedule_hash(enum schedule_kind kind, struct str key)
{
	unsigned char sum[DIGEST_SHA256_BYTES];
	uint64_t hash = 0;

	digest_sha256(sum, key);
	for (size_t i = 0; i < 8; i++)
		hash = hash << 8 | sum[i];
	/* A positive integer of SQLite; feeds have the odd ones. */
	return (hash & (INT64_MAX - 1)) | (kind == SCHEDULE_FEED);
}

uint32_t
schedule_host(struct str url, struct arena *arena)
{
	struct url parsed;

	if (url_parse(&parsed, url, NULL, arena, NULL) < 0)
		return 0;
	return hash_str(psl_registrable(parsed.host));
}

/* Thousandths of a number that looks random, from a hash and a count. */
static int64_t
thousandths(uint64_t hash, int64_t n)
{
	uint64_t x = hash + (uint64_t)n * 0x9e3779b97f4a7c15u;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return (int64_t)((x ^ x >> 31) % 1000);
}

/* The interval less up to a tenth. */
static int64_t
jittered(const struct schedule_entry *e, int64_t interval_s)
{
	uint64_t hash = schedule_hash(e->kind, e->key);

	return interval_s -
		interval_s * thousandths(hash, e->checks) / 10000;
}

bool
schedule_is_feed(const struct receipt *r)
{
	for (size_t i = 0; i < r->classes.count; i++)
		if (str_eq(r->classes.items[i], STR("feed")))
			return true;
	return false;
}

static bool
is_miss(struct str error)
{
	return str_eq(error, STR("not-found")) ||
		str_eq(error, STR("soft-404")) ||
		str_eq(error, STR("redirect-home"));
}

static enum outcome
outcome_of(const struct receipt *r)
{
	switch (r->status) {
	case RECEIPT_NEW:
	case RECEIPT_CHANGED:
	case RECEIPT_RESTORED:
		return CHANGED;
	case RECEIPT_MINOR:
	case RECEIPT_TECHNICAL:
	case RECEIPT_SAME:
	case RECEIPT_LATE:
		return UNCHANGED;
	case RECEIPT_GONE:
		return WITHDRAWN;
	case RECEIPT_MOVED:
		return MOVED;
	case RECEIPT_FAILED:
		return is_miss(r->error) ? MISSED : FAILED;
	case RECEIPT_UNCONFIRMED:
		return DOUBTED;
	case RECEIPT_BLOCKED:
		break;
	}
	return FAILED;
}

static void
set_validators(struct schedule_entry *e, const struct receipt *r)
{
	/* A 304 need not repeat them; a new version has its own or none, and
	 * those of an older capture lead to no newer text. */
	if (r->status == RECEIPT_LATE)
		return;
	if (r->status == RECEIPT_SAME && !r->etag.len &&
		!r->last_modified.len && str_eq(e->url, r->url))
		return;
	e->etag = r->etag;
	e->last_modified = r->last_modified;
}

static void
seen_well(struct schedule_entry *e, const struct receipt *r)
{
	e->failures = e->misses = e->missed_s = 0;
	e->error = STR("");
	set_validators(e, r);
	if (r->url.len)
		e->url = r->url;
}

static void
not_here(struct schedule_entry *e, enum schedule_state state)
{
	e->failures = e->misses = e->missed_s = 0;
	e->etag = e->last_modified = e->error = STR("");
	if (e->state == state)
		return;
	e->state = state;
	e->changed_s = e->checked_s;
}

static bool
away(const struct schedule_entry *e)
{
	return e->state == SCHEDULE_GONE || e->state == SCHEDULE_MOVED;
}

static void
unchanged(struct schedule_entry *e, const struct receipt *r)
{
	/* A commit answers "same" also to a withdrawal that it knows. */
	if (away(e))
		return;
	seen_well(e, r);
	e->period_s += e->period_s / 5;
	if (!e->period_s)
		e->period_s = SCHEDULE_FIRST_S;
	if (!e->changed_s)
		e->changed_s = e->checked_s;
	e->state = SCHEDULE_LIVE;
}

static void
take_outcome(struct schedule_entry *e, const struct receipt *r,
	enum outcome outcome)
{
	switch (outcome) {
	case CHANGED:
		e->state = SCHEDULE_LIVE;
		e->changed_s = e->checked_s;
		e->period_s = SCHEDULE_FIRST_S;
		seen_well(e, r);
		break;
	case UNCHANGED:
		unchanged(e, r);
		break;
	case WITHDRAWN:
		not_here(e, SCHEDULE_GONE);
		break;
	case MOVED:
		not_here(e, SCHEDULE_MOVED);
		break;
	case MISSED:
		if (e->misses++ == 0)
			e->missed_s = e->checked_s;
		e->failures = 0;
		e->error = r->error;
		break;
	case DOUBTED:
		e->failures = e->misses = e->missed_s = 0;
		e->error = STR("unconfirmed");
		break;
	case FAILED:
		e->failures++;
		e->error = r->error.len ? r->error : STR("failed");
		break;
	}
}

/* `interval_s`, doubled with each failure, at most `max_s`. */
static int64_t
retry_s(int64_t interval_s, int64_t failures, int64_t max_s)
{
	while (--failures > 0 && interval_s < max_s)
		interval_s *= 2;
	return interval_s < max_s ? interval_s : max_s;
}

/*
 * When the text in doubt is to be seen next: soon, but a text that lasts for
 * hours before it counts is seen once soon and then when it does; ever later
 * where one text in doubt follows the other. 0: no doubt is open.
 */
static int64_t
doubt_s(const struct schedule_entry *e, int64_t usual_s)
{
	struct memory m;
	int64_t wait_s, left_s;

	memory_parse(&m, e->doubt);
	if (m.reason.len == 0)
		return 0;
	left_s = m.first_s + m.over_s - e->checked_s;
	wait_s = m.over_s < LONG_S ? QUICK_S : SLOW_S;
	if (m.over_s >= LONG_S && m.looks > 1)
		wait_s = left_s > SLOW_S ? left_s : SLOW_S;
	for (int64_t n = 0; n < m.tries && wait_s < usual_s; n++)
		wait_s *= 2;
	return m.tries > 0 && wait_s > usual_s ? usual_s : wait_s;
}

static int64_t
usual_s(const struct schedule_entry *e)
{
	int64_t max_s = SCHEDULE_RETRY_MAX_S;

	if (away(e))
		return SCHEDULE_RETURN_S;
	if (e->misses && !e->failures)
		return SCHEDULE_MISS_S;
	if (!e->failures && e->period_s)
		return e->period_s;
	return retry_s(SCHEDULE_FIRST_S, e->failures,
		e->period_s > max_s ? e->period_s : max_s);
}

static int64_t
interval_s(const struct schedule_entry *e)
{
	int64_t usual = usual_s(e);
	int64_t soon = e->failures || e->misses ? 0 : doubt_s(e, usual);

	return soon ? soon : usual;
}

/* The moment at which watching ends. */
static int64_t
end_of_watch(const struct schedule_entry *e)
{
	if (e->state == SCHEDULE_ABSENT)
		return e->first_s + SCHEDULE_TRY_S;
	return e->changed_s + SCHEDULE_WATCH_S;
}

static void
set_next(struct schedule_entry *e, int64_t wish_s)
{
	int64_t end_s = end_of_watch(e);

	if (wish_s > SCHEDULE_WISH_MAX_S)
		wish_s = SCHEDULE_WISH_MAX_S;
	e->next_s = e->checked_s + jittered(e, interval_s(e));
	if (e->next_s < e->checked_s + wish_s)
		e->next_s = e->checked_s + wish_s;
	/* An open doubt is closed by a last look. */
	if (e->checked_s < end_s + SCHEDULE_CLOSE_S && doubt_s(e, SLOW_S) > 0)
		end_s += SCHEDULE_CLOSE_S;
	if (e->checked_s >= end_s)
		e->next_s = 0;
	else if (e->next_s > end_s)
		e->next_s = end_s;
}

static void
check_feed(struct schedule_entry *e, const struct receipt *r)
{
	int64_t wish_s = r->retry_after_s, wait_s;

	if (r->status == RECEIPT_SAME || r->status == RECEIPT_CHANGED) {
		e->state = SCHEDULE_LIVE;
		if (r->status == RECEIPT_CHANGED || !e->changed_s)
			e->changed_s = e->checked_s;
		seen_well(e, r);
		if (wish_s > SCHEDULE_FEED_WISH_MAX_S)
			wish_s = SCHEDULE_FEED_WISH_MAX_S;
		e->period_s = wish_s;
		e->next_s = e->checked_s + wish_s;
		return;
	}
	e->failures++;
	e->error = r->error.len ? r->error : STR("failed");
	if (wish_s > SCHEDULE_WISH_MAX_S)
		wish_s = SCHEDULE_WISH_MAX_S;
	wait_s = retry_s(SCHEDULE_FEED_MIN_S, e->failures,
		SCHEDULE_RETRY_MAX_S);
	e->next_s = e->checked_s + (wish_s > wait_s ? wish_s : wait_s);
}

bool
schedule_check(struct schedule_entry *e, const struct receipt *r,
	int64_t checked_s)
{
	enum outcome outcome = outcome_of(r);

	if (e->checks && checked_s <= e->checked_s)
		return false;
	if (!e->first_s)
		e->first_s = checked_s;
	if (!e->url.len)
		e->url = r->url;
	if (r->source.len)
		e->source = r->source;
	e->checked_s = checked_s;
	e->doubt = r->doubt;
	e->checks++;
	if (e->kind == SCHEDULE_FEED) {
		check_feed(e, r);
		return true;
	}
	take_outcome(e, r, outcome);
	set_next(e, r->retry_after_s);
	return true;
}

int64_t
schedule_feed_due(const struct schedule_entry *e, int64_t period_s,
	int64_t mended_s)
{
	int64_t due_s;

	if (!e->checks)
		return 0;
	if (e->failures && mended_s >= e->checked_s &&
		!str_starts(e->error, STR("status-")))
		return mended_s;
	if (e->failures)
		return e->next_s;
	if (!period_s)
		period_s = SCHEDULE_FEED_S;
	period_s = jittered(e, period_s);
	if (period_s < SCHEDULE_FEED_MIN_S)
		period_s = SCHEDULE_FEED_MIN_S;
	due_s = e->checked_s + period_s;
	return due_s > e->next_s ? due_s : e->next_s;
}

void
schedule_restore(struct schedule_entry *e, int64_t now_s)
{
	int64_t since_s = now_s - e->changed_s;
	uint64_t hash = schedule_hash(e->kind, e->key);

	if (since_s < 0)
		since_s = 0;
	/* After n unchanged checks a fifth of the time passed and 30 minutes
	 * are the period: the sum of the geometric series. */
	e->period_s = SCHEDULE_FIRST_S + since_s / 5;
	if (away(e))
		e->period_s = SCHEDULE_RETURN_S;
	e->next_s = now_s + e->period_s * thousandths(hash, 0) / 1000;
	if (since_s >= SCHEDULE_WATCH_S)
		e->next_s = 0;
	else if (e->next_s > e->changed_s + SCHEDULE_WATCH_S)
		e->next_s = e->changed_s + SCHEDULE_WATCH_S;
}

bool
schedule_mend(struct schedule_entry *e, int64_t now_s)
{
	int64_t *const times[] = { &e->first_s, &e->checked_s, &e->changed_s,
		&e->missed_s };

	if (e->checked_s <= now_s + ISOTIME_AHEAD_S &&
		e->changed_s <= now_s + ISOTIME_AHEAD_S)
		return false;
	for (size_t i = 0; i < sizeof(times) / sizeof(times[0]); i++)
		if (*times[i] > now_s)
			*times[i] = now_s;
	e->checked_s--; /* a check of this second is newer */
	e->next_s = now_s;
	return true;
}
