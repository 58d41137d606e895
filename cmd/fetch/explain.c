/*
 * The plan of a run, made by the run's own queue with a clock that jumps: each
 * request is taken to need no time, each robots.txt that is not in the state
 * to allow everything.
 */
#include <stdio.h>

#include "cmd/fetch/run.h"
#include "common/base/msg.h"
#include "common/base/status.h"
#include "common/web/psl.h"

enum { ARENA_BYTES = 32 << 20 };

static void
print_never(FILE *out, const char *url, enum failure failure, struct str detail)
{
	fprintf(out, "-\t%s\t%s%s%.*s\n", url, failure_info(failure)->text,
		detail.len ? ": " : "", STR_ARGS(detail));
}

/* Puts a link in line, or prints why it would not be asked for. */
static int
plan(struct run *run, struct str line, FILE *out, struct err *err)
{
	enum failure failure;
	struct cidr_addr addr;
	struct strbuf bare;
	struct job *job;
	struct site *site;
	struct link link;
	struct url url;

	arena_reset(&run->arena);
	if (link_parse(&link, line, &run->arena, err) < 0 ||
		url_parse(&url, link.url, NULL, &run->arena, err) < 0)
		return -1;
	strbuf_init(&bare, 4 * URL_INPUT_BYTES);
	url_write_bare(&bare, &url);
	job = job_new(JOB_PAGE, &link, strbuf_str(&bare));
	strbuf_release(&bare);
	site = queue_site(run->queue, psl_registrable(url.host));
	failure = run_check_url(run, &url);
	if (failure == FAILURE_NONE)
		failure = run_check_site(run, site);
	if (failure != FAILURE_NONE) {
		print_never(out, job->url, failure, STR(""));
		job_free(job);
		return 0;
	}
	addr = run_literal(&url);
	site->relaxed = addr.bits && run_allowed(run, &addr);
	job->origin = rules_origin(run, &url);
	queue_add(run->queue, job, site, QUEUE_BACK);
	return 0;
}

/* The delay after a request of the job, and what it comes from. */
static int64_t
delay_of(const struct run *run, const struct job *job, const char **why)
{
	int64_t ms = run->options->delay_ms;
	int64_t crawl_ms = rules_delay_ms(job->origin);

	*why = "the delay";
	if (ms < FETCH_DELAY_MIN_MS && !job->site->relaxed) {
		ms = FETCH_DELAY_MIN_MS;
		*why = "the least delay";
	}
	if (crawl_ms > ms) {
		ms = crawl_ms;
		*why = "the Crawl-delay";
	}
	return ms;
}

static void
print_request(FILE *out, const struct site *site, const char *url,
	int64_t now_ms, const char *purpose)
{
	fprintf(out, "%lld.%03lld\t%s\t%s%s%s\n", (long long)(now_ms / 1000),
		(long long)(now_ms % 1000), url, purpose,
		site->pace ? ", after " : ", the first at ",
		site->pace ? site->pace : site->name);
}

static const char *
purpose_of(const struct job *job)
{
	return job->link->etag.len || job->link->last_modified.len
		? "if it has changed" : "the page";
}

/* A job whose time has come: prints it, or the robots.txt it needs first. */
static void
explain_job(struct run *run, struct job *job, FILE *out, int64_t now_ms)
{
	struct origin *origin = job->origin;
	struct site *site = job->site;
	struct str rule;
	int64_t delay_ms;

	if (origin->rules == RULES_UNKNOWN &&
		!(run->options->no_robots && site->relaxed)) {
		struct strbuf url;

		strbuf_init(&url, 2 * URL_INPUT_BYTES);
		strbuf_addf(&url, "%s/robots.txt", origin->name);
		print_request(out, site, url.ptr, now_ms - run->start_ms,
			"the rules");
		strbuf_release(&url);
		origin->robots = robots_parse(STR(""), STR("stet"));
		origin->rules = RULES_KNOWN;
		delay_ms = delay_of(run, job, &site->pace);
		queue_done(run->queue, job, delay_ms, now_ms);
		queue_add(run->queue, job, site, QUEUE_FRONT);
		return;
	}
	if (origin->rules == RULES_KNOWN &&
		!robots_allows(origin->robots, rules_target(job->url), &rule)) {
		print_never(out, job->url, FAILURE_ROBOTS, rule);
		queue_cancel(run->queue, job, now_ms);
	} else {
		print_request(out, site, job->url, now_ms - run->start_ms,
			purpose_of(job));
		delay_ms = delay_of(run, job, &site->pace);
		queue_done(run->queue, job, delay_ms, now_ms);
	}
	job_free(job);
}

static void
explain_all(struct run *run, FILE *out)
{
	int64_t now_ms = run->start_ms, wait_ms;
	struct job *job;

	while ((wait_ms = queue_wait_ms(run->queue, now_ms, true)) >= 0) {
		now_ms += wait_ms;
		while ((job = queue_next(run->queue, now_ms, true)))
			explain_job(run, job, out, now_ms);
	}
}

static int
read_links(struct run *run, int in_fd, FILE *out, struct err *err)
{
	struct linebuf in;
	struct str line;
	int got;

	linebuf_init(&in, in_fd, LINK_LINE_BYTES);
	while ((got = linebuf_next(&in, &line, err)) > 0) {
		struct err reason = { "the line is too long" };

		if (line.len == 0 || (got == LINEBUF_LINE &&
				plan(run, line, out, &reason) == 0))
			continue;
		msg_warn("cannot read line %zu: %s", in.number, reason.text);
		run->failed++;
	}
	linebuf_release(&in);
	return got;
}

int
fetch_explain(const struct fetch_options *options, int in, FILE *out,
	struct err *err)
{
	struct run run = { .options = options, .start_ms = run_now_ms() };
	int status = STATUS_STOPPED;

	run.queue = queue_new(options->per_host);
	arena_init(&run.arena, ARENA_BYTES);
	strbuf_init(&run.left, 1);
	if (options->state)
		run.state = state_open(options->state, options->now_s(), err);
	if (options->state && !run.state)
		status = STATUS_USAGE;
	else if (read_links(&run, in, out, err) == 0) {
		explain_all(&run, out);
		status = run.failed ? STATUS_PARTIAL : STATUS_OK;
	}
	queue_free(run.queue);
	rules_release(&run);
	state_free(run.state);
	arena_release(&run.arena);
	return status;
}
