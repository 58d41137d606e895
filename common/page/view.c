#include "common/page/view.h"

#include <string.h>

#include "common/article/message.h"
#include "common/base/strbuf.h"
#include "common/page/names.h"
#include "common/web/urlkey.h"

struct index_version
view_keep(const struct index_version *v, struct arena *arena)
{
	struct index_version kept = *v;

	kept.title = arena_dup(arena, v->title);
	kept.classes = arena_dup(arena, v->classes);
	kept.reason = arena_dup(arena, v->reason);
	return kept;
}

static int
append_event(struct view *v, size_t *cap, const struct index_version *event,
	struct arena *arena, struct err *err)
{
	if (v->events_count == *cap) {
		size_t wanted = *cap ? *cap * 2 : 8;

		v->events = arena_grow(arena, v->events,
			*cap * sizeof(*v->events),
			wanted * sizeof(*v->events));
		*cap = wanted;
	}
	if (!v->events)
		return err_set(err, "too many versions");
	v->events[v->events_count++] = view_keep(event, arena);
	return 0;
}

static int
load_events(struct view *v, struct index *index, struct arena *arena,
	struct err *err)
{
	struct index_cursor *cursor;
	struct index_version event;
	size_t cap = 0;
	int got;

	if (index_versions(&cursor, index, v->article.id, err) < 0)
		return -1;
	while ((got = index_next_version(&event, cursor, err)) > 0)
		if (append_event(v, &cap, &event, arena, err) < 0) {
			got = -1;
			break;
		}
	index_cursor_free(cursor);
	return got;
}

/* As index_twin does, of what is loaded already. */
static void
find_twins(const struct view *v, struct index_version *version)
{
	for (size_t i = 0; i < v->events_count; i++)
		version->twin += v->events[i].fetched_s ==
				version->fetched_s &&
			v->events[i].seq < version->seq &&
			index_is_version(&v->events[i]);
}

static int
find_texts(struct view *v, struct arena *arena, struct err *err)
{
	v->texts = arena_calloc(arena, v->events_count + 1, sizeof(*v->texts));
	if (!v->texts)
		return err_set(err, "too many versions");
	for (size_t i = 0; i < v->events_count; i++)
		if (index_is_version(&v->events[i])) {
			find_twins(v, &v->events[i]);
			v->texts[v->texts_count++] = i;
		}
	return 0;
}

static struct str
keep_name(struct strbuf *name, struct arena *arena)
{
	struct str kept = arena_dup(arena, strbuf_str(name));

	strbuf_reset(name);
	return kept;
}

void
view_place(struct view *v, struct str archive_path, struct arena *arena)
{
	struct strbuf name;

	strbuf_init(&name, NAMES_BYTES);
	names_stem(&name, archive_path);
	v->stem = keep_name(&name, arena);
	names_article(&name, v->stem);
	v->page = keep_name(&name, arena);
	names_feed(&name, v->stem, "rss");
	v->rss = keep_name(&name, arena);
	names_feed(&name, v->stem, "atom");
	v->atom = keep_name(&name, arena);
	names_timemap(&name, v->stem);
	v->timemap = keep_name(&name, arena);
	strbuf_release(&name);
}

int
view_load(struct view *out, struct index *index, int64_t id,
	struct arena *arena, struct err *err)
{
	int got;

	*out = (struct view){ 0 };
	got = index_get(&out->article, index, id, arena, err);
	if (got <= 0)
		return got;
	if (load_events(out, index, arena, err) < 0 ||
		find_texts(out, arena, err) < 0)
		return err_prefix(err, "'%.*s'", STR_ARGS(out->article.key));
	view_place(out, out->article.path, arena);
	return out->texts_count > 0;
}

const struct index_version *
view_text(const struct view *v, size_t n)
{
	return &v->events[v->texts[n]];
}

int64_t
view_last_change(const struct view *v)
{
	for (size_t n = v->texts_count; n-- > 1;)
		if (view_text(v, n)->event != RECEIPT_TECHNICAL)
			return view_text(v, n)->fetched_s;
	return 0;
}

const struct index_version *
view_end(const struct view *v)
{
	const struct index_version *last;

	if (v->article.state == INDEX_LIVE || v->events_count == 0)
		return NULL;
	last = &v->events[v->events_count - 1];
	return index_is_version(last) ? NULL : last;
}

int
view_move(struct view_move *out, struct gitstore *store,
	const struct index_version *event, struct arena *arena,
	struct err *err)
{
	struct gitcommit commit;
	struct message m;
	struct str key;

	if (gitstore_read_commit(&commit, store, &event->commit, arena, err) <
			0 ||
		message_parse(&m, commit.message, arena, err) < 0)
		return -1;
	*out = (struct view_move){ .from = m.url, .to = m.location,
		.renames = m.old_key.len > 0 };
	/* Of several redirects in a row the location is the first one's. */
	if (out->renames && (urlkey_of(&key, m.location, NULL, arena, NULL) <
				    0 ||
				    !str_eq(key, m.key)))
		out->to = m.key;
	return 0;
}

int
view_document(struct document *out, struct gitstore *store,
	const struct index_version *version, struct arena *arena,
	struct err *err)
{
	struct str bytes;
	char hex[GITOID_HEX_BYTES];

	if (gitstore_read_blob(&bytes, store, &version->blob, arena, err) < 0 ||
		document_parse(out, bytes, arena, err) < 0)
		return err_prefix(err, "version %lld (%s)",
			(long long)version->number,
			gitoid_hex(hex, &version->blob));
	return 0;
}
