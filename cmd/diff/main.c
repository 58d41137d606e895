#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/diff/diff.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"

enum { OPTION_COLOR = 256, OPTION_JSON };

static const struct cmd_option options[] = {
	{ 'a', "all", NULL, "show unchanged paragraphs too" },
	{ 'U', "unified", "N", "show N unchanged paragraphs round a change" },
	{ OPTION_COLOR, "color", "WHEN", "auto, always or never" },
	{ OPTION_JSON, "json", NULL, "print one line of JSON" },
	{ 0, NULL, NULL, NULL },
};

static const struct cmd cmd = { "stet-diff",
	"[OPTION...] ARCHIVE KEY|URL|PATH [A [B]]",
	"shows what changed between two versions of an article", options };

struct arguments {
	const char *archive;
	struct str name;
	struct diff_range range;
	struct show_how how;
	bool json;
};

static bool
wants_color(const char *when)
{
	if (strcmp(when, "always") == 0)
		return true;
	if (strcmp(when, "never") == 0)
		return false;
	if (strcmp(when, "auto") != 0)
		cmd_usage(&cmd, "--color takes auto, always or never, not '%s'",
			when);
	return isatty(STDOUT_FILENO);
}

static int64_t
version_number(const char *arg)
{
	int64_t number;

	if (lookup_version(&number, str_from(arg)) < 0)
		cmd_usage(&cmd, "a version is a number, 'first' or 'latest', "
				"not '%s'", arg);
	return number;
}

static void
parse_operands(struct arguments *out, int count, char **operands)
{
	if (count < 2 || count > 4)
		cmd_usage(&cmd,
			"an archive, an article, up to two versions, please");
	out->archive = operands[0];
	out->name = str_from(operands[1]);
	out->range = (struct diff_range){ DIFF_CHANGE, DIFF_LATEST };
	if (count == 3)
		out->range = (struct diff_range){ DIFF_BEFORE,
			version_number(operands[2]) };
	if (count == 4)
		out->range = (struct diff_range){ version_number(operands[2]),
			version_number(operands[3]) };
	if (count == 3 && out->range.right == 0)
		cmd_usage(&cmd, "versions count from 1");
}

static void
parse_arguments(struct arguments *out, int argc, char **argv)
{
	const char *color = "auto";
	int id;

	*out = (struct arguments){ .how.context = 1 };
	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		switch (id) {
		case 'a':
			out->how.all = true;
			break;
		case 'U':
			out->how.context = (size_t)cmd_number(&cmd, "unified",
				optarg, 0, 100000);
			break;
		case OPTION_COLOR:
			color = optarg;
			break;
		case OPTION_JSON:
			out->json = true;
			break;
		}
	out->how.color = wants_color(color);
	parse_operands(out, argc - optind, argv + optind);
}

int
main(int argc, char **argv)
{
	struct arguments args;
	const char *folders[] = { NULL, NULL };
	struct strbuf out;
	struct diff *d;
	struct err err;
	int status;

	cmd_init(&cmd);
	parse_arguments(&args, argc, argv);
	folders[0] = args.archive;
	if (sandbox_folders(folders + 1, folders, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	status = diff_open(&d, args.archive, args.name, &args.range, &err);
	if (status < 0)
		cmd_die(STATUS_USAGE, "%s", err.text);
	if (status > 0) {
		msg_warn("%s", err.text);
		return cmd_finish(STATUS_PARTIAL);
	}
	if (args.range.left == DIFF_CHANGE && d->article.versions == 1)
		msg_note("'%s' has one version only", args.name.ptr);
	strbuf_init(&out, DIFF_OUT_BYTES);
	if ((args.json ? show_json(&out, d, &err) :
			 show_text(&out, d, &args.how, &err)) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	cmd_print(stdout, strbuf_str(&out), true);
	strbuf_release(&out);
	diff_close(d);
	return cmd_finish(STATUS_OK);
}
