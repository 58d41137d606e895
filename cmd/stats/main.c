#include <stdio.h>
#include <unistd.h>

#include "cmd/stats/stats.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"

enum { JSON = 256, CSV, OUT_BYTES = 256 << 20 };

static const struct cmd_option option_table[] = {
	{ JSON, "json", NULL, "print one object of JSON" },
	{ CSV, "csv", NULL, "print a table, a count on each line" },
	{ 0 }
};

static const struct cmd cmd = { "stet-stats", "[--json | --csv] ARCHIVE",
	"counts what the articles of an archive did", option_table };

int
main(int argc, char **argv)
{
	const char *folders[] = { NULL, NULL };
	enum stats_form form = STATS_TEXT;
	struct strbuf out;
	struct err err;
	int id, status;

	cmd_init(&cmd);
	while ((id = cmd_getopt(&cmd, argc, argv)) != -1) {
		if (form != STATS_TEXT)
			cmd_usage(&cmd, "either --json or --csv, please");
		form = id == JSON ? STATS_JSON : STATS_CSV;
	}
	if (argc - optind != 1)
		cmd_usage(&cmd, "one archive, please");
	folders[0] = argv[optind];
	if (sandbox_folders(folders + 1, folders, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	strbuf_init(&out, OUT_BYTES);
	status = stats_run(&out, folders[0], form, &err);
	if (status == STATUS_OK)
		fwrite(out.ptr, 1, out.len, stdout);
	else
		msg_warn("%s", err.text);
	strbuf_release(&out);
	return cmd_finish(status);
}
