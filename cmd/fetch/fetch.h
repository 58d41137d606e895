/*
 * Fetches links politely and writes WARC: the work of stet-fetch(1).
 *
 *	struct fetch_options options = { ... };
 *	status = fetch_run(&options, 0, 1, &err);
 *
 * fetch.c is the loop, rules.c knows robots.txt, answer.c what follows from an
 * answer, queue.c whose turn it is, writer.c the output.
 */
#ifndef STET_FETCH_FETCH_H
#define STET_FETCH_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cmd/fetch/cidr.h"
#include "common/base/err.h"

enum {
	FETCH_NETS_MAX = 64,
	FETCH_DELAY_MIN_MS = 1000,       /* between requests to strangers */
	FETCH_CRAWL_DELAY_MAX_MS = 120000,
	FETCH_REDIRECTS_MAX = 10,
	FETCH_ROBOTS_REDIRECTS_MAX = 5,  /* RFC 9309 2.3.1.2 */
	FETCH_FAILURES_MAX = 5,          /* in a row: the site is given up */
	FETCH_HOLDS_MAX = 3,             /* in a row: likewise */
	FETCH_RETRY_AFTER_MAX_S = 86400,
	FETCH_BACKOFF_S = 30,            /* after 429 without Retry-After */
	FETCH_BACKOFF_MAX_S = 3600,
	FETCH_RESOLVING_MAX = 64,        /* names looked up at a time */
	FETCH_QUEUE_MAX = 100000         /* links read ahead */
};

struct outfile;

struct fetch_options {
	struct cidr nets[FETCH_NETS_MAX]; /* --allow-net */
	size_t nets_count;
	size_t jobs;         /* requests at a time */
	size_t per_host;     /* the same for a site within nets */
	int64_t delay_ms;    /* below FETCH_DELAY_MIN_MS only within nets */
	int64_t timeout_ms;  /* of a request as a whole */
	int64_t max_wait_s;  /* how long a held site is waited for */
	int64_t max_bytes;   /* of a body */
	unsigned retries;
	bool explain;
	bool no_robots;      /* within nets */
	bool anonymous, cookies, http1;
	unsigned packing;    /* WARC_GZIP, WARC_ZSTD or 0 */
	const char *contact; /* or NULL */
	const char *proxy;   /* URL, "env", or "": none */
	const char *ca_file; /* or NULL */
	const char *state;   /* folder, or NULL */
	struct outfile *remaining; /* or NULL */
	int64_t (*now_s)(void);
};

/*
 * Makes what must be there before rights are dropped: the state's folder. -1
 * with the reason.
 */
int fetch_prepare(const struct fetch_options *options, struct err *err);

/*
 * Where nothing can be fetched: all links of `in`, until its end or a signal,
 * go to options->remaining, if that is set. -1 when it cannot be written.
 */
int fetch_leave_all(const struct fetch_options *options, int in_fd,
	struct err *err);

/*
 * Reads links from `in` until its end or a signal (SIGINT, SIGTERM, which are
 * blocked from here on), writes WARC to `out`. Returns the exit status; with
 * STATUS_STOPPED err may hold the reason.
 */
int fetch_run(const struct fetch_options *options, int in, int out,
	struct err *err);

/*
 * Reads all links and prints for each of them, and each robots.txt, when a run
 * would ask for it and why then, or why not at all; as TSV: seconds from the
 * start (or "-"), URL, reason. Uses no network. Returns the exit status.
 */
int fetch_explain(const struct fetch_options *options, int in, FILE *out,
	struct err *err);

#endif
