#include "common/site/articlejson.h"

#include "common/base/isotime.h"
#include "common/page/frame.h"
#include "common/page/names.h"
#include "common/page/rowsjson.h"
#include "common/web/json.h"

static void
text(struct strbuf *out, const char *key, struct str value)
{
	json_key(out, key);
	json_add_str(out, value);
}

static void
number(struct strbuf *out, const char *key, int64_t value)
{
	json_key(out, key);
	json_add_int(out, value);
}

static void
time_of(struct strbuf *out, const char *key, int64_t s)
{
	char iso[ISOTIME_BYTES];

	text(out, key, str_from(isotime_format(iso, s)));
}

/* An address, as feeds have it. */
static void
address(struct strbuf *out, const struct frame *f, const char *key,
	const struct strbuf *path)
{
	struct strbuf plain;

	strbuf_init(&plain, 64 << 10);
	frame_plain_address(&plain, f, strbuf_str(path));
	text(out, key, strbuf_str(&plain));
	strbuf_release(&plain);
}

static void
classes(struct strbuf *out, struct str names)
{
	struct str name;

	json_key(out, "classes");
	json_open(out, '[');
	while (names.len > 0 && str_field(&name, &names, ','))
		json_add_str(out, str_trim(name));
	json_close(out, ']');
}

static void
begin(struct strbuf *out, const struct view *v)
{
	static const char *const states[] = { [INDEX_LIVE] = "live",
		[INDEX_GONE] = "gone", [INDEX_MOVED] = "moved" };

	json_open(out, '{');
	number(out, "v", 1);
	text(out, "key", v->article.key);
	text(out, "url", v->article.url);
	text(out, "path", v->article.path);
	text(out, "source", v->article.source);
	text(out, "state", str_from(states[v->article.state]));
	number(out, "versions", v->article.versions);
}

/* What identifies a version, within an object that is open. */
static void
version(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct index_version *event)
{
	char hex[GITOID_HEX_BYTES];
	struct strbuf path;

	number(out, "version", event->number);
	time_of(out, "fetched", event->fetched_s);
	text(out, "commit", str_from(gitoid_hex(hex, &event->commit)));
	if (!index_is_version(event))
		return;
	strbuf_init(&path, NAMES_BYTES);
	names_version(&path, v->stem, event);
	address(out, f, "page", &path);
	strbuf_release(&path);
}

static void
history_event(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct index_version *e)
{
	json_open(out, '{');
	text(out, "event", receipt_status_name(e->event));
	version(out, f, v, e);
	text(out, "title", e->title);
	classes(out, e->classes);
	number(out, "words_added", e->words_added);
	number(out, "words_removed", e->words_removed);
	if (e->reason.len > 0)
		text(out, "reason", e->reason);
	if (e->location.len > 0)
		text(out, "location", e->location);
	json_close(out, '}');
}

static void
end(struct strbuf *out)
{
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

void
articlejson_history(struct work *w, const struct view *v, struct str path)
{
	struct frame f = { .site = &w->options, .path = path.ptr };
	struct strbuf *out = &w->page;

	begin(out, v);
	json_key(out, "history");
	json_open(out, '[');
	for (size_t i = 0; i < v->events_count; i++)
		history_event(out, &f, v, &v->events[i]);
	json_close(out, ']');
	end(out);
}

static void
document(struct strbuf *out, const struct document *doc)
{
	text(out, "title", doc->title);
	text(out, "byline", doc->byline);
	text(out, "summary", doc->summary);
	text(out, "published", doc->published);
	text(out, "lang", doc->lang);
	json_key(out, "blocks");
	json_open(out, '[');
	for (size_t i = 0; i < doc->blocks_count; i++) {
		json_open(out, '{');
		text(out, "kind", block_kind_name(doc->blocks[i].kind));
		text(out, "text", doc->blocks[i].text);
		json_close(out, '}');
	}
	json_close(out, ']');
}

int
articlejson_version(struct work *w, const struct view *v, size_t n,
	struct str path, struct err *err)
{
	struct frame f = { .site = &w->options, .path = path.ptr };
	struct strbuf *out = &w->page;
	struct document doc;

	arena_reset(&w->texts[0]);
	if (view_document(&doc, w->store, view_text(v, n), &w->texts[0], err) <
		0)
		return -1;
	begin(out, v);
	version(out, &f, v, view_text(v, n));
	document(out, &doc);
	end(out);
	return 0;
}

static void
side(struct strbuf *out, const struct frame *f, const struct view *v,
	const char *key, size_t n, const struct document *doc)
{
	json_key(out, key);
	json_open(out, '{');
	version(out, f, v, view_text(v, n));
	text(out, "title", doc->title);
	text(out, "byline", doc->byline);
	text(out, "summary", doc->summary);
	json_close(out, '}');
}

int
articlejson_diff(struct work *w, const struct view *v, size_t left,
	size_t right, struct str path, struct err *err)
{
	struct frame f = { .site = &w->options, .path = path.ptr };
	struct strbuf *out = &w->page;
	struct document docs[2];
	const size_t sides[] = { left, right };

	for (size_t i = 0; i < 2; i++) {
		arena_reset(&w->texts[i]);
		if (view_document(&docs[i], w->store, view_text(v, sides[i]),
			    &w->texts[i], err) < 0)
			return -1;
	}
	if (rows_compare(w->rows, &docs[0], &docs[1], err) < 0)
		return -1;
	begin(out, v);
	side(out, &f, v, "from", left, &docs[0]);
	side(out, &f, v, "to", right, &docs[1]);
	if (rowsjson_add(out, w->rows, err) < 0)
		return -1;
	end(out);
	return 0;
}
