#include <getopt.h>
#include <stdint.h>

#include "cmd/list/list.h"
#include "common/article/receipt.h"
#include "common/base/cmd.h"
#include "common/base/isotime.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/base/utf8.h"
#include "common/diff/change.h"

enum { VERSIONS = 256, SOURCE, HOST, AUTHOR, CLASS, EVENT, SINCE, UNTIL, JSON,
	CSV, TSV };

static const struct cmd_option option_table[] = {
	{ VERSIONS, "versions", NULL, "a row a version, not a row an article" },
	{ SOURCE, "source", "NAME", "only of this source" },
	{ HOST, "host", "HOST", "only of this host and its subdomains" },
	{ AUTHOR, "author", "NAME", "only with this in the byline" },
	{ CLASS, "class", "CLASS", "only with a change of this class" },
	{ EVENT, "event", "EVENT", "only with this event" },
	{ SINCE, "since", "TIME", "only what was seen at this time or later" },
	{ UNTIL, "until", "TIME", "only what was seen before this time" },
	{ 'n', "limit", "N", "print at most N rows (0: all)" },
	{ JSON, "json", NULL, "print JSON Lines" },
	{ CSV, "csv", NULL, "print CSV with a line of names" },
	{ TSV, "tsv", NULL, "print tab-separated values with a line of names" },
	{ 0, NULL, NULL, NULL }
};

static const struct cmd cmd = { "stet-list", "[OPTION...] ARCHIVE",
	"lists the articles of an archive, or all their versions",
	option_table };

static int64_t
parse_time(const char *option, const char *text)
{
	int64_t s;

	if (isotime_parse(&s, str_from(text)) < 0)
		cmd_usage(&cmd, "--%s takes a time as 2026-11-23 or "
			"2026-11-23T05:22:00Z, not '%s'", option, text);
	return s;
}

static struct str
parse_event(const char *text)
{
	enum receipt_status status;

	if (receipt_status_parse(&status, str_from(text)) < 0)
		cmd_usage(&cmd, "--event takes new, changed, minor, technical, "
			"restored, gone or moved, not '%s'", text);
	return str_from(text);
}

/* The class as it is written, whatever the case in which it is given. */
static struct str
parse_class(const char *text)
{
	char names[512] = "";
	size_t len = 0;

	for (unsigned i = 0; i < CHANGE_CLASSES; i++) {
		struct str name = change_class_name(1u << i);

		if (str_eq_nocase(name, str_from(text)))
			return name;
		len += (size_t)snprintf(names + len, sizeof(names) - len,
			"%s%.*s", i == 0 ? "" : i + 1 < CHANGE_CLASSES ?
			", " : " or ", STR_ARGS(name));
	}
	cmd_usage(&cmd, "--class takes %s, not '%s'", names, text);
}

static struct str
parse_text(const char *option, const char *text)
{
	if (!utf8_valid(str_from(text)))
		cmd_usage(&cmd, "--%s is not UTF-8", option);
	return str_from(text);
}

static void
set_form(struct list_options *o, enum list_form form)
{
	if (o->form != LIST_TABLE && o->form != form)
		cmd_usage(&cmd, "one of --json, --csv and --tsv, please");
	o->form = form;
}

static void
parse_filter(struct rowfilter *f, int id)
{
	switch (id) {
	case SOURCE:
		f->source = str_from(optarg);
		break;
	case HOST:
		f->host = str_from(optarg);
		break;
	case AUTHOR:
		f->author = parse_text("author", optarg);
		break;
	case CLASS:
		f->class = parse_class(optarg);
		break;
	case EVENT:
		f->event = parse_event(optarg);
		break;
	case SINCE:
		f->since_s = parse_time("since", optarg);
		break;
	case UNTIL:
		f->until_s = parse_time("until", optarg);
		break;
	}
}

static void
parse(struct list_options *o, int argc, char **argv)
{
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		switch (id) {
		case VERSIONS:
			o->versions = true;
			break;
		case 'n':
			o->limit = (size_t)cmd_number(&cmd, "limit", optarg, 0,
				INT64_MAX);
			break;
		case JSON:
			set_form(o, LIST_JSON);
			break;
		case CSV:
			set_form(o, LIST_CSV);
			break;
		case TSV:
			set_form(o, LIST_TSV);
			break;
		default:
			parse_filter(&o->filter, id);
		}
	if (argc - optind != 1)
		cmd_usage(&cmd, "an archive, please");
	o->archive = argv[optind];
}

int
main(int argc, char **argv)
{
	struct list_options options = { .filter = ROWFILTER_ALL };
	const char *folders[] = { NULL, NULL };
	struct err err;
	int status;

	cmd_init(&cmd);
	parse(&options, argc, argv);
	folders[0] = options.archive;
	if (sandbox_folders(folders + 1, folders, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	status = list_run(stdout, &options, &err);
	if (status == STATUS_PARTIAL)
		msg_note("%s", err.text);
	else if (status != STATUS_OK)
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
