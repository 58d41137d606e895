#include <getopt.h>
#include <stdio.h>

#include "cmd/log/log.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"

enum { OPT_JSON = 256, OPT_DOUBTS };

static const struct cmd_option options[] = {
	{ 'f', "follow", NULL, "go on with the article that it became" },
	{ OPT_DOUBTS, "doubts", NULL,
		"list what was seen and is no version, of all articles "
		"without one" },
	{ OPT_JSON, "json", NULL, "print JSON, one line a commit" },
	{ 0, NULL, NULL, NULL },
};

static const struct cmd cmd = { "stet-log", "[options] ARCHIVE [URL|KEY|PATH]",
	"lists the versions of an article, or of all", options };

static void
parse_options(struct log_options *out, int argc, char **argv)
{
	int id;

	*out = (struct log_options){ 0 };
	while ((id = cmd_getopt(&cmd, argc, argv)) != -1) {
		if (id == 'f')
			out->follow = true;
		else if (id == OPT_DOUBTS)
			out->doubts = true;
		else if (id == OPT_JSON)
			out->json = true;
	}
	if (argc - optind < 1 || argc - optind > 2)
		cmd_usage(&cmd, "an archive and an article, please");
	out->archive = argv[optind];
	out->name = argv[optind + 1]; /* NULL: all */
}

int
main(int argc, char **argv)
{
	const char *folders[] = { NULL, NULL };
	struct log_options opts;
	struct err err;
	int status;

	cmd_init(&cmd);
	parse_options(&opts, argc, argv);
	folders[0] = opts.archive;
	if (sandbox_folders((const char *const[]){ NULL }, folders, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	status = log_run(stdout, &opts, &err);
	if (status != STATUS_OK)
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
