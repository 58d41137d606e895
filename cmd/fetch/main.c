#include <fcntl.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/fetch/fetch.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/outfile.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/base/strbuf.h"
#include "common/warc/warc.h"

enum {
	OPTION_ALLOW_NET = 256,
	OPTION_ANONYMOUS,
	OPTION_CA_FILE,
	OPTION_CONTACT,
	OPTION_COOKIES,
	OPTION_DELAY,
	OPTION_EXPLAIN,
	OPTION_GZIP,
	OPTION_HTTP1,
	OPTION_MAX_BYTES,
	OPTION_MAX_WAIT,
	OPTION_NO_ROBOTS,
	OPTION_PER_HOST,
	OPTION_PROXY,
	OPTION_REMAINING,
	OPTION_RETRIES,
	OPTION_STATE,
	OPTION_TIMEOUT,
	OPTION_ZSTD,

	PIPE_BYTES = 1 << 20,
	KEPT_BYTES = 256 << 20,
	MAPPED_BYTES = 1 << 20
};

static const struct cmd_option option_table[] = {
	{ OPTION_ALLOW_NET, "allow-net", "CIDR",
		"connect to these private addresses too" },
	{ OPTION_ANONYMOUS, "anonymous", NULL, "give no contact" },
	{ OPTION_CA_FILE, "ca-file", "FILE",
		"trust these certificates, not the system's" },
	{ OPTION_CONTACT, "contact", "ADDRESS",
		"URL or mail address for those who are fetched from" },
	{ OPTION_COOKIES, "cookies", NULL, "keep cookies within the run" },
	{ OPTION_DELAY, "delay", "SECONDS",
		"between two requests to a host (1)" },
	{ OPTION_EXPLAIN, "explain", NULL,
		"print what would be fetched, when and why" },
	{ OPTION_GZIP, "gzip", NULL, "compress each record with gzip" },
	{ OPTION_HTTP1, "http1.1", NULL, "speak no HTTP/2" },
	{ 'c', "jobs", "N", "requests at a time (64)" },
	{ OPTION_MAX_BYTES, "max-bytes", "SIZE", "cut longer bodies (16M)" },
	{ OPTION_MAX_WAIT, "max-wait", "SECONDS",
		"wait so long for a host that asks for it (30)" },
	{ OPTION_NO_ROBOTS, "no-robots", NULL,
		"read no robots.txt below --allow-net" },
	{ OPTION_PER_HOST, "per-host", "N",
		"requests at a time to a host below --allow-net (1)" },
	{ OPTION_PROXY, "proxy", "URL", "use a proxy (env: as set there)" },
	{ OPTION_REMAINING, "remaining", "FILE",
		"write the links that were not come to" },
	{ OPTION_RETRIES, "retries", "N",
		"try again when there was no response (2)" },
	{ OPTION_STATE, "state", "DIR", "remember robots.txt across runs" },
	{ OPTION_TIMEOUT, "timeout", "SECONDS", "for one request (60)" },
	{ OPTION_ZSTD, "zstd", NULL, "compress each record with zstd" },
	{ 0 }
};

static const struct cmd cmd = { "stet-fetch", "[OPTION...] <LINKS >WARC",
	"fetches links politely and writes WARC", option_table };

/* Seconds with up to three decimals, as milliseconds. */
static int64_t
milliseconds(const char *option, const char *arg)
{
	struct str whole, rest = str_from(arg);
	int64_t s = 0, ms = 0;
	bool good;

	str_cut(&whole, &rest, '.');
	good = number_parse(&s, whole, 0, 3600) == 0 && rest.len <= 3;
	if (good && rest.len)
		good = number_parse(&ms, rest, 0, 999) == 0;
	if (!good)
		cmd_usage(&cmd, "--%s takes seconds, as in 1 or 0.5, not '%s'",
			option, arg);
	for (size_t i = rest.len; i < 3; i++)
		ms *= 10;
	return s * 1000 + ms;
}

static void
add_net(struct fetch_options *o, const char *arg)
{
	struct err err;

	if (o->nets_count == FETCH_NETS_MAX)
		cmd_usage(&cmd, "more than %d --allow-net", FETCH_NETS_MAX);
	if (cidr_parse(&o->nets[o->nets_count], str_from(arg), &err) < 0)
		cmd_usage(&cmd, "--allow-net '%s': %s", arg, err.text);
	o->nets_count++;
}

/* An http(s) URL, or a mail address with or without "mailto:". */
static bool
is_address(struct str s)
{
	struct str name, host = s;

	if (str_starts(s, STR("http://")) || str_starts(s, STR("https://")))
		return str_find(s, STR("://")) + 3 < (ptrdiff_t)s.len;
	return str_cut(&name, &host, '@') && name.len > 0 && host.len > 0 &&
		str_find_byte(host, '@') < 0 && str_find(s, STR("://")) < 0;
}

/* It goes into a comment of a header. */
static const char *
contact(const char *arg)
{
	struct str s = str_from(arg);
	bool good = s.len <= 256 && is_address(s);

	for (size_t i = 0; i < s.len; i++)
		good = good && s.ptr[i] > ' ' && s.ptr[i] < 127 &&
			!strchr("()\\\"<>", s.ptr[i]);
	if (!good)
		cmd_usage(&cmd, "--contact takes a URL or a mail address, "
				"not '%s'", arg);
	return arg;
}

static struct outfile *
open_remaining(const char *path)
{
	static struct outfile file;
	struct err err;

	if (outfile_open(&file, path, &err) < 0)
		cmd_die(STATUS_STOPPED, "--remaining: %s", err.text);
	return &file;
}

static void
set_number(struct fetch_options *o, int id, const char *arg)
{
	switch (id) {
	case 'c':
		o->jobs = (size_t)cmd_number(&cmd, "jobs", arg, 1, 10000);
		break;
	case OPTION_DELAY:
		o->delay_ms = milliseconds("delay", arg);
		break;
	case OPTION_MAX_BYTES:
		o->max_bytes = cmd_size(&cmd, "max-bytes", arg, 1, 1 << 30);
		break;
	case OPTION_MAX_WAIT:
		o->max_wait_s = cmd_number(&cmd, "max-wait", arg, 0, 86400);
		break;
	case OPTION_PER_HOST:
		o->per_host =
			(size_t)cmd_number(&cmd, "per-host", arg, 1, 10000);
		break;
	case OPTION_RETRIES:
		o->retries = (unsigned)cmd_number(&cmd, "retries", arg, 0, 5);
		break;
	case OPTION_TIMEOUT:
		o->timeout_ms = milliseconds("timeout", arg);
		if (o->timeout_ms == 0)
			cmd_usage(&cmd, "--timeout takes more than 0 seconds");
		break;
	}
}

static void
set_option(struct fetch_options *o, int id, const char *arg)
{
	switch (id) {
	case OPTION_ALLOW_NET:
		add_net(o, arg);
		break;
	case OPTION_ANONYMOUS:
		o->anonymous = true;
		break;
	case OPTION_CA_FILE:
		o->ca_file = arg;
		break;
	case OPTION_CONTACT:
		o->contact = contact(arg);
		break;
	case OPTION_COOKIES:
		o->cookies = true;
		break;
	case OPTION_EXPLAIN:
		o->explain = true;
		break;
	case OPTION_GZIP:
		o->packing = WARC_GZIP;
		break;
	case OPTION_HTTP1:
		o->http1 = true;
		break;
	case OPTION_NO_ROBOTS:
		o->no_robots = true;
		break;
	case OPTION_PROXY:
		o->proxy = arg;
		break;
	case OPTION_REMAINING:
		o->remaining = open_remaining(arg);
		break;
	case OPTION_STATE:
		o->state = arg;
		break;
	case OPTION_ZSTD:
		o->packing = WARC_ZSTD;
		break;
	default:
		set_number(o, id, arg);
	}
}

/* Being hasty, or nameless, is for one's own machines. */
static void
check_options(const struct fetch_options *o)
{
	if (!o->contact && !o->anonymous &&
		(o->nets_count == 0 || o->proxy[0]))
		cmd_usage(&cmd, "who fetches has to say how to be reached: "
				"--contact URL-or-mail (or --anonymous)");
	if (o->nets_count > 0)
		return;
	if (o->delay_ms < FETCH_DELAY_MIN_MS)
		cmd_usage(&cmd, "--delay below 1 needs --allow-net");
	if (o->per_host > 1)
		cmd_usage(&cmd, "--per-host needs --allow-net");
	if (o->no_robots)
		cmd_usage(&cmd, "--no-robots needs --allow-net");
}

static void
read_options(struct fetch_options *o, int argc, char **argv)
{
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		set_option(o, id, optarg);
	if (argv[optind])
		cmd_usage(&cmd, "it takes no argument: '%s'", argv[optind]);
	check_options(o);
	if (o->ca_file && access(o->ca_file, R_OK) < 0)
		cmd_die(STATUS_USAGE, "cannot read '%s'", o->ca_file);
}

/*
 * The network, what name resolution and TLS read, the two things to be
 * written, and no program.
 */
static void
drop_rights(const struct fetch_options *o)
{
	/* What names are resolved and certificates are checked by. */
	const char *reads[] = { "/etc/resolv.conf", "/etc/hosts",
		"/etc/host.conf", "/etc/nsswitch.conf", "/etc/gai.conf",
		"/etc/services", "/etc/protocols", "/etc/ssl/certs",
		"/etc/ssl/openssl.cnf", "/etc/pki/tls",
		"/etc/ca-certificates", "/etc/crypto-policies",
		"/usr/share/ca-certificates",
		"/usr/local/share/ca-certificates", "/usr/lib/ssl",
		"/usr/share/publicsuffix", "/etc/ld.so.cache",
		"/etc/localtime", "/usr/share/zoneinfo", "/usr/lib",
		"/usr/lib64", "/lib", "/lib64", "/run/systemd/resolve",
		"/run/resolvconf", "/run/NetworkManager/resolv.conf",
		"/dev/urandom", "/dev/null", o->ca_file, NULL };
	const char *writes[] = { NULL, NULL, NULL };
	size_t count = 0;
	struct err err;

	if (o->state)
		writes[count++] = o->state;
	if (o->remaining) {
		writes[count] = outfile_folder(o->remaining);
	}
	if (sandbox_network(reads, writes, &err) < 0) {
		fetch_leave_all(o, 0, NULL);
		cmd_die(STATUS_STOPPED, "%s", err.text);
	}
}

/*
 * Bodies come and go by the thousand. The memory of one is used for the next
 * one, not given back to the system and asked for anew; but that of a large
 * one is.
 */
static void
keep_memory(void)
{
#ifdef M_TRIM_THRESHOLD
	mallopt(M_TRIM_THRESHOLD, KEPT_BYTES);
	mallopt(M_MMAP_THRESHOLD, MAPPED_BYTES);
#endif
}

int
main(int argc, char **argv)
{
	static struct fetch_options o = {
		.jobs = 64,
		.per_host = 1,
		.delay_ms = FETCH_DELAY_MIN_MS,
		.timeout_ms = 60000,
		.max_wait_s = 30,
		.max_bytes = 16 << 20,
		.retries = 2,
		.proxy = "",
		.now_s = cmd_now
	};
	struct err err = { "" };
	int status;

	cmd_init(&cmd);
	keep_memory();
	read_options(&o, argc, argv);
	if (fetch_prepare(&o, &err) < 0) {
		fetch_leave_all(&o, 0, NULL);
		cmd_die(STATUS_USAGE, "%s", err.text);
	}
	drop_rights(&o);
	if (o.explain)
		status = fetch_explain(&o, 0, stdout, &err);
	else {
		/* A large pipe keeps the transfers from waiting. */
		fcntl(1, F_SETPIPE_SZ, PIPE_BYTES);
		status = fetch_run(&o, 0, 1, &err);
	}
	if (err.text[0])
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
