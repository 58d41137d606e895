#include <poll.h>
#include <unistd.h>

#include "cmd/mark/mark.h"
#include "common/archive/archive.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"

enum { OPT_MEND = 256, OPT_CHECK };

static const struct cmd_option option_table[] = {
	{ OPT_MEND, "mend", NULL,
		"put back what is missing, take back what is of the future" },
	{ OPT_CHECK, "check", NULL,
		"only say whether there is anything to mend" },
	{ 0 }
};

static const struct cmd cmd = { "stet-mark", "[--mend | --check] ARCHIVE",
	"records receipts in the schedule and passes them on", option_table };

/*
 * In a line of commands stet-commit may make the archive after this one has
 * started, but before it gives a receipt. Waits for that; reads nothing.
 */
static void
wait_for_receipts(const char *archive)
{
	struct pollfd in = { .fd = STDIN_FILENO, .events = POLLIN };

	if (!archive_exists(archive))
		poll(&in, 1, -1);
}

static void
confine(const char *archive)
{
	const char *const nothing[] = { NULL };
	const char *const write_paths[] = { archive, NULL };
	struct err err;

	if (sandbox_folders(nothing, write_paths, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
}

int
main(int argc, char **argv)
{
	struct mark_options options;
	struct err err;
	int id, status;

	cmd_init(&cmd);
	options.mend = options.check = false;
	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		*(id == OPT_MEND ? &options.mend : &options.check) = true;
	if (argc - optind != 1)
		cmd_usage(&cmd, "one archive, please");
	options.archive = argv[optind];
	options.now_s = cmd_now();
	wait_for_receipts(options.archive);
	confine(options.archive);
	status = options.check ? mark_check(&options, &err) :
		mark_run(&options, STDIN_FILENO, STDOUT_FILENO, &err);
	if (status > STATUS_PARTIAL || (options.check && status != STATUS_OK))
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
