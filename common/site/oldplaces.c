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
	int got = 0;

	strbuf_init(&path, WORK_PATH_BYTES);
	if (urlpath_of(&path, key, URLPATH_DIGITS, NULL) == 0 &&
		!str_eq(strbuf_str(&path), v->article.path))
		got = index_find_path(&other, w->index, strbuf_str(&path),
			&w->article, err);
	else
		got = 1;
	if (got == 0) {
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
