#include "cmd/stats/stats.h"

#include <string.h>

#include "common/base/status.h"
#include "common/site/numbers.h"
#include "common/site/work.h"
#include "common/text/csv.h"
#include "common/web/json.h"

/* --- JSON --- */

struct counts {
	struct strbuf *out;
	const char *measure; /* the object that is open */
};

static void
count_json(void *context, const char *measure, struct str key, int64_t count)
{
	struct counts *j = context;

	if (!j->measure || strcmp(j->measure, measure) != 0) {
		if (j->measure)
			json_close(j->out, '}');
		json_key(j->out, measure);
		json_open(j->out, '{');
		j->measure = measure;
	}
	/* Keys are the program's own: dates and names. */
	json_key(j->out, key.ptr);
	json_add_int(j->out, count);
}

/* Two measures go by turns with each month: one after the other here. */
static void
json_months(struct strbuf *out, const struct numbers_of *n, bool seen)
{
	json_key(out, seen ? "seen" : "edits by month");
	json_open(out, '{');
	for (size_t i = 0; i < n->months_count; i++) {
		const struct numbers_month *m = &n->months[i];
		struct strbuf key;

		strbuf_init(&key, 64);
		strbuf_addf(&key, "%04lld-%02lld", (long long)m->month / 12,
			(long long)m->month % 12 + 1);
		json_key(out, key.ptr);
		json_add_int(out, seen ? m->seen : m->edits);
		strbuf_release(&key);
	}
	json_close(out, '}');
}

static void
json_other(void *context, const char *measure, struct str key, int64_t count)
{
	if (strcmp(measure, "seen") != 0 && strcmp(measure, "edits") != 0)
		count_json(context, measure, key, count);
}

static void
json_numbers(struct strbuf *out, const struct numbers_of *n)
{
	struct counts j = { out, NULL };
	const char *name;
	int64_t count;

	for (size_t i = 0; (name = numbers_sum(&count, n, i)); i++) {
		json_key(out, name);
		json_add_int(out, count);
	}
	json_months(out, n, true);
	json_months(out, n, false);
	numbers_each(n, json_other, &j);
	json_close(out, '}');
}

static void
write_json(struct strbuf *out, const struct numbers *n)
{
	json_open(out, '{');
	json_key(out, "v");
	json_add_int(out, 1);
	json_key(out, "total");
	json_open(out, '{');
	json_numbers(out, &n->total);
	json_close(out, '}');
	json_key(out, "sources");
	json_open(out, '[');
	for (size_t i = 0; i < n->sources_count; i++) {
		json_open(out, '{');
		json_key(out, "source");
		json_add_str(out, n->sources[i].source);
		json_numbers(out, &n->sources[i]);
		json_close(out, '}');
	}
	json_close(out, ']');
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

/* --- a table --- */

struct table {
	struct strbuf *out;
	struct str source;
};

static void
table_count(void *context, const char *measure, struct str key, int64_t count)
{
	const struct table *t = context;
	struct csv row = csv_begin(t->out, ',');

	csv_text(&row, t->source);
	csv_text(&row, str_from(measure));
	csv_text(&row, key);
	csv_int(&row, count);
	csv_end(&row);
}

static void
table_numbers(struct strbuf *out, const struct numbers_of *n, struct str source)
{
	struct table t = { out, source };
	const char *name;
	int64_t count;

	for (size_t i = 0; (name = numbers_sum(&count, n, i)); i++)
		table_count(&t, name, STR(""), count);
	numbers_each(n, table_count, &t);
}

static void
write_csv(struct strbuf *out, const struct numbers *n)
{
	csv_head(out, ',', STR("source,measure,key,count"));
	table_numbers(out, &n->total, STR("*"));
	for (size_t i = 0; i < n->sources_count; i++)
		table_numbers(out, &n->sources[i], n->sources[i].source);
}

/* --- for people --- */

static void
text_row(struct strbuf *out, struct str name, const struct numbers_of *n)
{
	strbuf_addf(out, "%8lld %8lld %7lld %5.1f%% %7lld %7lld ",
		(long long)n->articles, (long long)n->versions,
		(long long)n->changed, n->articles ?
			100.0 * (double)n->changed / (double)n->articles : 0.0,
		(long long)n->edits, (long long)n->minor);
	strbuf_addf(out, "%9lld %11lld %7lld  ", (long long)n->withdrawn,
		(long long)n->withdrawals, (long long)n->returns);
	for (size_t i = 0; i < name.len; i++)
		strbuf_addc(out, (unsigned char)name.ptr[i] < 0x20 ? ' ' :
			name.ptr[i]);
	strbuf_addc(out, '\n');
}

static void
write_text(struct strbuf *out, const struct numbers *n)
{
	strbuf_adds(out, STR("articles versions changed  share   edits   minor "
		"withdrawn withdrawals returns  source\n"));
	for (size_t i = 0; i < n->sources_count; i++)
		text_row(out, n->sources[i].source, &n->sources[i]);
	text_row(out, STR("(all)"), &n->total);
}

int
stats_run(struct strbuf *out, const char *archive, enum stats_form form,
	struct err *err)
{
	static void (*const write[])(struct strbuf *, const struct numbers *) =
		{ write_text, write_json, write_csv };
	struct work w = { .reading = false };
	struct numbers *n = NULL;
	int status = STATUS_USAGE;

	if (work_open(&w, archive, err) == 0)
		status = numbers_load(&n, w.index, &w.hidden, err) < 0 ?
			STATUS_STOPPED : STATUS_OK;
	if (status == STATUS_OK)
		write[form](out, n);
	numbers_free(n);
	work_close(&w);
	return status;
}
