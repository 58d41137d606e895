/*
 * One URL to be fetched: a link's, one that a redirect led to, or the
 * robots.txt that must be known first.
 *
 *	struct job *job = job_new(JOB_PAGE, &link, url);
 *	job_follow(job, target);	(now it is the target's)
 *	job_free(job);
 */
#ifndef STET_FETCH_JOB_H
#define STET_FETCH_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "common/article/link.h"
#include "common/base/str.h"

enum { JOB_PLACES_MAX = 4, JOB_COOKIE_BYTES = 64 };

enum job_kind {
	JOB_PAGE,
	JOB_ROBOTS
};

/* Why may_connect said no the last time. */
enum job_refusal {
	JOB_NOT_REFUSED,
	JOB_ADDRESS, /* not public and not in --allow-net */
	JOB_CONTACT, /* public, and we may not go there without a contact */
	JOB_STRICT,  /* public: robots.txt has to be read first */
	JOB_BUSY     /* somebody else is being served at that address */
};

struct redirect {
	struct redirect *previous;
	char url[];
};

struct origin;
struct place;
struct site;

struct job {
	struct job *next; /* in the list that it waits in */
	enum job_kind kind;
	struct link *link;      /* what the job is for; NULL with JOB_ROBOTS */
	char *url;              /* to be fetched now, as url_write writes it */
	struct redirect *redirects; /* the URLs that led here, newest first */
	unsigned redirects_count;
	unsigned attempts;      /* at `url` */
	char cookie[JOB_COOKIE_BYTES]; /* name of one that a redirect set, "" */
	bool cookie_fresh;      /* one was set since a URL was seen again */
	bool refreshed;         /* it is led on by a page, not by a status */
	int64_t date_s;         /* when the last attempt began */
	struct origin *origin;  /* that `url` lies on */
	struct origin *robots_of; /* JOB_ROBOTS: who waits for the rules */
	struct site *site;      /* whose turn it takes */
	bool robots_skipped;    /* started without asking robots.txt */
	bool resolving;         /* under way to an address not yet known */
	enum job_refusal refusal;
	struct place *places[JOB_PLACES_MAX]; /* held while it runs */
	struct place *busy;     /* with JOB_BUSY: where */
	unsigned places_count;
};

/* A job for `url`; link (may be NULL) is copied. The caller frees it. */
struct job *job_new(enum job_kind kind, const struct link *link,
	struct str url);
void job_free(struct job *job);

/* Goes on to where a redirect leads. */
void job_follow(struct job *job, struct str url);

/* Writes job->url anew, in another spelling. */
void job_rename(struct job *job, struct str url);

/* Whether the job has been at `url`, or is. */
bool job_visited(const struct job *job, struct str url);

/* A copy of a link in one piece of memory, which the caller frees. */
struct link *link_copy(const struct link *link);

#endif
