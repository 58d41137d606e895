/*
 * What robots.txt allows. The first job of an origin asks for the file in its
 * own turn; jobs that come up meanwhile are parked at the origin and go back
 * to the front of their site's line when the answer is there.
 */
#include <stdio.h>
#include <stdlib.h>

#include "cmd/fetch/run.h"
#include "common/base/msg.h"
#include "common/base/xalloc.h"
#include "common/web/gzip.h"

#define AGENT STR("stet")

static void
use_text(struct origin *origin, struct str text)
{
	struct strbuf plain;

	strbuf_init(&plain, ROBOTS_BYTES);
	/* Nobody asked for gzip, but some send it. */
	if (gzip_sniff(text)) {
		gzip_inflate(&plain, text, ROBOTS_BYTES, NULL);
		text = strbuf_str(&plain);
	}
	robots_free(origin->robots);
	origin->robots = robots_parse(text, AGENT);
	origin->rules = RULES_KNOWN;
	strbuf_release(&plain);
}

struct origin *
rules_origin(struct run *run, const struct url *url)
{
	struct strbuf name, text;
	struct origin *origin;

	strbuf_init(&name, URL_INPUT_BYTES);
	url_write_origin(&name, url);
	origin = hash_map_get(&run->origins, strbuf_str(&name));
	if (!origin) {
		origin = xcalloc(1, sizeof(*origin));
		origin->name = xmemdup0(name.ptr, name.len);
		hash_map_add(&run->origins,
			(struct str){ origin->name, name.len }, origin);
		strbuf_init(&text, 2 * ROBOTS_BYTES);
		if (state_load_robots(&text, run->state, strbuf_str(&name),
			    run->options->now_s()))
			use_text(origin, strbuf_str(&text));
		strbuf_release(&text);
	}
	strbuf_release(&name);
	return origin;
}

static void
park(struct run *run, struct job *job)
{
	struct origin *origin = job->origin;

	job->next = NULL;
	if (origin->waiting)
		origin->waiting_last->next = job;
	else
		origin->waiting = job;
	origin->waiting_last = job;
	origin->waiting_count++;
	run->parked++;
}

static struct job *
unpark(struct run *run, struct origin *origin)
{
	struct job *list = origin->waiting;

	run->parked -= origin->waiting_count;
	origin->waiting = origin->waiting_last = NULL;
	origin->waiting_count = 0;
	return list;
}

/* Puts what was parked back to the front of its line, in its order. */
static void
release(struct run *run, struct origin *origin)
{
	struct job *list = unpark(run, origin), *reversed = NULL, *job;

	while ((job = list)) {
		list = job->next;
		job->next = reversed;
		reversed = job;
	}
	while ((job = reversed)) {
		reversed = job->next;
		queue_add(run->queue, job, job->site, QUEUE_FRONT);
	}
}

static void
ask(struct run *run, struct origin *origin, struct site *site)
{
	struct strbuf url;
	struct job *job;

	strbuf_init(&url, URL_INPUT_BYTES + 16);
	strbuf_addf(&url, "%s/robots.txt", origin->name);
	job = job_new(JOB_ROBOTS, NULL, strbuf_str(&url));
	job->origin = job->robots_of = origin;
	origin->rules = RULES_ASKED;
	queue_add(run->queue, job, site, QUEUE_FRONT);
	strbuf_release(&url);
}

struct str
rules_target(const char *url)
{
	struct str rest = str_from(url);
	ptrdiff_t at = str_find(rest, STR("://"));

	rest = str_sub(rest, (size_t)at + 3, rest.len);
	at = str_find_byte(rest, '/');
	return at < 0 ? STR("/") : str_sub(rest, (size_t)at, rest.len);
}

static bool
forbidden(struct run *run, struct job *job)
{
	char detail[HTTP_DETAIL_BYTES];
	struct str rule;

	if (robots_allows(job->origin->robots, rules_target(job->url), &rule))
		return false;
	snprintf(detail, sizeof(detail), "'%.*s'",
		STR_ARGS(str_sub(rule, 0, 120)));
	queue_cancel(run->queue, job, run_now_ms());
	answer_failure(run, job, FAILURE_ROBOTS, detail, false);
	return true;
}

bool
rules_permit(struct run *run, struct job *job)
{
	struct origin *origin = job->origin;

	job->robots_skipped = false;
	if (job->kind == JOB_ROBOTS)
		return true;
	if (run->options->no_robots && !job->site->strict) {
		job->robots_skipped = true;
		return true;
	}
	switch (origin->rules) {
	case RULES_KNOWN:
		return !forbidden(run, job);
	case RULES_UNREACHABLE:
		queue_cancel(run->queue, job, run_now_ms());
		answer_failure(run, job, origin->failure, origin->detail, true);
		return false;
	case RULES_UNKNOWN:
		ask(run, origin, job->site);
		break;
	case RULES_ASKED:
		break;
	}
	queue_cancel(run->queue, job, run_now_ms());
	park(run, job);
	return false;
}

void
rules_fail(struct run *run, struct origin *origin, enum failure failure,
	const char *detail)
{
	struct job *list, *job;

	origin->rules = RULES_UNREACHABLE;
	origin->failure = failure;
	snprintf(origin->detail, sizeof(origin->detail), "%s", detail);
	list = unpark(run, origin);
	msg_warn("cannot fetch from '%s': %s%s%s", origin->name,
		failure_info(failure)->text, detail[0] ? ": " : "", detail);
	while ((job = list)) {
		list = job->next;
		answer_failure(run, job, failure, detail, true);
	}
}

static void
know(struct run *run, struct origin *origin, struct str text)
{
	struct err err;

	use_text(origin, text);
	if (state_save_robots(run->state, str_from(origin->name),
		    str_sub(text, 0, ROBOTS_BYTES), run->options->now_s(),
		    &err) < 0)
		msg_warn("%s", err.text);
	release(run, origin);
}

/* Too many requests: hold the site, ask again when it may be asked. */
static void
postpone(struct run *run, struct job *job, int64_t retry_after_s)
{
	struct origin *origin = job->robots_of;
	struct site *site = job->site;

	origin->rules = RULES_UNKNOWN;
	release(run, origin);
	answer_hold(run, site, retry_after_s);
	job_free(job);
}

void
rules_none(struct run *run, struct origin *origin)
{
	know(run, origin, STR(""));
}

static void
no_answer(struct run *run, struct job *job, struct http_response *r)
{
	if (r->outcome != HTTP_REFUSED)
		answer_count_failure(run, job->site);
	if (answer_retry(run, job, r->outcome))
		return;
	rules_fail(run, job->robots_of,
		answer_failure_of(r->outcome, job->refusal), r->detail);
	job_free(job);
}

/* A new delay holds from this answer on. */
static void
apply_delay(struct run *run, const struct job *job)
{
	int64_t ms = rules_delay_ms(job->robots_of);

	if (ms > 0)
		queue_hold(run->queue, job->site,
			run_now_ms() + run_jitter(run, ms));
}

static void
server_error(struct run *run, struct job *job, int status)
{
	char detail[HTTP_DETAIL_BYTES];

	snprintf(detail, sizeof(detail), "status %d", status);
	answer_count_failure(run, job->site);
	rules_fail(run, job->robots_of, FAILURE_NO_ROBOTS, detail);
	job_free(job);
}

/* RFC 9309 2.3.1: what each status means for the whole origin. */
void
rules_answer(struct run *run, struct job *job, struct http_response *r)
{
	struct str head = strbuf_str(&r->head);
	struct str location, text;

	if (r->outcome != HTTP_DONE && r->outcome != HTTP_CUT_LENGTH) {
		no_answer(run, job, r);
		return;
	}
	arena_reset(&run->arena);
	location = arena_dup(&run->arena, http_header(head, STR("Location")));
	text = arena_dup(&run->arena, strbuf_str(&r->body));
	if (r->status == 429 || r->status == 503) {
		int64_t retry_after_s = answer_retry_after(run, head);

		answer_record(run, job, r);
		postpone(run, job, retry_after_s);
		return;
	}
	answer_record(run, job, r);
	if (r->status >= 500) {
		server_error(run, job, r->status);
		return;
	}
	job->site->failures = 0;
	if (r->status >= 300 && r->status < 400 && location.len) {
		answer_redirect(run, job, location);
		return;
	}
	know(run, job->robots_of,
		r->status >= 200 && r->status < 300 ? text : STR(""));
	apply_delay(run, job);
	job_free(job);
}

int64_t
rules_delay_ms(const struct origin *origin)
{
	int64_t ms = origin->rules == RULES_KNOWN
		? robots_delay_ms(origin->robots) : 0;

	if (ms < 0)
		return 0;
	return ms > FETCH_CRAWL_DELAY_MAX_MS ? FETCH_CRAWL_DELAY_MAX_MS : ms;
}

void
rules_release(struct run *run)
{
	for (size_t i = 0; i < run->origins.count; i++) {
		struct origin *origin = run->origins.values[i];
		struct job *list = unpark(run, origin), *job;

		while ((job = list)) {
			list = job->next;
			answer_left(run, job);
		}
		robots_free(origin->robots);
		free(origin->name);
		free(origin);
	}
	hash_map_release(&run->origins);
}
