#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "cmd/search/output.h"
#include "common/base/cmd.h"
#include "common/base/isotime.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/base/utf8.h"
#include "common/search/hitjson.h"
#include "common/search/search.h"

enum { SOURCE = 256, SINCE, UNTIL, REMOVED, ADDED, BEST, JSON, REBUILD,
	UPDATE };

static const struct cmd_option option_table[] = {
	{ SOURCE, "source", "NAME", "only articles of this source" },
	{ SINCE, "since", "TIME", "only versions seen at this time or later" },
	{ UNTIL, "until", "TIME", "only versions seen before this time" },
	{ REMOVED, "removed", NULL, "only versions that took it out" },
	{ ADDED, "added", NULL, "only versions that brought it in" },
	{ BEST, "best", NULL,
		"articles that match best first, not those stored last" },
	{ 'n', "limit", "N", "print at most N hits (20; 0: all)" },
	{ JSON, "json", NULL, "print JSON Lines" },
	{ UPDATE, "update", NULL,
		"only bring the search index up to date" },
	{ REBUILD, "rebuild", NULL, "make the search index anew" },
	{ 0 }
};

static const struct cmd cmd = { "stet-search",
	"[OPTION...] ARCHIVE [WORD...]",
	"finds words and phrases in every version", option_table };

enum { LIMIT = 20 };

struct printing {
	enum search_mode mode;
	bool json, color;
	struct strbuf line;
};

static int64_t
parse_time(const char *option, const char *text)
{
	int64_t s;

	if (isotime_parse(&s, str_from(text)) < 0)
		cmd_usage(&cmd, "--%s takes a time as 2026-11-23 or "
			"2026-11-23T05:22:00Z, not '%s'", option, text);
	return s;
}

static void
set_mode(struct search_options *o, enum search_mode mode)
{
	if (o->mode != SEARCH_TEXT && o->mode != mode)
		cmd_usage(&cmd, "either --removed or --added, please");
	o->mode = mode;
}

static void
parse(struct search_options *o, struct printing *p, int argc, char **argv)
{
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		switch (id) {
		case SOURCE:
			o->source = str_from(optarg);
			break;
		case SINCE:
			o->since_s = parse_time("since", optarg);
			break;
		case UNTIL:
			o->until_s = parse_time("until", optarg);
			break;
		case REMOVED:
			set_mode(o, SEARCH_REMOVED);
			break;
		case ADDED:
			set_mode(o, SEARCH_ADDED);
			break;
		case BEST:
			o->best = true;
			break;
		case 'n':
			o->limit = (size_t)cmd_number(&cmd, "limit", optarg, 0,
				INT32_MAX);
			break;
		case JSON:
			p->json = true;
			break;
		case UPDATE:
			o->update = true;
			break;
		case REBUILD:
			o->rebuild = true;
			break;
		}
	if (optind == argc)
		cmd_usage(&cmd, "an archive, please");
	o->archive = argv[optind++];
}

static void
read_query(struct query *q, bool may_be_empty, int argc, char **argv)
{
	for (int i = optind; i < argc; i++) {
		if (!utf8_valid(str_from(argv[i])))
			cmd_usage(&cmd, "'%s' is not UTF-8", argv[i]);
		query_add(q, str_from(argv[i]));
	}
	if (q->too_many)
		cmd_usage(&cmd, "at most %d words or phrases", QUERY_TERMS);
	if (q->wanted == 0 && !(may_be_empty && optind == argc))
		cmd_usage(&cmd, "nothing to search for");
}

static void
print(void *context, const struct search_hit *hit)
{
	struct printing *p = context;

	strbuf_reset(&p->line);
	if (p->json) {
		hitjson_add(&p->line, hit, p->mode);
		strbuf_addc(&p->line, '\n');
	} else {
		output_text(&p->line, hit, p->mode, p->color);
	}
	cmd_print(stdout, strbuf_str(&p->line), true);
}

static void
progress(int64_t done, int64_t all)
{
	msg_progress("indexing: %" PRId64 " of %" PRId64 " articles", done,
		all);
}

/* What a person is told besides the hits; the exit status. */
static int
tell(const struct search_report *report, bool asked)
{
	if (asked && report->hits == 0)
		msg_note("no matches");
	if (report->more)
		msg_warn("there are more hits: --limit 0 prints all");
	if (report->unread)
		msg_warn("%zu versions could not be read", report->unread);
	return report->unread || (asked && report->hits == 0) ?
		STATUS_PARTIAL : STATUS_OK;
}

int
main(int argc, char **argv)
{
	struct search_options options = { .limit = LIMIT,
		.since_s = INT64_MIN, .until_s = INT64_MAX,
		.progress = progress };
	struct printing p = { .color = isatty(STDOUT_FILENO) };
	const char *folders[] = { NULL, NULL };
	struct search_report report;
	struct query query;
	struct err err;
	int failed;
	bool asked;

	cmd_init(&cmd);
	parse(&options, &p, argc, argv);
	query_init(&query);
	read_query(&query, options.rebuild || options.update, argc, argv);
	p.mode = options.mode;
	folders[0] = options.archive;
	if (sandbox_folders(folders + 1, folders, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	strbuf_init(&p.line, 64 << 20);
	failed = search_run(&report, &options, &query, print, &p, &err);
	msg_progress_end();
	strbuf_release(&p.line);
	asked = query.wanted > 0;
	query_release(&query);
	if (failed) {
		msg_warn("%s", err.text);
		return cmd_finish(STATUS_USAGE);
	}
	return cmd_finish(tell(&report, asked));
}
