#include <string.h>
#include <unistd.h>

#include "cmd/extract/inputs.h"
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
		"everything read is HTML, fetched from URL" },
	{ OPTION_RULES, "rules", "FILE", "what to read of single sources" },
	{ 0 }
};

static const struct cmd cmd = { "stet-extract",
	"[-j N] [--rules FILE] [--html URL] [FILE...]",
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
}

/* Whether nothing but the standard input is read: then no file is opened. */
static bool
is_standard(char *const *paths)
{
	while (*paths && strcmp(*paths, "-") == 0)
		paths++;
	return !*paths;
}

static int
read_inputs(const struct settings *s, char *const *paths)
{
	static const char *const everything[] = { "/", NULL };
	struct inputs in = { paths, s->url, &s->rules, s->workers };
	struct err err = { "" };
	int status;

	if ((is_standard(paths) ? sandbox_stdio(&err) :
		sandbox_folders(everything, NULL, &err)) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	status = inputs_run(&in, STDOUT_FILENO, &err);
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
	status = read_inputs(&s, argv + optind);
	selectors_release(&s.rules);
	return cmd_finish(status);
}
