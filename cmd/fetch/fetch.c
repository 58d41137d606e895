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
#include "common/base/msg.h"
#include "common/base/outfile.h"
#include "common/base/status.h"
#include "common/base/usermask.h"
#include "common/warc/warc.h"

enum {
	ARENA_BYTES = 32 << 20,
	INFO_BYTES = 8 << 10,
	BODIES_BYTES = 256 << 20, /* of all transfers that are under way */
	POLL_MS = 250,            /* the progress wants to move */
	HELD_MS = 2,              /* captures wait so long for others, */
	HELD_BYTES = 256 << 10,   /* unless they are so many */
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

/* Why the job may not connect there now, or JOB_NOT_REFUSED. */
static enum job_refusal
refusal_of(struct run *run, struct job *job, const struct cidr_addr *addr)
{
	bool relaxed = run_allowed(run, addr);
	enum failure failure = run_check_addr(run, addr);

	if (failure != FAILURE_NONE)
		return failure == FAILURE_CONTACT ? JOB_CONTACT : JOB_ADDRESS;
	if (!relaxed && job->robots_skipped)
		return JOB_STRICT;
	return queue_claim(run->queue, job, addr, relaxed, run_now_ms())
		? JOB_NOT_REFUSED : JOB_BUSY;
}

/* http_config.may_connect: with the address that the socket will have. */
static bool
may_connect(void *context, void *job_context, const struct cidr_addr *addr)
{
	struct run *run = context;
	struct job *job = job_context;
	enum job_refusal refusal;

	if (job->resolving)
		run->resolving--;
	job->resolving = false;
	/* A proxy is the user's choice; it sees to the addresses behind it. */
	if (run->options->proxy[0])
		return true;
	refusal = refusal_of(run, job, addr);
	if (refusal == JOB_NOT_REFUSED)
		return true;
	/* Of several addresses the one that can be had later decides. */
	if (job->refusal != JOB_BUSY && job->refusal != JOB_STRICT)
		job->refusal = refusal;
	return false;
}

static void
start(struct run *run, struct job *job)
{
	job->attempts++;
	job->date_s = run->options->now_s();
	job->refusal = JOB_NOT_REFUSED;
	if (request_start(run, job) < 0) {
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
	struct job *job;

	/* The time is that of each turn: by an old one, a site whose
	 * robots.txt was just put in line is not ready, and the next one is
	 * opened instead, and so on through all. */
	while (!run->stopping && http_count(run->http) < run->options->jobs &&
		writer_pending_bytes(run->writer) <= WRITER_PENDING_BYTES &&
		(job = queue_next(run->queue, run_now_ms(), may_open(run))))
		if (rules_permit(run, job))
			start(run, job);
}

/* A link's address without who logs in there, in the arena. */
static struct str
mask_user(struct run *run, struct str url)
{
	char *copy;

	if (!usermask_needed(url))
		return url;
	copy = arena_alloc(&run->arena, url.len);
	if (!copy)
		return STR("");
	memcpy(copy, url.ptr, url.len);
	return (struct str){ copy, usermask(copy, url.len) };
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
	link.url = mask_user(run, link.url);
	link.referrer = mask_user(run, link.referrer);
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
	int max_ms = writer_held_bytes(run->writer) ? HELD_MS : POLL_MS;

	/* With all turns taken, or the output full, time alone starts none. */
	if (run->stopping || http_count(run->http) >= run->options->jobs ||
		writer_pending_bytes(run->writer) > WRITER_PENDING_BYTES)
		return max_ms;
	return wait_ms < 0 || wait_ms > max_ms ? max_ms : (int)wait_ms;
}

/*
 * Hands captures to the writer: not one by one, as waking its thread for each
 * would cost as much as an unchanged page does in all.
 */
static void
sync_writer(struct run *run)
{
	int64_t now_ms = run_now_ms();
	bool full = writer_pending_bytes(run->writer) > WRITER_PENDING_BYTES;

	if (!full && writer_held_bytes(run->writer) < HELD_BYTES &&
		now_ms - run->synced_ms < HELD_MS)
		return;
	writer_sync(run->writer);
	run->synced_ms = now_ms;
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
		sync_writer(run);
		show_progress(run);
	}
	return 0;
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
		.flags = o->packing
	};
	struct strbuf fields;

	run->http = http_new(&config, err);
	if (!run->http)
		return -1;
	strbuf_init(&fields, INFO_BYTES);
	request_info(&fields, run);
	info.fields = fields.ptr;
	run->writer = writer_new(out, &info, wake, run->http);
	strbuf_release(&fields);
	return 0;
}

static int
write_left(struct run *run, struct err *err)
{
	return !run->options->remaining ? 0 :
		outfile_put(run->options->remaining, strbuf_str(&run->left),
			err);
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
		return write_left(run, err);
	if (run->options->remaining)
		run->left_count += left_read(&run->left, in, signals);
	if (!writer_failed(run->writer))
		msg_warn("stopped: %zu links left%s", run->left_count,
			run->options->remaining ? ""
						: ", and what was not read");
	return write_left(run, err);
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
fetch_leave_all(const struct fetch_options *options, int in_fd,
	struct err *err)
{
	struct linebuf in;
	struct strbuf left;
	int signals, result;

	if (!options->remaining)
		return 0;
	signals = open_signals();
	linebuf_init(&in, in_fd, LINK_LINE_BYTES);
	strbuf_init(&left, SIZE_MAX / 4);
	left_read(&left, &in, signals);
	result = outfile_put(options->remaining, strbuf_str(&left), err);
	strbuf_release(&left);
	linebuf_release(&in);
	close(signals);
	return result;
}

/* Opens what a run needs: STATUS_OK, or the status that it ends with. */
static int
begin(struct run *run, int out, struct err *err)
{
	const struct fetch_options *o = run->options;

	if (o->state && !(run->state = state_open(o->state, o->now_s(), err)))
		return STATUS_USAGE;
	return open_run(run, out, err) < 0 ? STATUS_STOPPED : STATUS_OK;
}

int
fetch_run(const struct fetch_options *options, int in_fd, int out,
	struct err *err)
{
	struct fetch_options o = *options;
	struct run run = { .options = &o, .start_ms = run_now_ms() };
	int signals = open_signals(), status;
	struct linebuf in;
	bool failed;

	o.jobs = fit_jobs(o.jobs);
	run.queue = queue_new(o.per_host);
	arena_init(&run.arena, ARENA_BYTES);
	strbuf_init(&run.left, SIZE_MAX / 4);
	if (getrandom(&run.random, sizeof(run.random), 0) < 0 || !run.random)
		run.random = 1;
	request_headers(&run);
	status = begin(&run, out, err);
	if (status != STATUS_OK) {
		fetch_leave_all(&o, in_fd, NULL);
		return status;
	}
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
