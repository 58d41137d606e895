#include "cmd/fetch/fetch.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include "cmd/fetch/left.h"
#include "cmd/fetch/run.h"
#include "common/ascii.h"
#include "common/msg.h"
#include "common/status.h"
#include "common/warc.h"

enum {
	ARENA_BYTES = 32 << 20,
	AGENT_BYTES = 1024,
	BODIES_BYTES = 256 << 20, /* of all transfers that are under way */
	CONNECT_MS = 10000,
	SLOW_S = 20,
	POLL_MS = 250,            /* the progress wants to move */
	FDS_RESERVED = 24,        /* stdio, state, libraries */
	FDS_PER_JOB = 4           /* a look-up, two addresses, one kept open */
};

int64_t
run_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
run_jitter(struct run *run, int64_t delay_ms)
{
	run->random ^= run->random << 13;
	run->random ^= run->random >> 7;
	run->random ^= run->random << 17;
	return delay_ms + (int64_t)(run->random % (uint64_t)(delay_ms / 4 + 1));
}

/* http_config.may_connect: with the address that the socket will have. */
static bool
may_connect(void *context, void *job_context, const struct cidr_addr *addr)
{
	struct run *run = context;
	struct job *job = job_context;
	bool relaxed = run_allowed(run, addr);
	enum failure failure;

	if (job->resolving)
		run->resolving--;
	job->resolving = false;
	/* A proxy is the user's choice; it sees to the addresses behind it. */
	if (run->options->proxy[0])
		return true;
	failure = run_check_addr(run, addr);
	if (failure != FAILURE_NONE) {
		job->refusal = failure == FAILURE_CONTACT ? JOB_CONTACT
							  : JOB_ADDRESS;
		return false;
	}
	job->refusal = !relaxed && job->robots_skipped ? JOB_STRICT : JOB_BUSY;
	return job->refusal != JOB_STRICT &&
		queue_claim(run->queue, job, addr, relaxed, run_now_ms());
}

/* A validator as it was received; none that would break the line. */
static bool
sendable(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (ascii_control(s.ptr[i]) && s.ptr[i] != '\t')
			return false;
	return s.len > 0 && s.len < LINK_LINE_BYTES / 2;
}

/* A URL without what a redirect to the same page changes. */
static struct str
stem(struct str url)
{
	ptrdiff_t at = str_find(url, STR("://"));

	if (at >= 0)
		url = str_sub(url, (size_t)at + 3, url.len);
	if (str_starts(url, STR("www.")))
		url = str_sub(url, 4, url.len);
	if (str_ends(url, STR("/")))
		url.len--;
	return url;
}

/*
 * The stored version's validators belong to its own URL: they go to the link's
 * and to where that is only spelt otherwise.
 */
static bool
has_validators(const struct job *job)
{
	const struct hop *first = job->hops;

	if (!job->link)
		return false;
	if (!first)
		return true;
	while (first->previous)
		first = first->previous;
	return str_eq(stem(str_from(job->url)), stem(str_from(first->url)));
}

static int
start_request(struct run *run, struct job *job, struct strbuf *lines)
{
	const struct fetch_options *o = run->options;
	bool robots = job->kind == JOB_ROBOTS;
	const char *headers[8];
	size_t count = 0;
	struct http_request request = {
		.url = job->url,
		.headers = headers,
		.keep = robots || job->site->waiting > 0 ||
			job->origin->waiting_count > 0,
		.connect_ms = o->timeout_ms < CONNECT_MS ? o->timeout_ms
							 : CONNECT_MS,
		.total_ms = o->timeout_ms,
		.slow_s = SLOW_S,
		.body_max_bytes = robots ? ROBOTS_BYTES : (size_t)o->max_bytes,
		.partial = robots,
		.context = job
	};

	headers[count++] = run->agent.ptr;
	if (run->from.len)
		headers[count++] = run->from.ptr;
	headers[count++] = robots ? "Accept: text/plain,*/*;q=0.5" :
		"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,"
		"*/*;q=0.8";
	if (!robots)
		headers[count++] = "Accept-Encoding: gzip";
	if (has_validators(job) && sendable(job->link->etag)) {
		strbuf_addf(&lines[0], "If-None-Match: %.*s",
			STR_ARGS(job->link->etag));
		headers[count++] = lines[0].ptr;
	}
	if (has_validators(job) && sendable(job->link->last_modified)) {
		strbuf_addf(&lines[1], "If-Modified-Since: %.*s",
			STR_ARGS(job->link->last_modified));
		headers[count++] = lines[1].ptr;
	}
	headers[count] = NULL;
	return http_start(run->http, &request, NULL);
}

static void
start(struct run *run, struct job *job)
{
	struct strbuf lines[2];
	int result;

	strbuf_init(&lines[0], LINK_LINE_BYTES);
	strbuf_init(&lines[1], LINK_LINE_BYTES);
	job->attempts++;
	job->date_s = run->options->now_s();
	job->refusal = JOB_NOT_REFUSED;
	result = start_request(run, job, lines);
	strbuf_release(&lines[0]);
	strbuf_release(&lines[1]);
	if (result < 0) {
		queue_cancel(run->queue, job, run_now_ms());
		answer_failure(run, job, FAILURE_BAD_URL, "", false);
	} else if (!job->site->place) {
		job->resolving = true;
		run->resolving++;
	}
}

/* Whether names of sites may be looked up that nobody asked yet. */
static bool
may_open(const struct run *run)
{
	return run->resolving < FETCH_RESOLVING_MAX;
}

static void
start_all(struct run *run)
{
	int64_t now_ms = run_now_ms();
	struct job *job;

	while (!run->stopping && http_count(run->http) < run->options->jobs &&
		writer_pending_bytes(run->writer) <= WRITER_PENDING_BYTES &&
		(job = queue_next(run->queue, now_ms, may_open(run))))
		if (rules_permit(run, job))
			start(run, job);
}

static void
take_line(struct run *run, struct linebuf *in, struct str line, bool is_long)
{
	struct err err = { "the line is too long" };
	struct link link;

	if (line.len == 0)
		return;
	arena_reset(&run->arena);
	if (is_long || link_parse(&link, line, &run->arena, &err) < 0) {
		msg_warn("cannot read line %zu: %s", in->number, err.text);
		run->failed++;
		return;
	}
	run_admit(run, job_new(JOB_PAGE, &link, link.url), QUEUE_BACK);
}

/* Takes the lines that are there. 1: more may come; 0: the end; -1: error. */
static int
take_lines(struct run *run, struct linebuf *in, bool readable, struct err *err)
{
	struct str line;

	if (readable && linebuf_fill(in, err) < 0)
		return -1;
	while (linebuf_ready(in) &&
		queue_count(run->queue) < FETCH_QUEUE_MAX) {
		int got = linebuf_next(in, &line, err);

		if (got <= 0)
			return got;
		take_line(run, in, line, got == LINEBUF_LONG);
	}
	return 1;
}

static void
show_progress(const struct run *run)
{
	int64_t ms = run_now_ms() - run->start_ms;
	double s = (double)(ms > 0 ? ms : 1) / 1000;

	msg_progress("%zu done, %zu failed, %zu in flight, %zu waiting at %zu "
		     "sites, %.1f MB, %.1f/s%s",
		run->done, run->failed, http_count(run->http),
		queue_count(run->queue) + run->parked, queue_sites(run->queue),
		(double)run->bytes / 1e6, (double)run->done / s,
		run->stopping ? ", stopping" : "");
}

static int
poll_ms(struct run *run)
{
	int64_t wait_ms =
		queue_wait_ms(run->queue, run_now_ms(), may_open(run));

	/* With all turns taken, or the output full, time alone starts none. */
	if (run->stopping || http_count(run->http) >= run->options->jobs ||
		writer_pending_bytes(run->writer) > WRITER_PENDING_BYTES)
		return POLL_MS;
	return wait_ms < 0 || wait_ms > POLL_MS ? POLL_MS : (int)wait_ms;
}

static void
on_signal(struct run *run, int signals)
{
	struct signalfd_siginfo info;

	if (read(signals, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return;
	if (run->stopping)
		http_stop(run->http);
	run->stopping = true;
}

static int
loop(struct run *run, struct linebuf *in, int signals, struct err *err)
{
	bool more = true, room = true;

	while (http_count(run->http) > 0 ||
		(!run->stopping && (more || queue_count(run->queue) > 0))) {
		bool wanted = more && room && !run->stopping;
		struct http_fd fds[2] = { { signals, false },
			{ wanted ? in->fd : -1, false } };
		int got = 1;

		if (http_poll(run->http, fds, 2, poll_ms(run), err) < 0)
			return -1;
		if (fds[0].ready)
			on_signal(run, signals);
		if (more && !run->stopping)
			got = take_lines(run, in, fds[1].ready, err);
		if (got < 0)
			return -1;
		more = more && got > 0;
		room = queue_count(run->queue) < FETCH_QUEUE_MAX;
		if (writer_failed(run->writer))
			run->stopping = true;
		start_all(run);
		show_progress(run);
	}
	return 0;
}

static void
make_headers(struct run *run)
{
	const char *contact = run->options->contact;

	strbuf_init(&run->agent, AGENT_BYTES);
	strbuf_init(&run->from, AGENT_BYTES);
	strbuf_adds(&run->agent, STR("User-Agent: stet/" STET_VERSION));
	if (!contact)
		return;
	strbuf_addf(&run->agent, " (+%s)", contact);
	if (strchr(contact, '@') && !strchr(contact, '/'))
		strbuf_addf(&run->from, "From: %s", contact);
}

static void
make_info(struct strbuf *out, const struct run *run)
{
	const char *agent = run->agent.ptr + strlen("User-Agent: ");

	strbuf_addf(out,
		"software: stet-fetch/%s\r\nformat: WARC File Format 1.1\r\n"
		"conformsTo: http://iipc.github.io/warc-specifications/"
		"specifications/warc-format/warc-1.1/\r\n"
		"robots: %s\r\nhttp-header-user-agent: %s\r\n",
		STET_VERSION, run->options->no_robots ?
			"RFC 9309 outside of --allow-net" : "RFC 9309",
		agent);
	if (run->options->contact)
		strbuf_addf(out, "operator: %s\r\n", run->options->contact);
}

/*
 * As many requests at a time as the limit of descriptors carries, which is
 * raised where the system lets us.
 */
static size_t
fit_jobs(size_t wanted)
{
	rlim_t needed = FDS_RESERVED + FDS_PER_JOB * (rlim_t)wanted;
	struct rlimit limit;
	rlim_t fit;

	if (getrlimit(RLIMIT_NOFILE, &limit) < 0)
		return wanted;
	if (limit.rlim_cur < needed) {
		limit.rlim_cur =
			limit.rlim_max < needed ? limit.rlim_max : needed;
		setrlimit(RLIMIT_NOFILE, &limit);
	}
	if (limit.rlim_cur >= needed)
		return wanted;
	fit = limit.rlim_cur > FDS_RESERVED + FDS_PER_JOB
		? (limit.rlim_cur - FDS_RESERVED) / FDS_PER_JOB : 1;
	return (size_t)fit;
}

static int
open_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

static void
wake(void *context)
{
	http_wake(context);
}

static int
open_run(struct run *run, int out, struct err *err)
{
	const struct fetch_options *o = run->options;
	const char *proxy = strcmp(o->proxy, "env") == 0 ? NULL : o->proxy;
	struct http_config config = {
		.connections_max = o->jobs,
		.body_total_bytes = BODIES_BYTES,
		.http1_only = o->http1,
		.cookies = o->cookies,
		.proxy = proxy,
		.ca_file = o->ca_file,
		.owner = run,
		.may_connect = may_connect,
		.done = answer
	};
	struct writer_info info = {
		.date_s = o->now_s(),
		.flags = o->gzip ? WARC_GZIP : 0
	};
	struct strbuf fields;

	run->http = http_new(&config, err);
	if (!run->http)
		return -1;
	strbuf_init(&fields, 4 * AGENT_BYTES);
	make_info(&fields, run);
	info.fields = fields.ptr;
	run->writer = writer_new(out, &info, wake, run->http);
	strbuf_release(&fields);
	return 0;
}

/* What no record tells of goes to --remaining. */
static int
leave(struct run *run, struct linebuf *in, int signals, struct err *err)
{
	struct job *list = queue_drain_all(run->queue), *job;

	while ((job = list)) {
		list = job->next;
		answer_left(run, job);
	}
	rules_release(run);
	if (!run->stopping)
		return left_write(run->options->remaining, &run->left, err);
	if (run->options->remaining)
		run->left_count += left_read(&run->left, in, signals);
	if (!writer_failed(run->writer))
		msg_warn("stopped: %zu links left%s", run->left_count,
			run->options->remaining ? ""
						: ", and what was not read");
	return left_write(run->options->remaining, &run->left, err);
}

static void
close_run(struct run *run)
{
	http_free(run->http);
	queue_free(run->queue);
	state_free(run->state);
	arena_release(&run->arena);
	strbuf_release(&run->agent);
	strbuf_release(&run->from);
	strbuf_release(&run->left);
}

int
fetch_prepare(const struct fetch_options *options, struct err *err)
{
	struct state *state;

	if (!options->state)
		return 0;
	state = state_open(options->state, options->now_s(), err);
	state_free(state);
	return state ? 0 : -1;
}

int
fetch_run(const struct fetch_options *options, int in_fd, int out,
	struct err *err)
{
	struct fetch_options o = *options;
	struct run run = { .options = &o, .start_ms = run_now_ms() };
	int signals = open_signals();
	struct linebuf in;
	bool failed;

	o.jobs = fit_jobs(o.jobs);
	run.queue = queue_new(o.per_host);
	arena_init(&run.arena, ARENA_BYTES);
	strbuf_init(&run.left, SIZE_MAX / 4);
	if (getrandom(&run.random, sizeof(run.random), 0) < 0 || !run.random)
		run.random = 1;
	make_headers(&run);
	if (o.state && !(run.state = state_open(o.state, o.now_s(), err)))
		return STATUS_USAGE;
	if (open_run(&run, out, err) < 0)
		return STATUS_STOPPED;
	linebuf_init(&in, in_fd, LINK_LINE_BYTES);
	failed = loop(&run, &in, signals, err) < 0;
	msg_progress_end();
	failed = leave(&run, &in, signals, err) < 0 || failed;
	failed = writer_close(run.writer, err) < 0 || failed;
	linebuf_release(&in);
	close(signals);
	close_run(&run);
	if (failed || run.stopping)
		return STATUS_STOPPED;
	return run.failed > 0 ? STATUS_PARTIAL : STATUS_OK;
}
