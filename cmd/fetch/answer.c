/*
 * What follows from an answer: a record, a redirect, another attempt, a site
 * that is left alone or given up.
 */
#include <stdio.h>

#include "cmd/fetch/delay.h"
#include "cmd/fetch/run.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/strbuf.h"
#include "common/base/usermask.h"
#include "common/base/utf8.h"
#include "common/web/gzip.h"
#include "common/web/httpmsg.h"
#include "common/web/refresh.h"

enum { REFRESH_CODED_BYTES = 16 << 10 }; /* a page without text is small */

enum failure
answer_failure_of(enum http_outcome outcome, enum job_refusal refusal)
{
	switch (outcome) {
	case HTTP_NO_NAME:
		return FAILURE_DNS;
	case HTTP_NO_CONNECT:
		return FAILURE_CONNECT;
	case HTTP_NO_TLS:
		return FAILURE_TLS;
	case HTTP_LOST:
	case HTTP_CUT_LOST:
		return FAILURE_LOST;
	case HTTP_TIMEOUT:
	case HTTP_CUT_TIME:
		return FAILURE_TIMEOUT;
	case HTTP_HEAD_LARGE:
		return FAILURE_HEADERS;
	case HTTP_MALFORMED:
		return FAILURE_MALFORMED;
	case HTTP_REFUSED:
		return refusal == JOB_CONTACT ? FAILURE_CONTACT
					      : FAILURE_ADDRESS;
	default:
		return FAILURE_OTHER;
	}
}

static bool
has_response(enum http_outcome outcome)
{
	return outcome == HTTP_DONE || outcome == HTTP_CUT_LENGTH ||
		outcome == HTTP_CUT_TIME || outcome == HTTP_CUT_LOST;
}

static struct capture *
new_capture(const struct job *job)
{
	const struct redirect *last = job->redirects;

	return capture_new(job->url, last ? last->url : NULL, job->link,
		job->date_s);
}

static void
move(struct strbuf *to, struct strbuf *from)
{
	*to = *from;
	strbuf_init(from, from->max);
}

/* Whether the request said which version we have. */
static bool
conditional(struct str request)
{
	return http_header(request, STR("If-None-Match")).len ||
		http_header(request, STR("If-Modified-Since")).len;
}

/*
 * libcurl takes the chunks off, but not what else was laid on for the
 * transfer: "gzip, chunked". The body is recorded without it.
 */
static void
take_transfer(struct run *run, struct http_response *r)
{
	struct str coding = http_header(strbuf_str(&r->head),
		STR("Transfer-Encoding"));
	struct httpmsg *m;
	struct strbuf storage;
	struct str body;

	if (coding.len == 0 || str_eq_nocase(coding, STR("chunked")))
		return;
	m = arena_alloc(&run->arena, sizeof(*m));
	if (!m || httpmsg_parse(m, strbuf_str(&r->head), NULL) < 0)
		return;
	m->body = strbuf_str(&r->body);
	strbuf_init(&storage, r->body.max);
	if (httpmsg_entity(&body, m, &storage, r->body.max, NULL) ==
			HTTPMSG_WHOLE && storage.len > 0) {
		strbuf_release(&r->body);
		move(&r->body, &storage);
	}
	strbuf_release(&storage);
}

void
answer_record(struct run *run, const struct job *job, struct http_response *r)
{
	struct capture *c = new_capture(job);

	take_transfer(run, r);
	c->unchanged =
		r->status == 304 && conditional(strbuf_str(&r->request));
	c->response = *r;
	run->bytes += r->head.len + r->body.len;
	move(&c->response.request, &r->request);
	move(&c->response.head, &r->head);
	move(&c->response.body, &r->body);
	writer_put(run->writer, c);
}

void
answer_failure(struct run *run, struct job *job, enum failure failure,
	const char *detail, bool quiet)
{
	const struct failure_info *info = failure_info(failure);
	struct capture *c = new_capture(job);

	c->failure = failure;
	c->attempts = job->attempts;
	snprintf(c->response.detail, sizeof(c->response.detail), "%s", detail);
	if (failure == FAILURE_DEFERRED)
		c->retry_after_s = job->site->held_until_ms > run_now_ms() ?
			(job->site->held_until_ms - run_now_ms() + 999) / 1000
			: 1;
	if (!quiet)
		msg_warn("cannot fetch '%s': %s%s%s", job->url, info->text,
			detail[0] ? ": " : "", detail);
	if (c->date_s == 0)
		c->date_s = run->options->now_s();
	writer_put(run->writer, c);
	run->failed++;
	job_free(job);
}

void
answer_left(struct run *run, struct job *job)
{
	if (job->link) {
		link_write(&run->left, job->link);
		run->left_count++;
	}
	job_free(job);
}

/* Records the jobs of a list as not asked for; one line speaks for them. */
static void
give_up(struct run *run, struct job *list, enum failure failure,
	const char *detail)
{
	struct job *job;

	while ((job = list)) {
		list = job->next;
		if (job->kind == JOB_ROBOTS) {
			rules_fail(run, job->robots_of, failure, detail);
			job_free(job);
		} else {
			answer_failure(run, job, failure, detail, true);
		}
	}
}

void
answer_count_failure(struct run *run, struct site *site)
{
	char detail[64];
	size_t waiting = site->waiting;

	if (++site->failures < FETCH_FAILURES_MAX || site->down)
		return;
	site->down = true;
	snprintf(detail, sizeof(detail), "%d failures in a row",
		site->failures);
	if (waiting)
		msg_warn("cannot fetch from '%s': %s; %zu left unasked",
			site->name, detail, waiting);
	give_up(run, queue_drain(run->queue, site), FAILURE_HOST_DOWN, detail);
}

int64_t
answer_retry_after(const struct run *run, struct str head)
{
	struct str value = http_header(head, STR("Retry-After"));
	int64_t s, now_s = run->options->now_s();

	if (number_parse(&s, value, 0, INT64_MAX) < 0) {
		if (http_date_parse(&s, value) < 0)
			return 0;
		s = s > now_s ? s - now_s : 1;
	}
	if (s == 0)
		return 1;
	return s > FETCH_RETRY_AFTER_MAX_S ? FETCH_RETRY_AFTER_MAX_S : s;
}

void
answer_hold(struct run *run, struct site *site, int64_t retry_after_s)
{
	int64_t s = retry_after_s, now_s = run->options->now_s();
	size_t waiting = site->waiting;
	struct err err;

	if (s == 0) {
		s = FETCH_BACKOFF_S;
		for (int i = 0; i < site->refusals && s < FETCH_BACKOFF_MAX_S;
			i++)
			s *= 2;
	}
	site->refusals++;
	site->held_until_ms = run_now_ms() + s * 1000;
	if (state_save_hold(run->state, str_from(site->name), now_s + s,
		    &err) < 0)
		msg_warn("%s", err.text);
	if (s <= run->options->max_wait_s &&
		site->refusals <= FETCH_HOLDS_MAX) {
		queue_hold(run->queue, site, site->held_until_ms);
		return;
	}
	site->down = true;
	if (waiting)
		msg_warn("cannot fetch from '%s': the host asked to be left "
			 "alone for %lld s; %zu left unasked",
			site->name, (long long)s, waiting);
	give_up(run, queue_drain(run->queue, site), FAILURE_DEFERRED, "");
}

/*
 * Whether the job may go to an address where it was already: with cookies a
 * server may send there who now has one. Once for each time that one was set.
 */
static bool
may_return(const struct run *run, struct job *job)
{
	bool fresh = run->options->cookies && job->cookie_fresh;

	job->cookie_fresh = false;
	return fresh;
}

/* Why redirects lead in a circle, as far as a cookie may be the reason. */
static void
explain_loop(struct err *err, const struct run *run, const struct job *job)
{
	if (job->cookie[0])
		err_set(err, run->options->cookies ?
			"the server goes on setting the cookie '%s'" :
			"the server sets the cookie '%s' and waits for it "
			"(see --cookies)", job->cookie);
}

void
answer_redirect(struct run *run, struct job *job, struct str location)
{
	struct str base = str_from(job->url);
	enum failure failure = FAILURE_NONE;
	struct strbuf bare;
	struct err err = { "" };
	struct url url;

	strbuf_init(&bare, URL_INPUT_BYTES * 4);
	location = url_from_header(location, &run->arena);
	if (url_resolve(&url, location, base, &run->arena, &err) < 0) {
		failure = FAILURE_BAD_URL;
		strbuf_adds(&bare, location);
		strbuf_cut(&bare, usermask(bare.ptr, bare.len));
	} else {
		url_write_bare(&bare, &url);
		strbuf_cut(&bare, usermask(bare.ptr, bare.len));
		if (job_visited(job, strbuf_str(&bare)) &&
			!may_return(run, job))
			failure = FAILURE_LOOP;
		else if (job->redirects_count >= (job->kind == JOB_ROBOTS ?
				FETCH_ROBOTS_REDIRECTS_MAX :
				FETCH_REDIRECTS_MAX))
			failure = FAILURE_REDIRECTS;
	}
	if (failure == FAILURE_NONE) {
		job_follow(job, strbuf_str(&bare));
		run_admit(run, job, QUEUE_FRONT);
	} else if (failure == FAILURE_LOOP && job->refreshed) {
		/* A page that renews itself is what there is. */
		job_free(job);
	} else if (job->kind == JOB_ROBOTS) {
		/* RFC 9309 2.3.1.2: as if there were none. */
		rules_none(run, job->robots_of);
		job_free(job);
	} else {
		if (failure != FAILURE_BAD_URL)
			explain_loop(&err, run, job);
		job_follow(job, strbuf_str(&bare));
		answer_failure(run, job, failure, err.text, false);
	}
	strbuf_release(&bare);
}

bool
answer_retry(struct run *run, struct job *job, enum http_outcome outcome)
{
	struct site *site = job->site;
	int64_t wait_ms = run->options->delay_ms;

	if (run->stopping || site->down ||
		job->attempts > run->options->retries ||
		(outcome != HTTP_NO_CONNECT && outcome != HTTP_LOST))
		return false;
	for (unsigned i = 1; i < job->attempts; i++)
		wait_ms *= 4;
	queue_add(run->queue, job, site, QUEUE_FRONT);
	queue_hold(run->queue, site, run_now_ms() + run_jitter(run, wait_ms));
	return true;
}

static void
page_failed(struct run *run, struct job *job, struct http_response *r)
{
	if (r->outcome != HTTP_REFUSED)
		answer_count_failure(run, job->site);
	if (!answer_retry(run, job, r->outcome))
		answer_failure(run, job,
			answer_failure_of(r->outcome, job->refusal), r->detail,
			false);
}

/* 305 would have us use a proxy of strangers (RFC 9110, 15.4.6). */
static bool
redirects(int status)
{
	return (status >= 300 && status <= 303) || status == 307 ||
		status == 308;
}

/* Remembers that the answer sets a cookie, and its name. */
static void
note_cookie(struct job *job, struct str head)
{
	struct str value = http_header(head, STR("Set-Cookie")), name;

	if (value.len == 0)
		return;
	job->cookie_fresh = true;
	str_cut(&name, &value, '=');
	name = utf8_cut(str_trim(name), sizeof(job->cookie) - 1);
	memcpy(job->cookie, name.ptr, name.len);
	job->cookie[name.len] = '\0';
}

/* The size that a gzip member says it inflates to; 0 for what is none. */
static size_t
inflated_len(struct str s)
{
	size_t len = 0;

	if (!gzip_sniff(s) || s.len < 18)
		return 0;
	for (size_t i = 1; i <= 4; i++)
		len = len << 8 | (unsigned char)s.ptr[s.len - i];
	return len;
}

/* Where a page without text leads on: a copy in the arena, or "". */
static struct str
refresh_of(struct run *run, const struct http_response *r)
{
	struct httpmsg *m = arena_alloc(&run->arena, sizeof(*m));
	struct str body, target = STR("");
	struct strbuf storage;

	if (!m || r->body.len > REFRESH_CODED_BYTES ||
		inflated_len(strbuf_str(&r->body)) > REFRESH_PAGE_BYTES ||
		httpmsg_parse(m, strbuf_str(&r->head), NULL) < 0)
		return target;
	m->body = strbuf_str(&r->body);
	strbuf_init(&storage, REFRESH_PAGE_BYTES);
	if (httpmsg_body(&body, m, &storage, REFRESH_PAGE_BYTES, NULL) !=
			HTTPMSG_WHOLE ||
		!refresh_find(&target, m, body, &run->arena))
		target = STR("");
	strbuf_release(&storage);
	return target;
}

/* Where the answer leads on: a copy in the arena, or "". */
static struct str
leads_to(struct run *run, const struct http_response *r)
{
	struct str head = strbuf_str(&r->head);

	arena_reset(&run->arena);
	if (redirects(r->status))
		return arena_dup(&run->arena,
			http_header(head, STR("Location")));
	return r->status == 200 && r->outcome == HTTP_DONE ?
		refresh_of(run, r) : STR("");
}

/* What an answer says of its site. True: the site is not held. */
static bool
judge_site(struct run *run, struct site *site, const struct http_response *r,
	int64_t retry_after_s)
{
	if (r->status == 429 || r->status == 503) {
		answer_hold(run, site, retry_after_s);
		return false;
	}
	site->refusals = 0;
	if (r->status >= 500 || r->outcome == HTTP_CUT_TIME ||
		r->outcome == HTTP_CUT_LOST)
		answer_count_failure(run, site);
	else
		site->failures = 0;
	return true;
}

static void
page_answered(struct run *run, struct job *job, struct http_response *r)
{
	struct str head = strbuf_str(&r->head), location;
	struct site *site = job->site;
	int64_t retry_after_s = answer_retry_after(run, head);

	if (r->outcome != HTTP_DONE) {
		msg_warn("cannot fetch '%s' whole: %s", job->url, r->detail);
		run->failed++;
	} else {
		run->done++;
	}
	location = leads_to(run, r);
	job->refreshed = r->status == 200;
	if (location.len)
		note_cookie(job, head);
	answer_record(run, job, r);
	if (!judge_site(run, site, r, retry_after_s) || !location.len)
		job_free(job);
	else
		answer_redirect(run, job, location);
}

/* What the transfer has used of the site's patience. */
static int64_t
patience_ms(struct run *run, const struct job *job,
	const struct http_response *r)
{
	bool stranger = r->addr.bits && !run_allowed(run, &r->addr);

	return run_jitter(run, delay_after(run->options->delay_ms, r->time_ms,
		rules_delay_ms(job->origin), stranger));
}

/* Ends the job's turn; true when it was put back without having been made. */
static bool
turn_ended(struct run *run, struct job *job, const struct http_response *r)
{
	int64_t now_ms = run_now_ms();
	/* One address may have been refused and the next not have answered. */
	bool again = (job->refusal == JOB_BUSY || job->refusal == JOB_STRICT) &&
		(r->outcome == HTTP_REFUSED || r->outcome == HTTP_NO_CONNECT);

	if (job->resolving)
		run->resolving--;
	job->resolving = false;
	if (r->outcome != HTTP_REFUSED && !again) {
		queue_done(run->queue, job, patience_ms(run, job, r), now_ms);
		return false;
	}
	queue_cancel(run->queue, job, now_ms);
	if (!again)
		return false;
	if (job->refusal == JOB_STRICT)
		job->site->strict = true;
	job->attempts--;
	queue_add(run->queue, job, job->site, QUEUE_FRONT);
	return true;
}

void
answer(void *context, void *job_context, struct http_response *r)
{
	struct run *run = context;
	struct job *job = job_context;

	if (turn_ended(run, job, r))
		return;
	if (r->outcome == HTTP_STOPPED) {
		/* Who waits for a robots.txt is left over as well. */
		answer_left(run, job);
	} else if (job->kind == JOB_ROBOTS) {
		rules_answer(run, job, r);
	} else if (has_response(r->outcome)) {
		page_answered(run, job, r);
	} else {
		page_failed(run, job, r);
	}
	if (writer_failed(run->writer))
		run->stopping = true;
}
