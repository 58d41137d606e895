/*
 * Sites whose time will come stand in a heap by that time. A site leaves the
 * heap for each job it gives and comes back while it has jobs and a free
 * turn; sites whose place is taken hang on the place and come back when it
 * becomes free.
 */
#include "cmd/fetch/queue.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/hash.h"
#include "common/base/xalloc.h"

struct place {
	char text[CIDR_TEXT_BYTES];
	size_t active;
	int64_t ready_ms;
	bool relaxed;
	struct site *waiters;
};

struct queue {
	size_t limit;
	struct hash_map sites, places;
	struct site **heap;
	size_t heap_count, heap_cap;
	struct site *fresh_first, *fresh_last;
	size_t waiting, waiting_sites;
};

struct queue *
queue_new(size_t limit)
{
	struct queue *q = xcalloc(1, sizeof(*q));

	q->limit = limit;
	return q;
}

void
queue_free(struct queue *q)
{
	struct job *job;

	if (!q)
		return;
	for (struct job *next = queue_drain_all(q); (job = next);) {
		next = job->next;
		job_free(job);
	}
	for (size_t i = 0; i < q->sites.count; i++) {
		struct site *site = q->sites.values[i];

		free(site->name);
		free(site);
	}
	for (size_t i = 0; i < q->places.count; i++)
		free(q->places.values[i]);
	hash_map_release(&q->sites);
	hash_map_release(&q->places);
	free(q->heap);
	free(q);
}

struct site *
queue_site(struct queue *q, struct str name)
{
	struct site *site = hash_map_get(&q->sites, name);

	if (site)
		return site;
	site = xcalloc(1, sizeof(*site));
	site->name = xmemdup0(name.ptr, name.len);
	site->ready_ms = -1;
	hash_map_add(&q->sites, (struct str){ site->name, name.len }, site);
	return site;
}

static void
heap_set(struct queue *q, size_t at, struct site *site)
{
	q->heap[at] = site;
	site->heap_at = at;
}

static void
heap_up(struct queue *q, size_t at)
{
	struct site *site = q->heap[at];

	for (; at > 0; at = (at - 1) / 2) {
		struct site *parent = q->heap[(at - 1) / 2];

		if (parent->ready_ms <= site->ready_ms)
			break;
		heap_set(q, at, parent);
	}
	heap_set(q, at, site);
}

static void
heap_down(struct queue *q, size_t at)
{
	struct site *site = q->heap[at];

	for (;;) {
		size_t child = 2 * at + 1;

		if (child + 1 < q->heap_count &&
			q->heap[child + 1]->ready_ms < q->heap[child]->ready_ms)
			child++;
		if (child >= q->heap_count ||
			q->heap[child]->ready_ms >= site->ready_ms)
			break;
		heap_set(q, at, q->heap[child]);
		at = child;
	}
	heap_set(q, at, site);
}

static void
heap_push(struct queue *q, struct site *site)
{
	q->heap = xgrow(
		q->heap, q->heap_count, &q->heap_cap, sizeof(*q->heap));
	site->state = SITE_TIMED;
	heap_set(q, q->heap_count++, site);
	heap_up(q, site->heap_at);
}

static void
heap_remove(struct queue *q, struct site *site)
{
	size_t at = site->heap_at;
	struct site *last = q->heap[--q->heap_count];

	site->state = SITE_IDLE;
	if (last == site)
		return;
	heap_set(q, at, last);
	heap_up(q, at);
	heap_down(q, last->heap_at);
}

static size_t
site_limit(const struct queue *q, const struct site *site)
{
	return site->relaxed ? q->limit : 1;
}

/* Puts an idle site where it waits for its next turn, if it has any. */
static void
enter(struct queue *q, struct site *site)
{
	if (site->state != SITE_IDLE || !site->first ||
		site->active >= site_limit(q, site))
		return;
	if (site->ready_ms >= 0) {
		heap_push(q, site);
		return;
	}
	site->state = SITE_FRESH;
	site->next = NULL;
	if (q->fresh_last)
		q->fresh_last->next = site;
	else
		q->fresh_first = site;
	q->fresh_last = site;
}

void
queue_add(struct queue *q, struct job *job, struct site *site,
	enum queue_end end)
{
	job->site = site;
	job->next = end == QUEUE_FRONT ? site->first : NULL;
	if (!site->first) {
		site->first = site->last = job;
		q->waiting_sites++;
	} else if (end == QUEUE_FRONT) {
		site->first = job;
	} else {
		site->last->next = job;
		site->last = job;
	}
	site->waiting++;
	q->waiting++;
	enter(q, site);
}

static struct job *
take(struct queue *q, struct site *site)
{
	struct job *job = site->first;

	site->first = job->next;
	if (!site->first) {
		site->last = NULL;
		q->waiting_sites--;
	}
	job->next = NULL;
	site->waiting--;
	q->waiting--;
	return job;
}

static bool
place_free(const struct queue *q, const struct place *place, int64_t now_ms)
{
	return place->active < (place->relaxed ? q->limit : 1) &&
		place->ready_ms <= now_ms;
}

static void
hold_place(struct job *job, struct place *place)
{
	job->places[job->places_count++] = place;
	place->active++;
}

/*
 * Whether the site's place is free. If it rests, the site's time is that of
 * the place; if it is taken, the site waits there.
 */
static bool
at_place(struct queue *q, struct site *site, int64_t now_ms)
{
	struct place *place = site->place;

	if (!place || place_free(q, place, now_ms))
		return true;
	if (place->ready_ms > now_ms) {
		site->ready_ms = place->ready_ms;
		heap_push(q, site);
	} else {
		site->state = SITE_WAITING;
		site->next = place->waiters;
		place->waiters = site;
	}
	return false;
}

/* The next site whose time has come, out of all lists, or NULL. */
static struct site *
pop_site(struct queue *q, int64_t now_ms, bool fresh)
{
	struct site *site;

	while (q->heap_count && q->heap[0]->ready_ms <= now_ms) {
		site = q->heap[0];
		heap_remove(q, site);
		if (site->first && at_place(q, site, now_ms))
			return site;
	}
	while (fresh && (site = q->fresh_first)) {
		q->fresh_first = site->next;
		if (!q->fresh_first)
			q->fresh_last = NULL;
		site->state = SITE_IDLE;
		if (site->first)
			return site;
	}
	return NULL;
}

struct job *
queue_next(struct queue *q, int64_t now_ms, bool fresh)
{
	struct site *site = pop_site(q, now_ms, fresh);
	struct job *job;

	if (!site)
		return NULL;
	job = take(q, site);
	site->active++;
	if (site->ready_ms < 0)
		site->ready_ms = now_ms;
	job->places_count = 0;
	job->busy = NULL;
	if (site->place)
		hold_place(job, site->place);
	enter(q, site);
	return job;
}

int64_t
queue_wait_ms(const struct queue *q, int64_t now_ms, bool fresh)
{
	if (fresh && q->fresh_first)
		return 0;
	if (q->heap_count == 0)
		return -1;
	return q->heap[0]->ready_ms <= now_ms ? 0
					      : q->heap[0]->ready_ms - now_ms;
}

static struct place *
place_of(struct queue *q, const struct cidr_addr *addr, bool relaxed)
{
	char text[CIDR_TEXT_BYTES];
	struct str key = str_from(cidr_addr_text(text, addr));
	struct place *place = hash_map_get(&q->places, key);

	if (place)
		return place;
	place = xcalloc(1, sizeof(*place));
	memcpy(place->text, text, sizeof(text));
	place->relaxed = relaxed;
	hash_map_add(&q->places, (struct str){ place->text, key.len }, place);
	return place;
}

bool
queue_claim(struct queue *q, struct job *job, const struct cidr_addr *addr,
	bool relaxed, int64_t now_ms)
{
	struct place *place = place_of(q, addr, relaxed);

	for (unsigned i = 0; i < job->places_count; i++)
		if (job->places[i] == place)
			return true;
	if (job->places_count == JOB_PLACES_MAX ||
		!place_free(q, place, now_ms)) {
		job->busy = place;
		return false;
	}
	hold_place(job, place);
	job->site->place = place;
	if (!relaxed)
		job->site->strict = true;
	job->site->relaxed = relaxed && !job->site->strict;
	enter(q, job->site);
	return true;
}

/* Lets the sites that waited for a place queue up again. */
static void
wake(struct queue *q, struct place *place)
{
	struct site *site, *next = place->waiters;

	place->waiters = NULL;
	while ((site = next)) {
		next = site->next;
		site->state = SITE_IDLE;
		enter(q, site);
	}
}

static void
end_turn(struct queue *q, struct job *job, int64_t ready_ms)
{
	struct site *site = job->site;

	site->active--;
	for (unsigned i = 0; i < job->places_count; i++) {
		struct place *place = job->places[i];

		place->active--;
		if (place->ready_ms < ready_ms)
			place->ready_ms = ready_ms;
		wake(q, place);
	}
	job->places_count = 0;
	if (site->state == SITE_TIMED && site->ready_ms < ready_ms)
		heap_remove(q, site);
	if (site->ready_ms < ready_ms)
		site->ready_ms = ready_ms;
	enter(q, site);
}

void
queue_done(struct queue *q, struct job *job, int64_t delay_ms, int64_t now_ms)
{
	end_turn(q, job, now_ms + delay_ms);
}

void
queue_cancel(struct queue *q, struct job *job, int64_t now_ms)
{
	if (job->busy)
		job->site->place = job->busy;
	end_turn(q, job, job->site->ready_ms > now_ms ? 0 : now_ms);
}

struct job *
queue_drain(struct queue *q, struct site *site)
{
	struct job *list = site->first;

	if (!list)
		return NULL;
	q->waiting -= site->waiting;
	q->waiting_sites--;
	site->waiting = 0;
	site->first = site->last = NULL;
	if (site->state == SITE_TIMED)
		heap_remove(q, site);
	return list;
}

struct job *
queue_drain_all(struct queue *q)
{
	struct job *list = NULL, **end = &list;

	for (size_t i = 0; i < q->sites.count; i++) {
		*end = queue_drain(q, q->sites.values[i]);
		while (*end)
			end = &(*end)->next;
	}
	return list;
}

void
queue_hold(struct queue *q, struct site *site, int64_t until_ms)
{
	if (site->ready_ms >= until_ms)
		return;
	if (site->state == SITE_TIMED)
		heap_remove(q, site);
	site->ready_ms = until_ms;
	enter(q, site);
}

size_t
queue_count(const struct queue *q)
{
	return q->waiting;
}

size_t
queue_sites(const struct queue *q)
{
	return q->waiting_sites;
}
