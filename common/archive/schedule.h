/*
 * When an article or a feed is to be looked at again: pure functions of what
 * has been seen so far, without clock or storage (scheduledb keeps the
 * entries).
 *
 *	struct schedule_entry e = { .kind = SCHEDULE_ARTICLE, .key = key };
 *	if (schedule_check(&e, &receipt))
 *		... e.next_s, e.period_s and the counts are new
 *
 * An article is checked SCHEDULE_FIRST_S after it was first stored and after
 * each change; each unchanged check makes the period a fifth longer. 40 days
 * (SCHEDULE_WATCH_S) after the last change there is a last check, and none
 * after it. An interval is made shorter by up to a tenth, by the key's digest
 * and the number of the check, so that what came together spreads out.
 *
 *  minor, technical  versions, but no reason to look more often: as unchanged
 *  failed, blocked   the period stays; tried again after SCHEDULE_FIRST_S,
 *                    twice that, and so on up to a day (or the period)
 *  not found         counted apart, until extract can call it gone: tried
 *                    again after SCHEDULE_MISS_S
 *  gone, moved       looked at each week for its return, for 40 days
 *  never archived    given up SCHEDULE_TRY_S after it was first seen
 *
 * A server's wish (Retry-After) is kept, up to a week. A feed has the period
 * of its source; its own wish (ttl, max-age) is kept up to a day. One that
 * fails is tried again after SCHEDULE_FEED_MIN_S, twice that, and so on up to
 * a day.
 */
#ifndef STET_SCHEDULE_H
#define STET_SCHEDULE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/article/receipt.h"
#include "common/base/arena.h"
#include "common/base/str.h"

enum {
	SCHEDULE_FIRST_S = 30 * 60,
	SCHEDULE_WATCH_S = 40 * 86400,
	SCHEDULE_CLOSE_S = 2 * 86400, /* longer, for an open doubt */
	SCHEDULE_MISS_S = 12 * 3600,
	SCHEDULE_RETURN_S = 7 * 86400,
	SCHEDULE_TRY_S = 7 * 86400,
	SCHEDULE_RETRY_MAX_S = 86400,
	SCHEDULE_WISH_MAX_S = 7 * 86400,
	SCHEDULE_FEED_S = 30 * 60,     /* a feed's period if none is set */
	SCHEDULE_FEED_MIN_S = 5 * 60,
	SCHEDULE_FEED_WISH_MAX_S = 86400
};

enum schedule_kind { SCHEDULE_ARTICLE, SCHEDULE_FEED };

enum schedule_state {
	SCHEDULE_ABSENT, /* not in the archive yet */
	SCHEDULE_LIVE,
	SCHEDULE_GONE,
	SCHEDULE_MOVED
};

struct schedule_entry {
	struct str key;
	struct str url; /* to fetch; the validators are of it */
	struct str source;
	enum schedule_kind kind;
	enum schedule_state state;
	int64_t first_s;   /* first check */
	int64_t checked_s; /* last check; 0: none */
	int64_t changed_s; /* last change, withdrawal or move; 0: none */
	int64_t next_s;    /* 0: no further check */
	int64_t period_s;
	int64_t checks;
	int64_t failures; /* in a row */
	int64_t misses;   /* "not found" in a row */
	int64_t missed_s; /* the first of them */
	struct str etag;  /* of the response the newest version was made from */
	struct str last_modified;
	struct str error; /* why the last check failed; empty: it did not */
	struct str doubt; /* what is remembered: common/article/memory.h */
};

/* "absent", "live", "gone", "moved". */
struct str schedule_state_name(enum schedule_state state);

/*
 * Takes a check into account: its time, status, error, validators and the
 * server's wish. The strings of `e` become views of the receipt where they
 * change. False, and nothing is changed, when the entry knows a check of that
 * time or a later one: the same receipt twice counts once.
 */
bool schedule_check(struct schedule_entry *e, const struct receipt *r,
	int64_t checked_s);

/*
 * When a feed of that period (0: SCHEDULE_FEED_S) is due: never checked, at
 * once; else a period after its last check, or when it asked for. After a
 * failure when its next_s says; at once where that was no answer of a server
 * and the configuration was changed since, at `mended_s`.
 */
int64_t schedule_feed_due(const struct schedule_entry *e, int64_t period_s,
	int64_t mended_s);

/*
 * A schedule for an article of which only the times of its first and last
 * version are known: next_s lies within a period after `now_s`.
 */
void schedule_restore(struct schedule_entry *e, int64_t now_s);

/* Whether a receipt is of a feed (its class is "feed"). */
bool schedule_is_feed(const struct receipt *r);

/*
 * A hash of the registrable domain of a URL, by which work is shared out
 * between machines and hosts take turns; 0 for what is no http(s) URL.
 */
uint32_t schedule_host(struct str url, struct arena *arena);

/* A number of the key's digest: what interval number `n` is shortened by is
 * made of it, and the place of an entry in the database. */
uint64_t schedule_hash(enum schedule_kind kind, struct str key);

/*
 * Takes back what a clock that was ahead has put into an entry: its times are
 * now_s at most, and it is due. Whether there was any.
 */
bool schedule_mend(struct schedule_entry *e, int64_t now_s);

#endif
