#include <getopt.h>
#include <stdio.h>
#include <unistd.h>

#include "cmd/show/show.h"
#include "common/archive/lookup.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"

enum { OUT_BYTES = 512 << 20, OPT_JSON = 256, NOTE_BYTES = 4096 };

static const struct cmd_option options[] = {
	{ OPT_JSON, "json", NULL, "print the document as JSON" },
	{ 0, NULL, NULL, NULL },
};

static const struct cmd cmd = { "stet-show",
	"[--json] ARCHIVE URL|KEY|PATH [VERSION]",
	"prints the text of one version of an article", options };

static void
parse_options(struct show_options *out, int argc, char **argv)
{
	int id;

	*out = (struct show_options){ .version = LOOKUP_LATEST };
	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		out->json = out->json || id == OPT_JSON;
	if (argc - optind < 2 || argc - optind > 3)
		cmd_usage(&cmd, "an archive and an article, please");
	out->archive = argv[optind];
	out->name = argv[optind + 1];
	if (argc - optind == 3 &&
		(lookup_version(&out->version, str_from(argv[optind + 2])) <
				0 ||
			out->version == 0))
		cmd_usage(&cmd, "a version is a number from 1, 'first' or "
				"'latest', not '%s'", argv[optind + 2]);
}

int
main(int argc, char **argv)
{
	const char *folders[] = { NULL, NULL };
	struct show_options opts;
	struct strbuf out, note;
	struct err err;
	int status;

	cmd_init(&cmd);
	parse_options(&opts, argc, argv);
	folders[0] = opts.archive;
	if (sandbox_folders((const char *const[]){ NULL }, folders, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	strbuf_init(&out, OUT_BYTES);
	strbuf_init(&note, NOTE_BYTES);
	status = show_run(&out, &note, &opts, &err);
	cmd_print(stdout, strbuf_str(&out), false);
	if (note.len > 0)
		msg_note("%s", note.ptr);
	strbuf_release(&note);
	strbuf_release(&out);
	if (status != STATUS_OK)
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
