/*
 * Whose turn it is: what waits for each site, and how long each site and each
 * address must be left alone. Nothing is fetched here and no clock is read.
 *
 *	queue_add(q, job, site, QUEUE_BACK);
 *	while ((job = queue_next(q, now_ms, true)))
 *		start it;	... may_connect: queue_claim(q, job, &addr, ...)
 *	wait queue_wait_ms(q, now_ms)
 *	... when it has ended:
 *	queue_done(q, job, delay_ms, now_ms);
 *
 * A site is a registrable domain (or an address, where a URL names one); a
 * place is an address that was connected to. A site has one request at a
 * time, and so has a place, however many sites live there; then both rest for
 * the delay. Only below the networks of --allow-net may the user set more at
 * a time.
 */
#ifndef STET_FETCH_QUEUE_H
#define STET_FETCH_QUEUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/fetch/cidr.h"
#include "cmd/fetch/job.h"
#include "common/base/str.h"

struct queue;

enum site_state {
	SITE_IDLE,   /* nothing to do, or as much as may be under way */
	SITE_FRESH,  /* never asked for anything */
	SITE_TIMED,  /* waits for its time */
	SITE_WAITING /* waits for its place */
};

struct site {
	char *name;
	enum site_state state;
	struct job *first, *last; /* waiting */
	size_t waiting;
	size_t active;
	int64_t ready_ms;
	struct place *place; /* where it was last found */
	bool relaxed;        /* that is within --allow-net */
	bool strict;         /* has addresses outside of it */
	int failures;        /* in a row */
	int refusals;        /* answers 429 and 503 in a row */
	int64_t held_until_ms; /* by such an answer; 0: not */
	bool down;           /* given up: for this run, or until then */
	bool looked_up;      /* whether an earlier run left a hold */
	const char *pace;    /* what its last delay came from, to explain it */
	size_t heap_at;
	struct site *next;   /* fresh, or waiting for the same place */
};

enum queue_end { QUEUE_FRONT, QUEUE_BACK };

/* `limit`: requests at a time for a site or place within --allow-net. */
struct queue *queue_new(size_t limit);

/* Frees the jobs that wait, too. */
void queue_free(struct queue *q);

/* The site of that name, made when it is new; lives as long as q. */
struct site *queue_site(struct queue *q, struct str name);

/* Puts a job in line at `site`; q owns it from here. */
void queue_add(struct queue *q, struct job *job, struct site *site,
	enum queue_end end);

/*
 * The next job whose time has come, or NULL; the caller owns it and ends its
 * turn with queue_done or queue_cancel. Sites that were never asked come last,
 * and not at all unless `fresh`, so that open connections are used first.
 */
struct job *queue_next(struct queue *q, int64_t now_ms, bool fresh);

/* How long until queue_next may have a job; -1: not before another ends. */
int64_t queue_wait_ms(const struct queue *q, int64_t now_ms, bool fresh);

/*
 * Whether a running job may connect to `addr` now; if so it holds the place
 * until its turn ends. If not, job->busy is the place.
 */
bool queue_claim(struct queue *q, struct job *job,
	const struct cidr_addr *addr, bool relaxed, int64_t now_ms);

/* Ends a turn: the site and its place rest for `delay_ms`. */
void queue_done(struct queue *q, struct job *job, int64_t delay_ms,
	int64_t now_ms);

/* Ends a turn that asked nobody for anything. */
void queue_cancel(struct queue *q, struct job *job, int64_t now_ms);

/* Takes all that waits at a site; a list by `next`, which the caller owns. */
struct job *queue_drain(struct queue *q, struct site *site);

/* Takes all that waits anywhere. */
struct job *queue_drain_all(struct queue *q);

/* No job of the site before `until_ms`. */
void queue_hold(struct queue *q, struct site *site, int64_t until_ms);

/* Jobs that wait; sites with such jobs. */
size_t queue_count(const struct queue *q);
size_t queue_sites(const struct queue *q);

#endif
