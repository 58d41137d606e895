#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cmd/export/changes.h"
#include "cmd/export/database.h"
#include "cmd/export/package.h"
#include "cmd/export/record.h"
#include "common/archive/lookup.h"
#include "common/base/cmd.h"
#include "common/base/isotime.h"
#include "common/base/msg.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/text/csv.h"
#include "common/web/json.h"

enum {
	SOURCE = 256,
	HOST,
	SINCE,
	UNTIL,
	CSV,
	JSON,
	CHANGES,
	SQLITE,
	WARC,
	WACZ,
	KEPT,
	DIGESTS,
	ADD,
	SIGNED
};
enum { LINE_BYTES = 256 << 20, SIGNATURE_BYTES = 1 << 20 };

static const struct cmd_option option_table[] = {
	{ SOURCE, "source", "NAME", "only of this source" },
	{ HOST, "host", "HOST", "only of this host and its subdomains" },
	{ SINCE, "since", "TIME", "only what was seen at this time or later" },
	{ UNTIL, "until", "TIME", "only what was seen before this time" },
	{ CSV, "csv", NULL, "a row a version with all that is known of it" },
	{ CHANGES, "changes", NULL, "a row a changed paragraph, as CSV" },
	{ JSON, "json", NULL, "with --changes: JSON Lines, not CSV" },
	{ SQLITE, "sqlite", "FILE", "make a database of versions and changes" },
	{ WARC, "warc", NULL, "the kept captures, as WARC" },
	{ WACZ, "wacz", "FILE", "make a package of them for replay viewers" },
	{ KEPT, "kept", "DIR", "a folder or file of captures (stet.warc)" },
	{ DIGESTS, "digests", NULL, "the SHA-256 of each kept capture" },
	{ ADD, "add", "DIR", "with --wacz: put these files in it too" },
	{ SIGNED, "signed", "FILE", "with --wacz: the manifest's signature" },
	{ 0, NULL, NULL, NULL }
};

static const struct cmd cmd = { "stet-export",
	"[OPTION...] ARCHIVE [URL|KEY|PATH [VERSION]]",
	"takes the history out: records, tables, captures", option_table };

struct run {
	struct export_options options;
	bool csv, json, changes, warc;
	const char *sqlite;
	struct package_options package;
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

static int64_t
parse_version(const char *text)
{
	int64_t number;

	if (lookup_version(&number, str_from(text)) < 0 || number == 0)
		cmd_usage(&cmd, "a version is a number from 1 on, first or "
			"latest, not '%s'", text);
	return number;
}

/* A short file, read before rights are dropped. */
static struct str
read_signature(const char *path)
{
	static char text[SIGNATURE_BYTES];
	FILE *file = fopen(path, "re");
	size_t len = file ? fread(text, 1, sizeof(text), file) : 0;
	struct json *json;
	struct err err;

	if (!file || ferror(file))
		cmd_die(STATUS_USAGE, "cannot read '%s'", path);
	fclose(file);
	json = json_read((struct str){ text, len }, JSON_STRICT, &err);
	if (!json)
		cmd_die(STATUS_USAGE, "'%s': %s", path, err.text);
	json_free(json);
	return str_trim((struct str){ text, len });
}

static void
parse_package_option(struct run *r, int id)
{
	switch (id) {
	case WARC:
		r->warc = true;
		break;
	case WACZ:
		r->package.wacz.path = optarg;
		break;
	case KEPT:
		r->package.kept = optarg;
		break;
	case DIGESTS:
		r->package.digests = true;
		break;
	case ADD:
		r->package.wacz.add = optarg;
		break;
	case SIGNED:
		r->package.wacz.signature = read_signature(optarg);
		break;
	}
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
	default:
		parse_package_option(r, id);
	}
}

static void
parse(struct run *r, int argc, char **argv)
{
	int id;

	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
		parse_option(r, id);
	if (r->csv + r->changes + (r->sqlite != NULL) + r->warc +
			(r->package.wacz.path != NULL) + r->package.digests > 1)
		cmd_usage(&cmd, "one of --csv, --changes, --sqlite, --warc, "
			"--wacz and --digests, please");
	if ((r->package.wacz.add || r->package.wacz.signature.len > 0) &&
		!r->package.wacz.path)
		cmd_usage(&cmd, "--add and --signed go with --wacz");
	if (r->json && !r->changes)
		cmd_usage(&cmd, "--json goes with --changes; the records are "
			"JSON Lines already");
	if (argc - optind < 1 || argc - optind > 3)
		cmd_usage(&cmd, "an archive, please");
	r->options.archive = argv[optind];
	if (argc - optind >= 2)
		r->options.name = str_from(argv[optind + 1]);
	if (argc - optind == 3)
		r->options.number = parse_version(argv[optind + 2]);
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

static bool
is_package(const struct run *r)
{
	return r->warc || r->package.wacz.path || r->package.digests;
}

static void
confine(struct run *r)
{
	const char *made = r->sqlite ? r->sqlite : r->package.wacz.path;
	char *folder = made ? folder_of(made) : NULL;
	const char *folders[] = { r->options.archive, folder, NULL };
	const char *read[3] = { NULL };
	struct err err;
	int status;

	if (is_package(r)) {
		status = package_find(&r->package, &err);
		if (status != STATUS_OK)
			cmd_die(status, "%s", err.text);
		read[0] = r->package.folder;
		read[1] = r->package.wacz.add;
	}
	if (sandbox_folders(read, folders, &err) < 0)
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

/* The digest of a package's manifest is printed, for who signs it. */
static int
run_package(struct run *r, struct err *err)
{
	struct wacz_options *wacz = &r->package.wacz;
	char digest[WACZ_DIGEST_BYTES];
	int status;

	wacz->now_s = cmd_now();
	wacz->title = r->options.name.len > 0 ? r->options.name :
		r->options.filter.source.len > 0 ? r->options.filter.source :
						  STR("Kept captures");
	status = package_run(&r->package, digest, err);
	if (status == STATUS_OK && wacz->path)
		puts(digest);
	return status;
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
	r.package.export = &r.options;
	confine(&r);
	strbuf_init(&r.line, LINE_BYTES);
	r.differ = changes_new();
	status = is_package(&r) ? run_package(&r, &err) : run(&r, &err);
	msg_progress_end();
	database_close(r.database);
	changes_free(r.differ);
	strbuf_release(&r.line);
	if (status != STATUS_OK)
		msg_warn("%s", err.text);
	return cmd_finish(status);
}
