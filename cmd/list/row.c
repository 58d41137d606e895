#include "cmd/list/row.h"

#include "common/archive/indexjson.h"
#include "common/article/message.h"
#include "common/base/isotime.h"
#include "common/text/csv.h"
#include "common/web/json.h"

static const char article_columns[] =
	"key,url,path,source,title,state,versions,first,last,commit,location";
static const char version_columns[] =
	"key,url,path,source,version,event,fetched,commit,blob,classes,"
	"words_added,words_removed,title,reason,location";

static void
add_oid(struct csv *row, const struct gitoid *id)
{
	char hex[GITOID_HEX_BYTES];

	csv_text(row, gitoid_is_zero(id) ? STR("") :
		str_from(gitoid_hex(hex, id)));
}

static void
add_names(struct csv *row, const struct index_article *a)
{
	csv_text(row, a->key);
	csv_text(row, a->url);
	csv_text(row, a->path);
	csv_text(row, a->source);
}

static void
article_cells(struct csv *row, const struct index_article *a)
{
	add_names(row, a);
	csv_text(row, a->title);
	csv_text(row, indexjson_state(a->state));
	csv_int(row, a->versions);
	csv_time(row, a->first_s);
	csv_time(row, a->last_s);
	add_oid(row, &a->commit);
	csv_text(row, a->location);
	csv_end(row);
}

static void
version_cells(struct csv *row, const struct index_article *a,
	const struct index_version *v)
{
	add_names(row, a);
	csv_int(row, v->number);
	csv_text(row, receipt_status_name(v->event));
	csv_time(row, v->fetched_s);
	add_oid(row, &v->commit);
	add_oid(row, &v->blob);
	csv_text(row, v->classes);
	csv_int(row, v->words_added);
	csv_int(row, v->words_removed);
	csv_text(row, v->title);
	csv_text(row, v->reason);
	csv_text(row, v->location);
	csv_end(row);
}

/* Text of the network on a line, without what steers a terminal. */
static void
add_clean(struct strbuf *out, struct str s)
{
	message_clean(out, s, MESSAGE_VALUE_BYTES);
}

/* "2026-11-23T05:00:00Z  12 versions  example  Dam holds  https://..." */
static void
article_line(struct strbuf *out, const struct index_article *a)
{
	char iso[ISOTIME_BYTES];

	strbuf_addf(out, "%s  %4lld %s  ", isotime_format(iso, a->last_s),
		(long long)a->versions,
		a->versions == 1 ? "version " : "versions");
	if (a->state != INDEX_LIVE)
		strbuf_addf(out, "(%.*s) ",
			STR_ARGS(indexjson_state(a->state)));
	add_clean(out, a->source);
	strbuf_adds(out, STR("  "));
	add_clean(out, a->title.len > 0 ? a->title : a->path);
	strbuf_adds(out, STR("  "));
	add_clean(out, a->url);
	strbuf_addc(out, '\n');
}

static void
version_line(struct strbuf *out, const struct index_article *a,
	const struct index_version *v)
{
	char iso[ISOTIME_BYTES];

	strbuf_addf(out, "%s  %-9.*s  +%lld -%lld  ",
		isotime_format(iso, v->fetched_s),
		STR_ARGS(receipt_status_name(v->event)),
		(long long)v->words_added, (long long)v->words_removed);
	if (v->classes.len > 0)
		strbuf_addf(out, "[%.*s] ", STR_ARGS(v->classes));
	add_clean(out, a->source);
	strbuf_adds(out, STR("  "));
	add_clean(out, v->title.len > 0 ? v->title : a->path);
	strbuf_adds(out, STR("  "));
	add_clean(out, a->url);
	strbuf_addc(out, '\n');
}

static char
separator(const struct list_options *o)
{
	return o->form == LIST_CSV ? ',' : '\t';
}

void
row_head(struct strbuf *out, const struct list_options *o)
{
	if (o->form == LIST_CSV || o->form == LIST_TSV)
		csv_head(out, separator(o), str_from(o->versions ?
			version_columns : article_columns));
}

void
row_article(struct strbuf *out, const struct list_options *o,
	const struct index_article *a)
{
	struct csv row = csv_begin(out, separator(o));

	if (o->form == LIST_TABLE) {
		article_line(out, a);
	} else if (o->form == LIST_JSON) {
		json_open(out, '{');
		indexjson_article(out, a);
		json_close(out, '}');
		strbuf_addc(out, '\n');
	} else {
		article_cells(&row, a);
	}
}

void
row_version(struct strbuf *out, const struct list_options *o,
	const struct index_article *a, const struct index_version *v)
{
	struct csv row = csv_begin(out, separator(o));

	if (o->form == LIST_TABLE) {
		version_line(out, a, v);
	} else if (o->form == LIST_JSON) {
		json_open(out, '{');
		indexjson_version(out, a, v);
		json_close(out, '}');
		strbuf_addc(out, '\n');
	} else {
		version_cells(&row, a, v);
	}
}
