#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cmd/web/web.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/page/card.h"

enum { FOLDERS = 8, CPU_S = 10, WALL_S = 30, OUT_BYTES = 300 << 20 };

static const struct cmd cmd = { "stet-web", "[ARCHIVE]",
	"answers a web server's request for a page, as a CGI program", NULL };

/* One request may use so much and no more. */
static void
limit(void)
{
	const struct rlimit cpu = { CPU_S, CPU_S + 1 }, none = { 0, 0 };

	setrlimit(RLIMIT_CPU, &cpu);
	setrlimit(RLIMIT_CORE, &none);
	alarm(WALL_S);
}

static struct str
variable(const char *name)
{
	return str_from(getenv(name));
}

static struct request
read_request(void)
{
	return (struct request){ .method = variable("REQUEST_METHOD"),
		.script = variable("SCRIPT_NAME"),
		.path = variable("PATH_INFO"),
		.query = variable("QUERY_STRING"),
		.if_none_match = variable("HTTP_IF_NONE_MATCH"),
		.accept_datetime = variable("HTTP_ACCEPT_DATETIME") };
}

/* The answer in one go, also to a pipe that takes it in parts. */
static void
print(struct str s)
{
	while (s.len > 0) {
		ssize_t n = write(STDOUT_FILENO, s.ptr, s.len);

		if (n <= 0)
			cmd_die(STATUS_STOPPED, "cannot write the answer");
		s = str_sub(s, (size_t)n, s.len);
	}
}

/* A picture needs fonts. */
static void
add_fonts(const char *folders[FOLDERS])
{
	for (size_t i = 0; card_folders[i] && i + 2 < FOLDERS; i++)
		folders[i + 1] = card_folders[i];
}

int
main(int argc, char **argv)
{
	const char *folders[FOLDERS] = { NULL };
	struct request request;
	struct strbuf out;
	struct err err;
	int failed;

	cmd_init(&cmd);
	while (cmd_getopt(&cmd, argc, argv) != -1)
		;
	if (argc - optind > 1)
		cmd_usage(&cmd, "one archive, please");
	folders[0] = optind < argc ? argv[optind] : getenv("STET_ARCHIVE");
	request = read_request();
	if (!folders[0] || request.method.len == 0)
		cmd_usage(&cmd, "a web server runs this, with REQUEST_METHOD, "
			"PATH_INFO and STET_ARCHIVE; stet serve sets one up");
	limit();
	if (str_ends(request.path, STR(".png")))
		add_fonts(folders);
	if (sandbox_folders(folders, NULL, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	strbuf_init(&out, OUT_BYTES);
	failed = web_answer(&out, &request, folders[0],
		variable("STET_WEB_URL"), &err);
	if (failed)
		msg_warn("%s", err.text);
	print(strbuf_str(&out));
	strbuf_release(&out);
	return cmd_finish(failed ? STATUS_PARTIAL : STATUS_OK);
}
