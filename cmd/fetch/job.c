#include "cmd/fetch/job.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/xalloc.h"

enum { FIELDS = 10 };

struct link *
link_copy(const struct link *link)
{
	struct link copy = *link, *whole;
	struct str *fields[FIELDS] = { &copy.url, &copy.source, &copy.found,
		&copy.published, &copy.title, &copy.etag, &copy.last_modified,
		&copy.referrer, &copy.misses, &copy.doubt };
	size_t bytes = 0;
	char *to;

	for (size_t i = 0; i < FIELDS; i++)
		bytes += fields[i]->len;
	whole = xmalloc(sizeof(*whole) + bytes);
	to = (char *)(whole + 1);
	for (size_t i = 0; i < FIELDS; i++) {
		if (fields[i]->len)
			memcpy(to, fields[i]->ptr, fields[i]->len);
		fields[i]->ptr = to;
		to += fields[i]->len;
	}
	*whole = copy;
	return whole;
}

struct job *
job_new(enum job_kind kind, const struct link *link, struct str url)
{
	struct job *job = xcalloc(1, sizeof(*job));

	job->kind = kind;
	job->link = link ? link_copy(link) : NULL;
	job->url = xmemdup0(url.ptr, url.len);
	return job;
}

void
job_free(struct job *job)
{
	if (!job)
		return;
	while (job->redirects) {
		struct redirect *redirect = job->redirects;

		job->redirects = redirect->previous;
		free(redirect);
	}
	free(job->link);
	free(job->url);
	free(job);
}

void
job_follow(struct job *job, struct str url)
{
	size_t len = strlen(job->url);
	struct redirect *redirect = xmalloc(sizeof(*redirect) + len + 1);

	memcpy(redirect->url, job->url, len + 1);
	redirect->previous = job->redirects;
	job->redirects = redirect;
	job->redirects_count++;
	job->attempts = 0;
	free(job->url);
	job->url = xmemdup0(url.ptr, url.len);
}

void
job_rename(struct job *job, struct str url)
{
	free(job->url);
	job->url = xmemdup0(url.ptr, url.len);
}

bool
job_visited(const struct job *job, struct str url)
{
	if (str_eq(str_from(job->url), url))
		return true;
	for (const struct redirect *r = job->redirects; r; r = r->previous)
		if (str_eq(str_from(r->url), url))
			return true;
	return false;
}
