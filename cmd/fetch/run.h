/*
 * The state of a run, shared by the sources that are its work. One thread
 * holds it, but for the writer's.
 */
#ifndef STET_FETCH_RUN_H
#define STET_FETCH_RUN_H

#include "cmd/fetch/failure.h"
#include "cmd/fetch/fetch.h"
#include "cmd/fetch/http.h"
#include "cmd/fetch/job.h"
#include "common/base/hash.h"
#include "cmd/fetch/queue.h"
#include "cmd/fetch/robots.h"
#include "cmd/fetch/state.h"
#include "cmd/fetch/writer.h"
#include "common/base/arena.h"
#include "common/base/linebuf.h"
#include "common/base/strbuf.h"
#include "common/web/url.h"

enum rules {
	RULES_UNKNOWN,
	RULES_ASKED,      /* robots.txt is on its way */
	RULES_KNOWN,
	RULES_UNREACHABLE /* everything is forbidden */
};

/* Scheme, host and port: what a robots.txt is for. */
struct origin {
	char *name; /* "https://a.example" */
	enum rules rules;
	struct robots *robots;  /* with RULES_KNOWN */
	enum failure failure;   /* with RULES_UNREACHABLE, and its detail: */
	char detail[HTTP_DETAIL_BYTES];
	struct job *waiting, *waiting_last; /* until the rules are known */
	size_t waiting_count;
};

struct run {
	const struct fetch_options *options;
	struct http *http;
	struct queue *queue;
	struct writer *writer;
	struct state *state; /* or NULL */
	struct hash_map origins;
	struct arena arena; /* for URLs that are looked at; reset often */
	struct strbuf agent, from; /* request headers; from may be empty */
	struct strbuf left;        /* --remaining */
	uint64_t random;           /* state of the jitter's generator */
	size_t resolving;          /* transfers without a known address */
	size_t parked;             /* jobs that wait for rules */
	bool stopping;
	int64_t synced_ms;         /* when the writer last got captures */
	/* for the progress and the status */
	size_t done, failed, left_count;
	uint64_t bytes;
	int64_t start_ms;
};

/* Milliseconds of a clock that never goes back. */
int64_t run_now_ms(void);

/* `delay_ms` and up to a quarter more. */
int64_t run_jitter(struct run *run, int64_t delay_ms);

/* ---- admit.c ---- */

/* Whether the address lies in a network of --allow-net. */
bool run_allowed(const struct run *run, const struct cidr_addr *addr);

/* Why no connection may be made to the address, or FAILURE_NONE. */
enum failure run_check_addr(const struct run *run,
	const struct cidr_addr *addr);

/* The address that the URL's host is, if it is one; else with bits 0. */
struct cidr_addr run_literal(const struct url *url);

/*
 * Whether the site may be asked: not when an earlier run was told to leave it
 * alone, or when it was given up in this one.
 */
enum failure run_check_site(struct run *run, struct site *site);

/* Why the URL may not be asked for, as far as it tells itself. */
enum failure run_check_url(const struct run *run, const struct url *url);

/*
 * Takes in a link or where a redirect of `job` leads: checks the URL, finds
 * its origin and site, puts it in line or records why not. Takes the job.
 */
void run_admit(struct run *run, struct job *job, enum queue_end end);

/* ---- request.c ---- */

/* Composes the headers that all requests have, from the options. */
void request_headers(struct run *run);

/* Appends the block of the warcinfo record. */
void request_info(struct strbuf *out, const struct run *run);

/* Starts the transfer of job->url; -1 when libcurl refuses it. */
int request_start(struct run *run, struct job *job);

/* ---- rules.c ---- */

/* The origin of a URL, made when it is new, with rules from the state. */
struct origin *rules_origin(struct run *run, const struct url *url);

/*
 * Whether the job, whose turn it is, may be fetched now. If not, it has been
 * put aside until the rules are known, or recorded as refused.
 */
bool rules_permit(struct run *run, struct job *job);

/* Takes in what came for a robots.txt. Takes the job. */
void rules_answer(struct run *run, struct job *job, struct http_response *r);

/* robots.txt cannot be had: records all that waits for it. */
void rules_fail(struct run *run, struct origin *origin, enum failure failure,
	const char *detail);

/* The path and query of a URL as common/web/url writes it. */
struct str rules_target(const char *url);

/* There is no robots.txt: all is allowed. */
void rules_none(struct run *run, struct origin *origin);

/* The delay that the origin asks for, within our limit. */
int64_t rules_delay_ms(const struct origin *origin);

/* Frees origins and what waits there; those jobs are left over. */
void rules_release(struct run *run);

/* ---- answer.c ---- */

/* http_config.done: what follows from the end of a transfer. */
void answer(void *run, void *job, struct http_response *r);

/*
 * Records that the job ended without a response, and frees it. The line on
 * stderr is left out with `quiet`, when one line speaks for many.
 */
void answer_failure(struct run *run, struct job *job, enum failure failure,
	const char *detail, bool quiet);

/* Follows a redirect to `location` if there is one to follow; takes the job. */
void answer_redirect(struct run *run, struct job *job, struct str location);

/*
 * The site asked to be left alone for so long (0: it did not say): holds it,
 * or gives up for this run what waits there.
 */
void answer_hold(struct run *run, struct site *site, int64_t retry_after_s);

/* The seconds that a Retry-After asks for, at most a day; 0 without one. */
int64_t answer_retry_after(const struct run *run, struct str head);

/* Counts a failure of the site; gives it up at FETCH_FAILURES_MAX. */
void answer_count_failure(struct run *run, struct site *site);

/* Adds the job's link to what is left, and frees the job. */
void answer_left(struct run *run, struct job *job);

/*
 * Puts the job back in line when its request, which ended with `outcome`, may
 * be made again; if so, takes it.
 */
bool answer_retry(struct run *run, struct job *job, enum http_outcome outcome);

/* Hands the writer what a request brought; moves r's buffers. */
void answer_record(struct run *run, const struct job *job,
	struct http_response *r);

/* Which failure an outcome without a response is. */
enum failure answer_failure_of(enum http_outcome outcome,
	enum job_refusal refusal);

#endif
