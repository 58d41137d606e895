#include <unistd.h>

#include "cmd/extract/files.h"
#include "cmd/extract/stream.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/text/charset.h"

enum { OPTION_HTML = 256, OPTION_RULES };

static const struct cmd_option option_table[] = {
	{ 'j', "jobs", "N", "work in N threads" },
	{ OPTION_HTML, "html", "URL",
		"read plain HTML files, as if fetched from URL" },
	{ OPTION_RULES, "rules", "FILE", "what to read of single sources" },
	{ 0 }
};

static const struct cmd cmd = { "stet-extract",
	"[-j N] [--rules FILE] [--html URL FILE...]",
	"finds the articles in fetched pages", option_table };

struct settings {
	const char *url; /* of --html, or NULL */
	int64_t workers;
	struct selectors rules;
};

static void
read_options(struct settings *s, int argc, char **argv)
{
	struct err err;
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1) {
		if (id == 'j')
			s->workers = cmd_number(&cmd, "jobs", optarg, 1,
				STREAM_WORKERS_MAX);
		else if (id == OPTION_HTML)
			s->url = optarg;
		else if (selectors_read(&s->rules, optarg, &err) < 0)
			cmd_usage(&cmd, "%s", err.text);
	}
	if (!s->url && optind < argc)
		cmd_usage(&cmd, "it takes no argument: '%s'", argv[optind]);
	if (s->url && optind == argc)
		cmd_usage(&cmd, "--html needs files");
}

static int
read_files(const struct settings *s, char **paths)
{
	static const char *const everything[] = { "/", NULL };
	struct err err;
	int status;

	if (sandbox_folders(everything, NULL, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	status = files_run(STDOUT_FILENO, paths, s->url, &s->rules, &err);
	if (status == STATUS_STOPPED)
		msg_warn("%s", err.text);
	return status;
}

static int
read_stream(const struct settings *s)
{
	struct err err = { "" };
	int status;

	if (sandbox_stdio(&err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	status = stream_run(STDIN_FILENO, STDOUT_FILENO, &s->rules, s->workers,
		&err);
	if (status == STATUS_STOPPED)
		msg_warn("%s", err.text);
	return status;
}

int
main(int argc, char **argv)
{
	struct settings s = { .workers = 1 };
	int status;

	cmd_init(&cmd);
	selectors_init(&s.rules);
	read_options(&s, argc, argv);
	charset_init();
	status = s.url ? read_files(&s, argv + optind) : read_stream(&s);
	selectors_release(&s.rules);
	return cmd_finish(status);
}
