#include <string.h>
#include <unistd.h>

#include "cmd/commit/commit.h"
#include "cmd/commit/parallel.h"
#include "cmd/commit/record.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"

enum { OPT_LINGER = 256, OPT_PER, OPT_VERIFY, OPT_NO_SYNC };

enum { BATCH = 1000, LINGER_MS = 50, LINGER_MAX_MS = 3600 * 1000,
	THREADS_MAX = 8 };

static const struct cmd_option options[] = {
	{ 'b', "batch", "N", "store at most N records at once (1000)" },
	{ 'j', "threads", "N", "work with N threads (as many as processors)" },
	{ OPT_LINGER, "linger-ms", "N",
		"store what there is when nothing came for N ms (50)" },
	{ OPT_PER, "archive-per", "source",
		"an archive for each source, ARCHIVE/SOURCE.git" },
	{ OPT_VERIFY, "verify", NULL, "let libgit2 check what is written" },
	{ OPT_NO_SYNC, "no-sync", NULL,
		"do not wait for the disk: a crash may lose receipts" },
	{ 0 }
};

static const struct cmd cmd = { "stet-commit", "[options] ARCHIVE",
	"stores articles, one commit for each version", options };

/* As many as may run at once; storing is one thread's, so not too many. */
static size_t
processors(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > THREADS_MAX ? THREADS_MAX : (size_t)n;
}

static void
warn(const char *text)
{
	msg_warn("%s", text);
}

static void
note(const char *text)
{
	msg_note("%s", text);
}

static void
parse_options(struct commit_options *out, int argc, char **argv)
{
	int id;

	*out = (struct commit_options){ .batch = BATCH,
		.linger_ms = LINGER_MS,
		.threads = processors(),
		.sync = true,
		.now = cmd_now,
		.warn = warn,
		.note = note };
	while ((id = cmd_getopt(&cmd, argc, argv)) != -1) {
		if (id == 'b')
			out->batch = (size_t)cmd_number(&cmd, "batch", optarg,
				1, BATCH_RECORDS_MAX);
		else if (id == 'j')
			out->threads = (size_t)cmd_number(&cmd, "threads",
				optarg, 1, PARALLEL_MAX);
		else if (id == OPT_LINGER)
			out->linger_ms = (int)cmd_number(&cmd, "linger-ms",
				optarg, 0, LINGER_MAX_MS);
		else if (id == OPT_PER && strcmp(optarg, "source") != 0)
			cmd_usage(&cmd, "--archive-per takes 'source'");
		else if (id == OPT_PER)
			out->per_source = true;
		else if (id == OPT_VERIFY)
			out->verify = true;
		else if (id == OPT_NO_SYNC)
			out->sync = false;
	}
	if (argc - optind != 1)
		cmd_usage(&cmd, "one archive, please");
	out->archive = argv[optind];
}

int
main(int argc, char **argv)
{
	struct commit_options opts;
	struct commit_run *run;
	struct err err;
	int status;

	cmd_init(&cmd);
	parse_options(&opts, argc, argv);
	status = commit_open(&run, &opts, &err);
	if (status != STATUS_OK)
		cmd_die(status, "%s", err.text);
	if (sandbox_folders((const char *const[]){ NULL },
		    (const char *const[]){ opts.archive, NULL }, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	status = commit_run(run, STDIN_FILENO, stdout, &err);
	if (status == STATUS_STOPPED)
		msg_warn("%s", err.text);
	commit_free(run);
	return cmd_finish(status);
}
