#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/render/render.h"
#include "cmd/render/site.h"
#include "common/archive/archive.h"
#include "common/base/cmd.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/base/strbuf.h"
#include "common/page/card.h"
#include "common/base/xalloc.h"

enum { BASE_URL = 256, TITLE, CSS, SITEMAP, FULL, PAGEFIND, WEB_URL, CARDS,
	GZIP };

enum { CSS_BYTES = 1 << 20 };

static const struct cmd_option option_table[] = {
	{ BASE_URL, "base-url", "URL",
		"where the site will stand, for feeds and TimeMaps" },
	{ WEB_URL, "web-url", "URL",
		"where stet-web answers, for search and any two versions" },
	{ TITLE, "title", "TEXT", "what the site is called" },
	{ CSS, "css", "FILE", "a style sheet to apply after stet's own" },
	{ SITEMAP, "sitemap", NULL, "write sitemap.xml (needs --base-url)" },
	{ FULL, "full", NULL, "look at every page, whatever receipts say" },
	{ CARDS, "cards", NULL, "draw a picture of each change" },
	{ GZIP, "gzip", NULL,
		"write each page, feed and style sheet compressed as well" },
	{ PAGEFIND, "pagefind", NULL,
		"the search page uses the index that pagefind makes" },
	{ 0 }
};

static const struct cmd cmd = { "stet-render", "[OPTION...] ARCHIVE SITE",
	"writes an archive as static pages, feeds and TimeMaps",
	option_table };

static void
read_css(struct strbuf *out, const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	char *room;
	ssize_t n;

	if (fd < 0)
		cmd_die(STATUS_USAGE, "cannot open '%s'", path);
	do {
		room = strbuf_room(out, 4096);
		n = room ? read(fd, room, 4096) : -1;
		if (n < 0)
			cmd_die(STATUS_USAGE, "cannot read '%s'", path);
		strbuf_grew(out, (size_t)n);
	} while (n > 0);
	close(fd);
}

static void
parse(struct render_options *o, struct strbuf *css, int argc, char **argv)
{
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		switch (id) {
		case BASE_URL:
			o->base_url = str_from(optarg);
			break;
		case WEB_URL:
			o->web_url = str_from(optarg);
			break;
		case TITLE:
			o->title = str_from(optarg);
			break;
		case CSS:
			read_css(css, optarg);
			break;
		case SITEMAP:
			o->sitemap = true;
			break;
		case FULL:
			o->full = true;
			break;
		case CARDS:
			o->cards = true;
			break;
		case GZIP:
			o->gzip = true;
			break;
		case PAGEFIND:
			o->pagefind = true;
			break;
		}
	if (argc - optind != 2)
		cmd_usage(&cmd, "an archive and a folder for the site, please");
	o->archive = argv[optind];
	o->site = argv[optind + 1];
	o->css = strbuf_str(css);
}

/* Receipts come through a pipe or from a file; a terminal or /dev/null has
 * none, which asks for everything. */
static int
receipts(bool full)
{
	struct stat st;
	int mode = fcntl(STDIN_FILENO, F_GETFL) & O_ACCMODE;

	if (full || (fstat(STDIN_FILENO, &st) == 0 && S_ISCHR(st.st_mode) &&
			    mode != O_WRONLY))
		return -1;
	return STDIN_FILENO;
}

/*
 * Makes the site's folder, but not for an archive that is none, and gives up
 * all rights but those on the two folders.
 */
static int
confine(const struct render_options *o, struct err *err)
{
	const char *const folders[] = { o->archive, o->site, NULL };
	const char *const *fonts = o->cards ? card_folders : folders + 2;
	struct gitstore *store;

	if (archive_open(&store, o->archive, err) < 0)
		return -1;
	gitstore_close(store);
	if (site_make(o->site, err) < 0)
		return -1;
	return sandbox_folders(fonts, folders, err);
}

static void
warn(const char *text)
{
	msg_warn("%s", text);
}

static void
progress(int64_t done, int64_t all)
{
	msg_progress("%" PRId64 " of %" PRId64 " articles", done, all);
}

/* The folder itself, or where it will be made. */
static char *
nearest_folder(const char *path)
{
	char *text = xstrdup(path), *slash;
	struct stat found;

	while (stat(text, &found) < 0 && (slash = strrchr(text, '/')))
		slash[slash == text] = '\0';
	if (stat(text, &found) == 0)
		return text;
	free(text);
	return xstrdup(".");
}

/*
 * No network, no programs, and no files but about the two folders while
 * receipts are read; the folders are known to be there only then.
 */
static void
confine_early(const struct render_options *o)
{
	char *archive = nearest_folder(o->archive);
	char *site = nearest_folder(o->site);
	struct err err;

	if (sandbox_folders(NULL, (const char *const[]){ archive, site,
			NULL }, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	free(archive);
	free(site);
}

int
main(int argc, char **argv)
{
	struct render_options options = { .confine = confine,
		.progress = progress };
	struct render_report report;
	struct strbuf css;
	struct err err;
	int failed;

	cmd_init(&cmd);
	strbuf_init(&css, CSS_BYTES);
	parse(&options, &css, argc, argv);
	options.in = receipts(options.full);
	confine_early(&options);
	failed = render_run(&report, &options, warn, &err);
	msg_progress_end();
	strbuf_release(&css);
	if (failed) {
		msg_warn("%s", err.text);
		return cmd_finish(report.stopped ? STATUS_STOPPED :
			STATUS_USAGE);
	}
	return cmd_finish(report.failures ? STATUS_PARTIAL : STATUS_OK);
}
