#include <unistd.h>

#include "cmd/status/status.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"

static const struct cmd_option option_table[] = {
	{ 'j', "json", NULL, "a line of JSON for each source" },
	{ 0 }
};

static const struct cmd cmd = { "stet-status", "[-j] ARCHIVE",
	"tells how the sources of an archive are doing", option_table };

static void
confine(const char *archive)
{
	const char *const nothing[] = { NULL };
	const char *const own[] = { archive, NULL };
	struct err err;

	if (sandbox_folders(nothing, own, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
}

int
main(int argc, char **argv)
{
	struct status_options options = { .json = false };
	struct err err;
	int status;

	cmd_init(&cmd);
	while (cmd_getopt(&cmd, argc, argv) != -1)
		options.json = true;
	if (argc - optind != 1)
		cmd_usage(&cmd, "one archive, please");
	options.archive = argv[optind];
	options.now_s = cmd_now();
	confine(options.archive);
	status = status_run(&options, STDOUT_FILENO, &err);
	if (status > STATUS_PARTIAL)
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
