#include <stdio.h>
#include <unistd.h>

#include "cmd/status/monitor.h"
#include "cmd/status/status.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"

enum { CHECK = 256, PROMETHEUS };

static const struct cmd_option option_table[] = {
	{ 'j', "json", NULL, "a line of JSON for each source" },
	{ CHECK, "check", NULL, "one line and a status, as Nagios wants them" },
	{ PROMETHEUS, "prometheus", NULL, "metrics for Prometheus" },
	{ 0 }
};

static const struct cmd cmd = { "stet-status",
	"[-j | --check | --prometheus] ARCHIVE",
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

static enum status_form
form_of(int option)
{
	switch (option) {
	case CHECK:
		return STATUS_FORM_CHECK;
	case PROMETHEUS:
		return STATUS_FORM_PROMETHEUS;
	default:
		return STATUS_FORM_JSON;
	}
}

/* An error is told in the plug-in's one line and by its status. */
static int
finish_check(int status, const struct err *err)
{
	if (err->text[0] == '\0')
		return cmd_finish(status);
	printf("STET UNKNOWN - %s\n", err->text);
	cmd_finish(STATUS_OK);
	return MONITOR_UNKNOWN;
}

int
main(int argc, char **argv)
{
	struct status_options options = { .form = STATUS_FORM_TABLE };
	struct err err = { .text = "" };
	int status, id;

	cmd_init(&cmd);
	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		options.form = form_of(id);
	if (argc - optind != 1)
		cmd_usage(&cmd, "one archive, please");
	options.archive = argv[optind];
	options.now_s = cmd_now();
	confine(options.archive);
	status = status_run(&options, STDOUT_FILENO, &err);
	if (options.form == STATUS_FORM_CHECK)
		return finish_check(status, &err);
	if (status > STATUS_PARTIAL)
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
