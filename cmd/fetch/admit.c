/*
 * Which URLs are taken in: http and https without a user name, to no port of
 * another protocol, to no address that is written out and not public.
 */
#include <stdio.h>

#include "cmd/fetch/run.h"
#include "common/web/psl.h"

/* The ports that browsers refuse (WHATWG Fetch, "bad port"). */
static const int bad_ports[] = { 0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23,
	25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104, 109, 110,
	111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427,
	465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563,
	587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045,
	4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697,
	10080 };

static bool
bad_port(int port)
{
	for (size_t i = 0; i < sizeof(bad_ports) / sizeof(bad_ports[0]); i++)
		if (bad_ports[i] == port)
			return true;
	return false;
}

struct cidr_addr
run_literal(const struct url *url)
{
	struct cidr_addr addr = { .bits = 0 };
	struct str host = url->host;

	if (url->host_kind == URL_DOMAIN)
		return addr;
	if (url->host_kind == URL_IPV6)
		host = str_sub(host, 1, host.len - 2);
	if (cidr_addr_parse(&addr, host) < 0)
		addr.bits = 0;
	return addr;
}

bool
run_allowed(const struct run *run, const struct cidr_addr *addr)
{
	for (size_t i = 0; i < run->options->nets_count; i++)
		if (cidr_has(&run->options->nets[i], addr))
			return true;
	return false;
}

enum failure
run_check_addr(const struct run *run, const struct cidr_addr *addr)
{
	if (run_allowed(run, addr))
		return FAILURE_NONE;
	if (!cidr_is_public(addr))
		return FAILURE_ADDRESS;
	if (!run->options->contact && !run->options->anonymous)
		return FAILURE_CONTACT;
	return FAILURE_NONE;
}

enum failure
run_check_url(const struct run *run, const struct url *url)
{
	struct cidr_addr addr = run_literal(url);

	if (url->username.len || url->password.len)
		return FAILURE_BAD_URL;
	if (bad_port(url_port(url)))
		return FAILURE_BAD_PORT;
	return addr.bits ? run_check_addr(run, &addr) : FAILURE_NONE;
}

enum failure
run_check_site(struct run *run, struct site *site)
{
	int64_t now_s = run->options->now_s(), until_s = 0;

	if (!site->looked_up)
		until_s = state_load_hold(
			run->state, str_from(site->name), now_s);
	site->looked_up = true;
	if (until_s > 0) {
		site->held_until_ms = run_now_ms() + (until_s - now_s) * 1000;
		if (until_s - now_s <= run->options->max_wait_s)
			queue_hold(run->queue, site, site->held_until_ms);
		else
			site->down = true;
	}
	if (site->down && site->failures >= FETCH_FAILURES_MAX)
		return FAILURE_HOST_DOWN;
	if (site->down && site->held_until_ms > run_now_ms())
		return FAILURE_DEFERRED;
	site->down = false;
	return FAILURE_NONE;
}

static void
refuse(struct run *run, struct job *job, enum failure failure,
	const char *detail)
{
	if (job->kind == JOB_ROBOTS) {
		rules_fail(run, job->robots_of, failure, detail);
		job_free(job);
	} else {
		answer_failure(run, job, failure, detail, false);
	}
}

void
run_admit(struct run *run, struct job *job, enum queue_end end)
{
	struct err err = { "" };
	struct strbuf bare;
	enum failure failure;
	struct url url;

	arena_reset(&run->arena);
	if (url_parse(&url, str_from(job->url), NULL, &run->arena, &err) < 0) {
		refuse(run, job, FAILURE_BAD_URL, err.text);
		return;
	}
	strbuf_init(&bare, 4 * URL_INPUT_BYTES);
	url_write_bare(&bare, &url);
	job_rename(job, strbuf_str(&bare));
	strbuf_release(&bare);
	job->site = queue_site(run->queue, psl_registrable(url.host));
	failure = run_check_url(run, &url);
	if (failure == FAILURE_NONE)
		failure = run_check_site(run, job->site);
	if (failure != FAILURE_NONE) {
		refuse(run, job, failure, url.username.len ?
			"it names a user" : "");
		return;
	}
	job->origin = rules_origin(run, &url);
	queue_add(run->queue, job, job->site, end);
}
