/*
 * What is sent: who we are, what we take, and which version we have.
 */
#include <string.h>

#include "cmd/fetch/run.h"
#include "common/base/ascii.h"

enum { AGENT_BYTES = 1024, CONNECT_MS = 10000, SLOW_S = 20 };

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
	const struct redirect *first = job->redirects;

	if (!job->link)
		return false;
	if (!first)
		return true;
	while (first->previous)
		first = first->previous;
	return str_eq(stem(str_from(job->url)), stem(str_from(first->url)));
}

static int
start_with(struct run *run, struct job *job, struct strbuf *lines)
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

int
request_start(struct run *run, struct job *job)
{
	struct strbuf lines[2];
	int result;

	strbuf_init(&lines[0], LINK_LINE_BYTES);
	strbuf_init(&lines[1], LINK_LINE_BYTES);
	result = start_with(run, job, lines);
	strbuf_release(&lines[0]);
	strbuf_release(&lines[1]);
	return result;
}

void
request_headers(struct run *run)
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

void
request_info(struct strbuf *out, const struct run *run)
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
