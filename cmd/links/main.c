#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd/links/links.h"
#include "common/base/arena.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/text/charset.h"
#include "common/web/url.h"

enum { OPTION_BASE = 256, OPTION_SOURCE, OPTION_RULES, OPTION_RECEIPTS,
	OPTION_FEEDS, OPTION_SITEMAPS, OPTION_PAGES, OPTION_HUBS };

static const struct cmd_option option_table[] = {
	{ OPTION_BASE, "base", "URL", "address of a document on stdin" },
	{ OPTION_SOURCE, "source", "NAME", "source of a document on stdin" },
	{ OPTION_RULES, "rules", "FILE", "which links are wanted" },
	{ OPTION_RECEIPTS, "receipts", "FILE",
		"append a receipt for each feed to FILE" },
	{ OPTION_FEEDS, "feeds", NULL, "print feeds and sitemaps instead" },
	{ OPTION_SITEMAPS, "sitemaps", NULL,
		"print the sitemaps of sitemap indexes instead" },
	{ OPTION_PAGES, "pages", NULL,
		"print the feeds' other pages and archives instead" },
	{ OPTION_HUBS, "hubs", NULL, "print the feeds' hubs instead" },
	{ 0 }
};

static const struct cmd cmd = { "stet-links", "[OPTION...]",
	"prints the article URLs of feeds, sitemaps and pages",
	option_table };

static void
read_rules(struct rules *rules, const char *path)
{
	struct err err;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		cmd_die(STATUS_USAGE, "cannot open '%s': %s", path,
			strerror(errno));
	if (rules_read(rules, fd, &err) < 0)
		cmd_die(STATUS_USAGE, "'%s': %s", path, err.text);
	close(fd);
}

static int
open_receipts(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);

	if (fd < 0)
		cmd_die(STATUS_USAGE, "cannot open '%s': %s", path,
			strerror(errno));
	return fd;
}

static struct str
base_url(const char *text)
{
	static struct arena arena;
	struct url url;
	struct err err;

	arena_init(&arena, 1 << 20);
	if (url_parse(&url, str_from(text), NULL, &arena, &err) < 0)
		cmd_usage(&cmd, "--base '%s': %s", text, err.text);
	return url.href;
}

static void
read_options(struct links_options *o, int argc, char **argv)
{
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1) {
		if (id == OPTION_BASE)
			o->base = base_url(optarg);
		else if (id == OPTION_SOURCE)
			o->source = str_from(optarg);
		else if (id == OPTION_RULES)
			read_rules(&o->rules, optarg);
		else if (id == OPTION_RECEIPTS)
			o->receipts_fd = open_receipts(optarg);
		else if (id == OPTION_FEEDS)
			o->mode = SINK_FEEDS;
		else if (id == OPTION_SITEMAPS)
			o->mode = SINK_SITEMAPS;
		else if (id == OPTION_PAGES)
			o->mode = SINK_PAGES;
		else if (id == OPTION_HUBS)
			o->mode = SINK_HUBS;
	}
	if (argv[optind])
		cmd_usage(&cmd, "it takes no argument: '%s'", argv[optind]);
}

int
main(int argc, char **argv)
{
	struct links_options options = { .mode = SINK_ARTICLES,
		.base = STR(""), .source = STR(""), .receipts_fd = -1 };
	struct err err;
	int status;

	cmd_init(&cmd);
	rules_init(&options.rules);
	read_options(&options, argc, argv);
	options.now_s = cmd_now();
	charset_init();
	if (sandbox_stdio(&err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	status = links_run(&options, STDIN_FILENO, STDOUT_FILENO, &err);
	rules_release(&options.rules);
	if (status < 0) {
		msg_warn("%s", err.text);
		status = STATUS_STOPPED;
	}
	return cmd_finish(status);
}
