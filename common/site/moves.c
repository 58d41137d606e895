#include "common/site/moves.h"

#include "common/archive/lookup.h"
#include "common/base/ids.h"
#include "common/page/names.h"

/* Whether another article has anything to show: it is not hidden. */
static int
find_page(struct view_other *out, struct work *w, int64_t id, struct err *err)
{
	struct index_article a;
	struct strbuf name;
	int got;

	got = work_shown(&a, w, id, err);
	if (got <= 0)
		return got;
	strbuf_init(&name, WORK_PATH_BYTES);
	names_stem(&name, a.path);
	names_article(&name, STR(""));
	*out = (struct view_other){ .url = a.url, .since_s = a.last_s,
		.title = a.title.len ? a.title : a.url,
		.page = arena_dup(&w->article, strbuf_str(&name)) };
	strbuf_release(&name);
	return 1;
}

static int
read_moves(struct work *w, struct view *v, struct err *err)
{
	v->address = v->article.url;
	v->moves = arena_calloc(&w->article, v->events_count + 1,
		sizeof(*v->moves));
	if (!v->moves)
		return err_set(err, "too many versions");
	for (size_t i = 0; i < v->events_count; i++) {
		if (v->events[i].event != RECEIPT_MOVED)
			continue;
		if (view_move(&v->moves[i], w->store, &v->events[i],
			    &w->article, err) < 0)
			return -1;
		if (v->moves[i].renames)
			v->address = v->moves[i].to;
	}
	return 0;
}

static int
find_successor(struct work *w, struct view *v, struct err *err)
{
	struct index_article to;
	int got;

	if (v->article.state != INDEX_MOVED)
		return 0;
	got = lookup_article(&to, w->index, v->article.location, &w->article,
		err);
	if (got > 0 && to.id != v->article.id)
		got = find_page(&v->successor, w, to.id, err);
	return got < 0 ? -1 : 0;
}

/* Without a catalog: each article that ended elsewhere is asked. */
static int
look_for_led(struct work *w, struct view *v, struct err *err)
{
	struct index_cursor *cursor;
	struct index_article a, to;
	size_t cap = 0;
	int got;

	if (index_moved(&cursor, w->index, err) < 0)
		return -1;
	while ((got = index_next_article(&a, cursor, err)) > 0) {
		int64_t id = a.id;

		got = lookup_article(&to, w->index, a.location, &w->texts[0],
			err);
		if (got < 0)
			break;
		if (got == 0 || to.id != v->article.id || id == to.id)
			continue;
		if (v->led_count == cap) {
			cap = cap ? 2 * cap : 4;
			v->led = arena_grow(&w->article, v->led,
				v->led_count * sizeof(*v->led),
				cap * sizeof(*v->led));
		}
		got = v->led ? find_page(&v->led[v->led_count], w, id, err) :
			err_set(err, "too many articles led here");
		if (got < 0)
			break;
		v->led_count += (size_t)got;
	}
	index_cursor_free(cursor);
	arena_reset(&w->texts[0]);
	return got < 0 ? -1 : 0;
}

static int
find_led(struct work *w, struct view *v, struct err *err)
{
	const struct catalog *c = w->catalog;
	size_t first = catalog_led(c, v->article.id), end = first;

	while (end < c->ends_count && c->ends[end].to == v->article.id)
		end++;
	v->led = arena_calloc(&w->article, end - first + 1, sizeof(*v->led));
	if (!v->led)
		return err_set(err, "too many articles led here");
	for (size_t i = first; i < end; i++) {
		int got = find_page(&v->led[v->led_count], w,
			c->ends[i].from, err);

		if (got < 0)
			return -1;
		v->led_count += (size_t)got;
	}
	return 0;
}

int
moves_load(struct work *w, struct view *v, struct err *err)
{
	if (read_moves(w, v, err) < 0 || find_successor(w, v, err) < 0)
		return -1;
	return w->catalog ? find_led(w, v, err) : look_for_led(w, v, err);
}

/* The article to which one that is touched had led, and may lead no more. */
static int
relate_former(struct work *w, const struct catalog_move *m,
	void (*each)(void *context, int64_t article), void *context,
	struct err *err)
{
	struct index_version event = { .commit = m->commit };
	struct index_article to;
	struct view_move move;
	int got = 0;

	arena_reset(&w->article);
	if (view_move(&move, w->store, &event, &w->article, err) < 0)
		return 0; /* its own pages complain */
	if (!move.renames)
		got = lookup_article(&to, w->index, move.to, &w->article, err);
	if (got > 0)
		each(context, to.id);
	return got < 0 ? -1 : 0;
}

int
moves_related(struct work *w, void (*each)(void *context, int64_t article),
	void *context, struct err *err)
{
	const struct catalog *c = w->catalog;

	for (size_t i = 0; i < c->ends_count; i++)
		if (ids_has(c->touched, c->touched_count, c->ends[i].to))
			each(context, c->ends[i].from);
	for (size_t i = 0; i < c->moves_count; i++)
		if (ids_has(c->touched, c->touched_count,
			    c->moves[i].article) &&
			relate_former(w, &c->moves[i], each, context,
				err) < 0)
			return -1;
	return 0;
}
