#include "cmd/list/row.h"

#include "common/archive/indexjson.h"
#include "common/article/message.h"
#include "common/base/isotime.h"
#include "common/web/json.h"

static const char article_columns[] =
	"key,url,path,source,title,state,versions,first,last,commit,location";
static const char version_columns[] =
	"key,url,path,source,version,event,fetched,commit,blob,classes,"
	"words_added,words_removed,title,reason,location";

/* A line that is being written, cell by cell. */
struct row {
	struct strbuf *out;
	char separator; /* ',' or '\t' */
	bool begun;
};

static void
separate(struct row *r)
{
	if (r->begun)
		strbuf_addc(r->out, r->separator);
	r->begun = true;
}

/* A cell of CSV is quoted where it has to be (RFC 4180). */
static void
add_quoted(struct strbuf *out, struct str s)
{
	bool quote = false;

	for (size_t i = 0; i < s.len; i++)
		quote = quote || strchr(",\"\r\n", s.ptr[i]);
	if (!quote) {
		strbuf_adds(out, s);
		return;
	}
	strbuf_addc(out, '"');
	for (size_t i = 0; i < s.len; i++) {
		if (s.ptr[i] == '"')
			strbuf_addc(out, '"');
		strbuf_addc(out, s.ptr[i]);
	}
	strbuf_addc(out, '"');
}

static void
add_text(struct row *r, struct str s)
{
	separate(r);
	if (r->separator == ',') {
		add_quoted(r->out, s);
		return;
	}
	for (size_t i = 0; i < s.len; i++)
		strbuf_addc(r->out, strchr("\t\r\n", s.ptr[i]) && s.ptr[i] ?
			' ' : s.ptr[i]);
}

static void
add_int(struct row *r, int64_t n)
{
	separate(r);
	strbuf_addf(r->out, "%lld", (long long)n);
}

static void
add_time(struct row *r, int64_t s)
{
	char iso[ISOTIME_BYTES];

	add_text(r, str_from(isotime_format(iso, s)));
}

static void
add_oid(struct row *r, const struct gitoid *id)
{
	char hex[GITOID_HEX_BYTES];

	add_text(r, gitoid_is_zero(id) ? STR("") :
		str_from(gitoid_hex(hex, id)));
}

static void
add_names(struct row *r, const struct index_article *a)
{
	add_text(r, a->key);
	add_text(r, a->url);
	add_text(r, a->path);
	add_text(r, a->source);
}

static void
article_cells(struct row *r, const struct index_article *a)
{
	add_names(r, a);
	add_text(r, a->title);
	add_text(r, indexjson_state(a->state));
	add_int(r, a->versions);
	add_time(r, a->first_s);
	add_time(r, a->last_s);
	add_oid(r, &a->commit);
	add_text(r, a->location);
}

static void
version_cells(struct row *r, const struct index_article *a,
	const struct index_version *v)
{
	add_names(r, a);
	add_int(r, v->number);
	add_text(r, receipt_status_name(v->event));
	add_time(r, v->fetched_s);
	add_oid(r, &v->commit);
	add_oid(r, &v->blob);
	add_text(r, v->classes);
	add_int(r, v->words_added);
	add_int(r, v->words_removed);
	add_text(r, v->title);
	add_text(r, v->reason);
	add_text(r, v->location);
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
}

static struct row
cells(struct strbuf *out, const struct list_options *o)
{
	return (struct row){ out, o->form == LIST_CSV ? ',' : '\t', false };
}

void
row_head(struct strbuf *out, const struct list_options *o)
{
	struct str name, names = str_from(o->versions ? version_columns :
						article_columns);
	struct row r = cells(out, o);

	if (o->form != LIST_CSV && o->form != LIST_TSV)
		return;
	while (str_field(&name, &names, ','))
		add_text(&r, name);
	strbuf_adds(out, o->form == LIST_CSV ? STR("\r\n") : STR("\n"));
}

static void
end(struct strbuf *out, const struct list_options *o)
{
	strbuf_adds(out, o->form == LIST_CSV ? STR("\r\n") : STR("\n"));
}

void
row_article(struct strbuf *out, const struct list_options *o,
	const struct index_article *a)
{
	struct row r = cells(out, o);

	if (o->form == LIST_TABLE) {
		article_line(out, a);
	} else if (o->form == LIST_JSON) {
		json_open(out, '{');
		indexjson_article(out, a);
		json_close(out, '}');
	} else {
		article_cells(&r, a);
	}
	end(out, o);
}

void
row_version(struct strbuf *out, const struct list_options *o,
	const struct index_article *a, const struct index_version *v)
{
	struct row r = cells(out, o);

	if (o->form == LIST_TABLE) {
		version_line(out, a, v);
	} else if (o->form == LIST_JSON) {
		json_open(out, '{');
		indexjson_version(out, a, v);
		json_close(out, '}');
	} else {
		version_cells(&r, a, v);
	}
	end(out, o);
}
