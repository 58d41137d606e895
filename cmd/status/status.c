#include "cmd/status/status.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "cmd/status/monitor.h"
#include "cmd/status/report.h"
#include "cmd/status/sources.h"
#include "common/archive/archive.h"
#include "common/archive/feeds.h"
#include "common/archive/index.h"
#include "common/archive/restore.h"
#include "common/archive/scheduledb.h"
#include "common/base/fdwrite.h"
#include "common/base/status.h"
#include "common/base/utf8.h"

enum { ENTRY_BYTES = 1 << 20, REPORT_BYTES = 64 << 20, PATH_BYTES = 8192,
	CHUNK_BYTES = 64 * 1024 };

struct walk {
	struct sources sources;
	struct gitstore *store;
	struct scheduledb *schedule;
	int64_t now_s;
	int64_t mended_s;
	int64_t late; /* captures that wait for a merge */
	struct err *err; /* the caller's */
};

/* A feed of the configuration, and what the schedule knows of it. */
static int
on_feed(void *context, struct str source, struct str url)
{
	struct walk *w = context;
	struct schedule_entry e;
	struct arena arena;
	int found;

	arena_init(&arena, ENTRY_BYTES);
	found = scheduledb_find(&e, w->schedule, SCHEDULE_FEED, url, &arena,
		w->err);
	if (found >= 0)
		sources_add_feed(&w->sources, source, &e,
			schedule_feed_due(&e, feeds_period_s(w->store, source),
				w->mended_s), w->now_s);
	arena_release(&arena);
	return found < 0 ? -1 : 0;
}

static int
on_entry(void *context, const struct schedule_entry *e)
{
	struct walk *w = context;

	sources_add_entry(&w->sources, e, w->now_s);
	return 0;
}

static int
read_index(struct walk *w, struct err *err)
{
	struct index_article article;
	struct index_cursor *cursor;
	struct index *index;
	int got;

	if (index_open(&index, w->store, err) < 0)
		return -1;
	got = index_articles(&cursor, index, STR(""), err);
	if (got == 0) {
		while ((got = index_next_article(&article, cursor, err)) > 0)
			sources_add_article(&w->sources, &article,
				w->now_s);
		index_cursor_free(cursor);
	}
	index_close(index);
	return got;
}

static int
read_schedule(struct walk *w, struct err *err)
{
	int result;

	if (restore_open(&w->schedule, w->store, SQL_READ, w->now_s, err) < 0)
		return -1;
	result = scheduledb_each(w->schedule, SCHEDULE_ARTICLE, on_entry, w,
		err);
	if (result == 0)
		result = feeds_each(w->store, on_feed, w, err);
	scheduledb_close(w->schedule);
	return result;
}

static int
read_archive(struct walk *w, const char *archive, struct err *err)
{
	int result;

	if (archive_open(&w->store, archive, err) < 0)
		return STATUS_USAGE;
	result = read_index(w, err);
	if (result == 0)
		result = read_schedule(w, err);
	gitstore_close(w->store);
	return result < 0 ? STATUS_STOPPED : STATUS_OK;
}

static bool
has_warning(const struct source *source, int64_t now_s)
{
	struct strbuf warning;
	bool has;

	strbuf_init(&warning, REPORT_WARNING_BYTES);
	report_warning(&warning, source, now_s);
	has = warning.len > 0;
	strbuf_release(&warning);
	return has;
}

/* How many captures wait for a merge. */
static int64_t
count_late(const char *archive)
{
	char path[PATH_BYTES], chunk[CHUNK_BYTES];
	int64_t lines = 0;
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), "%s/stet/late/late.jsonl", archive);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return 0;
	while ((got = read(fd, chunk, sizeof(chunk))) > 0)
		for (ssize_t i = 0; i < got; i++)
			lines += chunk[i] == '\n';
	close(fd);
	return lines;
}

/* A row for each source. */
static int
write_rows(struct strbuf *text, const struct walk *w, enum status_form form)
{
	int status = STATUS_OK;

	if (form == STATUS_FORM_TABLE)
		report_head(text);
	for (size_t i = 0; i < w->sources.count; i++) {
		const struct source *source = &w->sources.list[i];

		if (form == STATUS_FORM_JSON)
			report_json(text, source, w->now_s);
		else
			report_row(text, source, w->now_s);
		if (has_warning(source, w->now_s))
			status = STATUS_PARTIAL;
	}
	if (form == STATUS_FORM_TABLE)
		report_sums(text, &w->sources, w->late);
	return status;
}

static int
write_report(const struct walk *w, enum status_form form, int out,
	struct err *err)
{
	int status = STATUS_OK, result;
	struct strbuf text, shown;

	strbuf_init(&text, REPORT_BYTES);
	strbuf_init(&shown, REPORT_BYTES);
	if (form == STATUS_FORM_CHECK)
		status = (int)monitor_check(&text, &w->sources, w->now_s);
	else if (form == STATUS_FORM_PROMETHEUS)
		monitor_prometheus(&text, &w->sources, w->now_s);
	else
		status = write_rows(&text, w, form);
	if (isatty(out))
		utf8_add_visible(&shown, strbuf_str(&text));
	else
		strbuf_adds(&shown, strbuf_str(&text));
	result = fdwrite_all(out, strbuf_str(&shown), err);
	strbuf_release(&shown);
	strbuf_release(&text);
	return result < 0 ? STATUS_STOPPED : status;
}

int
status_run(const struct status_options *options, int out, struct err *err)
{
	struct walk w = { .now_s = options->now_s, .err = err,
		.mended_s = feeds_mended_s(options->archive,
			options->now_s),
		.late = count_late(options->archive) };
	int status;

	sources_init(&w.sources);
	status = read_archive(&w, options->archive, err);
	if (status == STATUS_OK) {
		sources_sort(&w.sources);
		status = write_report(&w, options->form, out, err);
	}
	sources_release(&w.sources);
	return status;
}
