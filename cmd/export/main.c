#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/export/changes.h"
#include "cmd/export/database.h"
#include "cmd/export/record.h"
#include "common/base/cmd.h"
#include "common/base/isotime.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/text/csv.h"

enum { SOURCE = 256, HOST, SINCE, UNTIL, CSV, JSON, CHANGES, SQLITE };
enum { LINE_BYTES = 256 << 20 };

static const struct cmd_option option_table[] = {
	{ SOURCE, "source", "NAME", "only of this source" },
	{ HOST, "host", "HOST", "only of this host and its subdomains" },
	{ SINCE, "since", "TIME", "only what was seen at this time or later" },
	{ UNTIL, "until", "TIME", "only what was seen before this time" },
	{ CSV, "csv", NULL, "a row a version with all that is known of it" },
	{ CHANGES, "changes", NULL, "a row a changed paragraph, as CSV" },
	{ JSON, "json", NULL, "with --changes: JSON Lines, not CSV" },
	{ SQLITE, "sqlite", "FILE", "make a database of versions and changes" },
	{ 0, NULL, NULL, NULL }
};

static const struct cmd cmd = { "stet-export",
	"[OPTION...] ARCHIVE [URL|KEY|PATH]",
	"prints the history as records, tables or a database", option_table };

struct run {
	struct export_options options;
	bool csv, json, changes;
	const char *sqlite;
	struct changes *differ;
	struct database *database;
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
parse_option(struct run *r, int id)
{
	struct rowfilter *f = &r->options.filter;

	switch (id) {
	case SOURCE:
		f->source = str_from(optarg);
		break;
	case HOST:
		f->host = str_from(optarg);
		break;
	case SINCE:
		f->since_s = parse_time("since", optarg);
		break;
	case UNTIL:
		f->until_s = parse_time("until", optarg);
		break;
	case CSV:
		r->csv = true;
		break;
	case JSON:
		r->json = true;
		break;
	case CHANGES:
		r->changes = true;
		break;
	case SQLITE:
		r->sqlite = optarg;
		break;
	}
}

static void
parse(struct run *r, int argc, char **argv)
{
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		parse_option(r, id);
	if (r->csv + r->changes + (r->sqlite != NULL) > 1)
		cmd_usage(&cmd, "one of --csv, --changes and --sqlite, please");
	if (r->json && !r->changes)
		cmd_usage(&cmd, "--json goes with --changes; the records are "
			"JSON Lines already");
	if (argc - optind < 1 || argc - optind > 2)
		cmd_usage(&cmd, "an archive, please");
	r->options.archive = argv[optind];
	if (argc - optind == 2)
		r->options.name = str_from(argv[optind + 1]);
}

static int
flush(struct run *r, struct err *err)
{
	bool whole = fwrite(r->line.ptr, 1, r->line.len, stdout) ==
		r->line.len && !strbuf_overflowed(&r->line);

	strbuf_reset(&r->line);
	return whole ? 0 : err_set(err, "cannot write the output");
}

static int
write_place(void *context, const struct export_item *item,
	const struct changes_place *place, struct err *err)
{
	struct run *r = context;

	if (r->json)
		changes_line(&r->line, item, place);
	else
		changes_row(&r->line, item, place);
	return flush(r, err);
}

static int
write_item(void *context, const struct export_item *item, struct err *err)
{
	struct run *r = context;

	if (r->database)
		return database_write(r->database, item, err);
	if (r->changes)
		return changes_of(r->differ, item, write_place, r, err);
	if (r->csv)
		record_row(&r->line, item);
	else
		record_line(&r->line, item);
	return flush(r, err);
}

static void
progress(int64_t done, int64_t all)
{
	msg_progress("exporting: %" PRId64 " of %" PRId64 " commits", done,
		all);
}

/* The folder of a file, for the sandbox; the caller frees it. */
static char *
folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	return xmemdup0(path, slash == path ? 1 : (size_t)(slash - path));
}

static void
confine(const struct run *r)
{
	char *folder = r->sqlite ? folder_of(r->sqlite) : NULL;
	const char *folders[] = { r->options.archive, folder, NULL };
	struct err err;

	if (sandbox_folders((const char *const[]){ NULL }, folders, &err) < 0)
		cmd_die(STATUS_STOPPED, "%s", err.text);
	free(folder);
}

static void
write_head(struct run *r)
{
	if (r->csv)
		csv_head(&r->line, ',', str_from(record_columns));
	if (r->changes && !r->json)
		csv_head(&r->line, ',', str_from(changes_columns));
}

static int
run(struct run *r, struct err *err)
{
	struct export_writer writer = { write_item, r };
	int status;

	if (r->sqlite && database_open(&r->database, r->sqlite, err) < 0)
		return STATUS_USAGE;
	write_head(r);
	if (flush(r, err) < 0)
		return STATUS_STOPPED;
	status = export_run(&r->options, &writer, err);
	if (r->database && status <= STATUS_PARTIAL &&
		database_finish(r->database, err) < 0)
		status = STATUS_STOPPED;
	return status;
}

int
main(int argc, char **argv)
{
	struct run r = { .options = { .filter = ROWFILTER_ALL,
		.progress = progress } };
	struct err err;
	int status;

	cmd_init(&cmd);
	parse(&r, argc, argv);
	confine(&r);
	strbuf_init(&r.line, LINE_BYTES);
	r.differ = changes_new();
	status = run(&r, &err);
	msg_progress_end();
	database_close(r.database);
	changes_free(r.differ);
	strbuf_release(&r.line);
	if (status != STATUS_OK)
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
