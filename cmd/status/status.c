#include "cmd/status/status.h"

#include <stdio.h>

#include "cmd/status/report.h"
#include "cmd/status/sources.h"
#include "common/archive.h"
#include "common/fdwrite.h"
#include "common/index.h"
#include "common/scheduledb.h"
#include "common/status.h"

enum { PATH_BYTES = 4096, REPORT_BYTES = 64 << 20 };

struct walk {
	struct sources sources;
	int64_t now_s;
};

static int
on_variable(void *context, struct str name, struct str value)
{
	struct walk *w = context;
	struct str source, variable;

	(void)value;
	if (gitstore_config_source(&source, &variable, name) &&
		(str_eq(variable, STR("feed")) ||
			str_eq(variable, STR("sitemap")) ||
			str_eq(variable, STR("page"))))
		sources_get(&w->sources, source)->feeds++;
	return 0;
}

static int
on_entry(void *context, const struct schedule_entry *e)
{
	struct walk *w = context;

	sources_add_entry(&w->sources, e, w->now_s);
	return 0;
}

static int
read_index(struct walk *w, struct gitstore *store, struct err *err)
{
	struct index_article article;
	struct index_cursor *cursor;
	struct index *index;
	int got;

	if (index_open(&index, store, err) < 0)
		return -1;
	got = index_articles(&cursor, index, STR(""), err);
	if (got == 0) {
		while ((got = index_next_article(&article, cursor, err)) > 0)
			sources_add_article(&w->sources, &article);
		index_cursor_free(cursor);
	}
	index_close(index);
	return got;
}

static int
read_schedule(struct walk *w, const char *archive, struct err *err)
{
	struct scheduledb *db;
	char path[PATH_BYTES];
	int result;

	snprintf(path, sizeof(path), "%s/stet/schedule.db", archive);
	if (scheduledb_open(&db, path, SQL_READ, err) < 0)
		return -1;
	result = scheduledb_each(db, SCHEDULE_ARTICLE, on_entry, w, err);
	if (result == 0)
		result = scheduledb_each(db, SCHEDULE_FEED, on_entry, w, err);
	scheduledb_close(db);
	return result;
}

static int
read_archive(struct walk *w, const char *archive, struct err *err)
{
	struct gitstore *store;
	int result;

	if (archive_open(&store, archive, err) < 0)
		return STATUS_USAGE;
	result = gitstore_config_each(store, "source.", on_variable, w, err);
	if (result == 0)
		result = read_index(w, store, err);
	if (result == 0)
		result = read_schedule(w, archive, err);
	gitstore_close(store);
	return result < 0 ? STATUS_STOPPED : STATUS_OK;
}

static int
write_report(const struct walk *w, bool json, int out, struct err *err)
{
	char warning[REPORT_WARNING_BYTES];
	int status = STATUS_OK, result;
	struct strbuf text;

	strbuf_init(&text, REPORT_BYTES);
	if (!json)
		report_head(&text);
	for (size_t i = 0; i < w->sources.count; i++) {
		const struct source *source = &w->sources.list[i];

		if (json)
			report_json(&text, source, w->now_s);
		else
			report_row(&text, source, w->now_s);
		if (report_warning(warning, source, w->now_s).len)
			status = STATUS_PARTIAL;
	}
	if (!json)
		report_sums(&text, &w->sources);
	result = fdwrite_all(out, strbuf_str(&text), err);
	strbuf_release(&text);
	return result < 0 ? STATUS_STOPPED : status;
}

int
status_run(const struct status_options *options, int out, struct err *err)
{
	struct walk w = { .now_s = options->now_s };
	int status;

	sources_init(&w.sources);
	status = read_archive(&w, options->archive, err);
	if (status == STATUS_OK) {
		sources_sort(&w.sources);
		status = write_report(&w, options->json, out, err);
	}
	sources_release(&w.sources);
	return status;
}
