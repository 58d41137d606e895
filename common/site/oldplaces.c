#include "common/site/oldplaces.h"

#include "common/archive/urlpath.h"
#include "common/web/urlkey.h"

/* Whether its history has been taken along to another key. */
static bool
has_moved(const struct view *v)
{
	for (size_t i = 0; i < v->events_count; i++)
		if (v->events[i].event == RECEIPT_MOVED)
			return true;
	return false;
}

/* The address that had this key: the article's own when it was that one's. */
static struct str
was_at(const struct view *v, struct str key, struct arena *arena)
{
	struct str own;

	if (urlkey_of(&own, v->article.url, NULL, arena, NULL) == 0 &&
		str_eq(own, key))
		return v->article.url;
	return arena_dup(arena, key);
}

/* Whether the article lay at `path` before one of its moves: 1, 0, -1. */
static int
lay_at(struct work *w, const struct view *v, struct str path, struct err *err)
{
	struct gitoid blob;
	int got = 0;

	for (size_t i = 1; got == 0 && i < v->events_count; i++)
		if (v->events[i].event == RECEIPT_MOVED)
			got = gitstore_path_blob(&blob, w->store,
				&v->events[i - 1].commit, path, err);
	return got;
}

/* The path that a key had: its own, unless the folder was full. */
static int
place_of(struct strbuf *out, struct work *w, const struct view *v,
	struct str key, struct err *err)
{
	int got;

	if (urlpath_at(out, key, URLPATH_DIGITS, URLPATH_SPREAD, NULL) < 0)
		return 0;
	got = lay_at(w, v, strbuf_str(out), err);
	if (got == 0) {
		strbuf_reset(out);
		got = urlpath_of(out, key, URLPATH_DIGITS, err) < 0 ? -1 : 1;
	}
	return got;
}

/* Calls `each` for the place of one key; 0 when there is none or it is
 * somebody else's. */
static int
at_key(struct work *w, const struct view *v, struct str key,
	int (*each)(void *context, struct view *old, struct err *err),
	void *context, struct err *err)
{
	struct index_article other;
	struct strbuf path;
	struct view old = *v;
	int got, taken = 1;

	strbuf_init(&path, WORK_PATH_BYTES);
	got = place_of(&path, w, v, key, err);
	if (got > 0 && !str_eq(strbuf_str(&path), v->article.path))
		got = taken = index_find_path(&other, w->index,
			strbuf_str(&path), &w->article, err);
	if (taken == 0) {
		view_place(&old, strbuf_str(&path), &w->article);
		old.address = was_at(v, key, &w->article);
		got = each(context, &old, err);
	}
	strbuf_release(&path);
	return got < 0 ? -1 : 0;
}

int
oldplaces_each(struct work *w, const struct view *v,
	int (*each)(void *context, struct view *old, struct err *err),
	void *context, struct err *err)
{
	struct index_cursor *cursor;
	struct str key;
	int got;

	if (!has_moved(v))
		return 0;
	if (index_aliases(&cursor, w->index, v->article.id, err) < 0)
		return -1;
	while ((got = index_next_alias(&key, cursor, err)) > 0)
		if (at_key(w, v, key, each, context, err) < 0) {
			got = -1;
			break;
		}
	index_cursor_free(cursor);
	return got;
}
