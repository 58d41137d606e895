#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "cmd/replay/replay.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"

enum { OPT_ALL = 256, OPT_WARC };

static const struct cmd_option options[] = {
	{ OPT_ALL, "all", NULL, "also what this extractor has read" },
	{ OPT_WARC, "warc", "DIR", "where WARC files are kept (stet.warc)" },
	{ 0, NULL, NULL, NULL },
};

static const struct cmd cmd = { "stet-replay", "[options] ARCHIVE",
	"writes the kept captures that another extractor has read", options };

static void
warn(const char *text)
{
	msg_warn("%s", text);
}

static void
parse_options(struct replay_options *out, int argc, char **argv)
{
	int id;

	*out = (struct replay_options){ 0 };
	while ((id = cmd_getopt(&cmd, argc, argv)) != -1) {
		if (id == OPT_ALL)
			out->all = true;
		else if (id == OPT_WARC)
			out->warc = optarg;
	}
	if (argc - optind != 1)
		cmd_usage(&cmd, "one archive, please");
	out->archive = argv[optind];
}

static int
run(struct replay *r, const struct replay_options *opts, struct err *err)
{
	const char *read[] = { replay_folder(r), NULL };
	const char *write[] = { opts->archive, NULL };
	size_t found = 0;
	int status;

	if (sandbox_folders(read, write, err) < 0)
		return STATUS_STOPPED;
	status = replay_run(r, STDOUT_FILENO, warn, &found, err);
	if (status == STATUS_OK && found < replay_wanted(r))
		msg_note("%zu of %zu captures are not kept",
			replay_wanted(r) - found, replay_wanted(r));
	return status;
}

int
main(int argc, char **argv)
{
	struct replay_options opts;
	struct replay *r;
	struct err err;
	int status;

	cmd_init(&cmd);
	parse_options(&opts, argc, argv);
	status = replay_open(&r, &opts, &err);
	if (status == STATUS_OK)
		status = run(r, &opts, &err);
	if (status != STATUS_OK)
		msg_warn("%s", err.text);
	replay_free(r);
	return cmd_finish(status);
}
