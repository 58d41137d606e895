#include <stdio.h>
#include <unistd.h>

#include "cmd/card/card.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/page/card.h"

enum { SQUARE = 256, TEXT, PNG_BYTES = 64 << 20, FOLDERS = 8 };

static const struct cmd_option option_table[] = {
	{ SQUARE, "square", NULL, "as high as wide" },
	{ TEXT, "text", NULL, "the text for those who see no picture" },
	{ 0 }
};

static const struct cmd cmd = { "stet-card",
	"[OPTION...] ARCHIVE URL|KEY|PATH [A B]",
	"draws what changed between two versions as a picture", option_table };

static void
parse(struct card_options *o, int argc, char **argv)
{
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1) {
		o->square = o->square || id == SQUARE;
		o->text = o->text || id == TEXT;
	}
	if (argc - optind != 2 && argc - optind != 4)
		cmd_usage(&cmd, "an archive, an article, and two versions or "
			"none, please");
	o->archive = argv[optind];
	o->article = str_from(argv[optind + 1]);
	if (argc - optind == 4) {
		o->left = str_from(argv[optind + 2]);
		o->right = str_from(argv[optind + 3]);
	}
	if (!o->text && isatty(STDOUT_FILENO))
		cmd_usage(&cmd, "the picture goes to standard output: into a "
			"file, please");
}

/* The archive and the fonts can be read, nothing else. */
static void
confine(const char *archive)
{
	const char *folders[FOLDERS] = { archive };
	struct err err;

	for (size_t i = 0; card_folders[i] && i + 2 < FOLDERS; i++)
		folders[i + 1] = card_folders[i];
	if (sandbox_folders(folders, NULL, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
}

int
main(int argc, char **argv)
{
	struct card_options options = { 0 };
	struct strbuf out;
	struct err err;
	int status;

	cmd_init(&cmd);
	parse(&options, argc, argv);
	confine(options.archive);
	strbuf_init(&out, PNG_BYTES);
	status = card_run(&out, &options, &err);
	if (status == STATUS_OK)
		fwrite(out.ptr, 1, out.len, stdout);
	else
		msg_warn("%s", err.text);
	strbuf_release(&out);
	return cmd_finish(status);
}
