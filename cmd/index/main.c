#include <getopt.h>
#include <stdio.h>
#include <time.h>

#include "cmd/index/index.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/git/gitleft.h"

enum { OUT_BYTES = 4096, OPT_REBUILD = 256, OPT_CHECK };

static const struct cmd_option options[] = {
	{ OPT_REBUILD, "rebuild", NULL, "make the index anew" },
	{ OPT_CHECK, "check", NULL, "compare it with the history" },
	{ 0, NULL, NULL, NULL },
};

static const struct cmd cmd = { "stet-index", "[--rebuild | --check] ARCHIVE",
	"keeps the index of an archive", options };

int
main(int argc, char **argv)
{
	const char *folders[] = { NULL, NULL };
	struct indexing_options what = { .what = INDEXING_CATCH_UP };
	struct strbuf out;
	struct err err;
	int id, status;

	cmd_init(&cmd);
	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		what.what = id == OPT_REBUILD ? INDEXING_REBUILD :
						INDEXING_CHECK;
	if (argc - optind != 1)
		cmd_usage(&cmd, "one archive, please");
	folders[0] = argv[optind];
	what.alone = gitleft_alone();
	what.now_s = (int64_t)time(NULL);
	if (sandbox_folders((const char *const[]){ NULL }, folders, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	strbuf_init(&out, OUT_BYTES);
	status = indexing_run(&out, argv[optind], &what, &err);
	fwrite(out.ptr, 1, out.len, stdout);
	strbuf_release(&out);
	if (status != STATUS_OK)
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
