#include <unistd.h>

#include "cmd/due/due.h"
#include "common/base/cmd.h"
#include "common/base/isotime.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/status.h"

enum { OPTION_FEEDS = 256, OPTION_SHARD, OPTION_NOW, OPTION_EXPLAIN,
	OPTION_SCHEDULED };

static const struct cmd_option option_table[] = {
	{ OPTION_FEEDS, "feeds", NULL, "feeds, sitemaps and pages instead" },
	{ OPTION_SCHEDULED, "scheduled", NULL,
		"read no links: what the schedule has" },
	{ 'n', "limit", "N", "print at most N links (0: all)" },
	{ OPTION_SHARD, "shard", "I/N", "the hosts of part I of N, from 0" },
	{ OPTION_NOW, "now", "TIME", "as if it were that time" },
	{ OPTION_EXPLAIN, "explain", "URL",
		"tell when and why a URL is checked" },
	{ 0 }
};

static const struct cmd cmd = { "stet-due", "[OPTION...] ARCHIVE",
	"lets through the links that are due", option_table };

static void
read_shard(struct due_options *o, const char *text)
{
	struct str part, rest = str_from(text);
	int64_t shard, shards;

	if (!str_cut(&part, &rest, '/') ||
		number_parse(&shards, rest, 1, 1000000) < 0 ||
		number_parse(&shard, part, 0, shards - 1) < 0)
		cmd_usage(&cmd, "--shard takes I/N with I from 0 to N-1, "
			"not '%s'", text);
	o->shard = (uint32_t)shard;
	o->shards = (uint32_t)shards;
}

static int64_t
read_time(const char *text)
{
	int64_t s;

	if (isotime_parse(&s, str_from(text)) < 0 &&
		number_parse(&s, str_from(text), 0, INT64_MAX) < 0)
		cmd_usage(&cmd, "--now takes an RFC 3339 time, not '%s'",
			text);
	return s;
}

/* Returns the URL to explain, or NULL. */
static const char *
read_options(struct due_options *o, int argc, char **argv)
{
	const char *explain = NULL;
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1) {
		if (id == OPTION_FEEDS)
			o->feeds = true;
		else if (id == OPTION_SCHEDULED)
			o->scheduled_only = true;
		else if (id == 'n')
			o->limit = cmd_number(&cmd, "limit", optarg, 0,
				INT64_MAX);
		else if (id == OPTION_SHARD)
			read_shard(o, optarg);
		else if (id == OPTION_NOW)
			o->now_s = read_time(optarg);
		else if (id == OPTION_EXPLAIN)
			explain = optarg;
	}
	if (argc - optind != 1)
		cmd_usage(&cmd, "one archive, please");
	o->archive = argv[optind];
	return explain;
}

int
main(int argc, char **argv)
{
	struct due_options options = { .shards = 1 };
	const char *explain;
	struct err err;
	int status;

	cmd_init(&cmd);
	options.now_s = cmd_now();
	explain = read_options(&options, argc, argv);
	status = explain ? due_explain(&options, str_from(explain),
				   STDOUT_FILENO, &err) :
		due_run(&options, STDIN_FILENO, STDOUT_FILENO, &err);
	if (status > STATUS_PARTIAL)
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
