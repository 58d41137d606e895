#include "common/site/onepage.h"

#include "common/archive/lookup.h"
#include "common/archive/urlpath.h"
#include "common/page/feeds.h"
#include "common/page/names.h"
#include "common/page/style.h"
#include "common/site/address.h"
#include "common/site/articlefiles.h"
#include "common/site/articlejson.h"
#include "common/site/feedfiles.h"
#include "common/site/lists.h"
#include "common/site/moves.h"
#include "common/site/numberspage.h"
#include "common/site/sitecard.h"
#include "common/site/statics.h"

/* Of a moved article's other addresses so many are looked through. */
enum { ALIASES_MAX = 20000 };

/* What a page is made of, while it is. */
struct making {
	struct onepage *p;
	struct work *w;
	struct str path;
	struct address address;
	struct view view;
	bool got;
};

void
onepage_init(struct onepage *p)
{
	*p = (struct onepage){ .answer = ONEPAGE_MISSING };
	strbuf_init(&p->bytes, WORK_PAGE_BYTES);
	strbuf_init(&p->target, WORK_PATH_BYTES);
	strbuf_init(&p->original, 64 << 10);
	strbuf_init(&p->timemap, WORK_PATH_BYTES);
}

void
onepage_release(struct onepage *p)
{
	strbuf_release(&p->bytes);
	strbuf_release(&p->target);
	strbuf_release(&p->original);
	strbuf_release(&p->timemap);
}

/* Of the files that are made together the one that was asked for. */
static int
keep(void *to, const char *path, struct str bytes, struct err *err)
{
	struct making *m = to;

	(void)err;
	if (!str_eq(str_from(path), m->path))
		return 0;
	strbuf_reset(&m->p->bytes);
	strbuf_adds(&m->p->bytes, bytes);
	m->p->answer = ONEPAGE_FOUND;
	return 0;
}

static void
go_to(struct making *m, struct str path)
{
	m->p->answer = ONEPAGE_MOVED;
	strbuf_reset(&m->p->target);
	strbuf_adds(&m->p->target, path);
}

/* --- finding the article --- */

static int
load(struct making *m, int64_t id, struct err *err)
{
	struct work *w = m->w;
	int got = view_load(&m->view, w->index, id, &w->article, err);

	if (got <= 0)
		return got;
	m->view.hidden = hidden_has(&w->hidden, id);
	if (work_checks(w, &m->view, err) < 0 ||
		moves_load(w, &m->view, err) < 0)
		return -1;
	return 1;
}

static bool
is_place(const struct making *m, struct str key, enum urlpath_place place)
{
	struct strbuf path;
	bool same;

	strbuf_init(&path, NAMES_BYTES);
	same = urlpath_at(&path, key, URLPATH_DIGITS, place, NULL) == 0 &&
		str_eq(strbuf_str(&path), m->address.path);
	strbuf_release(&path);
	return same;
}

static bool
leads_here(const struct making *m, struct str key)
{
	return is_place(m, key, URLPATH_OWN) ||
		is_place(m, key, URLPATH_SPREAD);
}

/* The article that was at this path before it moved, by its other keys: 1, 0,
 * -1. A key begins with the host that the path begins with. */
static int
find_moved(struct making *m, int64_t *id, struct err *err)
{
	struct index_cursor *cursor;
	struct strbuf prefix;
	struct str key, rest = m->address.path, host;
	int got, left = ALIASES_MAX;

	str_cut(&host, &rest, '/');
	strbuf_init(&prefix, WORK_PATH_BYTES);
	strbuf_adds(&prefix, STR("https://"));
	for (size_t i = 0; i < host.len; i++)
		strbuf_addc(&prefix, host.ptr[i] == '+' ? ':' : host.ptr[i]);
	strbuf_addc(&prefix, '/');
	got = index_aliases_of(&cursor, m->w->index, strbuf_str(&prefix), err);
	if (got == 0) {
		while ((got = index_next_alias_of(&key, id, cursor, err)) > 0)
			if (leads_here(m, key) || left-- == 0)
				break;
		index_cursor_free(cursor);
	}
	strbuf_release(&prefix);
	return got > 0 && left < 0 ? 0 : got;
}

static bool
has_moved(const struct view *v)
{
	for (size_t i = 0; i < v->events_count; i++)
		if (v->events[i].event == RECEIPT_MOVED)
			return true;
	return false;
}

/* Loads the article of the address; *old: it has moved from there. */
static int
find(struct making *m, bool *old, struct err *err)
{
	struct index_article a;
	struct work *w = m->w;
	int64_t id = 0;
	int got = index_find_path(&a, w->index, m->address.path, &w->article,
		err);

	*old = got == 0;
	if (got > 0)
		return load(m, a.id, err);
	if (got == 0)
		got = find_moved(m, &id, err);
	if (got > 0)
		got = load(m, id, err);
	return got > 0 ? has_moved(&m->view) : got;
}

/* --- what was asked for --- */

/* The path of what the address names, where it is now. */
static void
name(struct strbuf *out, const struct making *m, size_t left, size_t right)
{
	static const char *const ends[] = { [ADDRESS_HTML] = ".html",
		[ADDRESS_JSON] = ".json", [ADDRESS_PNG] = ".png",
		[ADDRESS_OTHER] = ".html" };
	const struct view *v = &m->view;
	const struct address *a = &m->address;

	if (a->kind == ADDRESS_ARTICLE) {
		strbuf_adds(out, v->page);
	} else if (a->kind == ADDRESS_VERSION) {
		names_version(out, v->stem, view_text(v, left));
	} else if (a->kind == ADDRESS_WHOLE) {
		names_whole_diff(out, v->stem);
	} else if (a->kind == ADDRESS_RSS || a->kind == ADDRESS_ATOM) {
		strbuf_adds(out, a->kind == ADDRESS_RSS ? v->rss : v->atom);
		return;
	} else if (a->kind == ADDRESS_TIMEMAP) {
		strbuf_adds(out, v->timemap);
		return;
	} else {
		names_diff(out, v->stem, view_text(v, left),
			view_text(v, right));
	}
	strbuf_cut(out, out->len - 5);
	if (a->square)
		strbuf_adds(out, STR("-square"));
	strbuf_adds(out, str_from(ends[a->form]));
}

static int
make_json(struct making *m, size_t left, size_t right, struct err *err)
{
	struct work *w = m->w;
	int failed = 0;

	if (m->address.kind == ADDRESS_ARTICLE)
		articlejson_history(w, &m->view, m->path);
	else if (m->address.kind == ADDRESS_VERSION)
		failed = articlejson_version(w, &m->view, left, m->path, err);
	else
		failed = articlejson_diff(w, &m->view, left, right, m->path,
			err);
	return failed < 0 ? -1 : work_write(w, m->path.ptr, err);
}

/* Two that read alike have no picture. */
static int
make_card(struct making *m, size_t left, size_t right, struct err *err)
{
	(void)err;
	if (sitecard_draw(&m->p->bytes, m->w, &m->view, left, right,
		    m->address.square, NULL) == 0)
		m->p->answer = ONEPAGE_FOUND;
	return 0;
}

static int
make(struct making *m, size_t left, size_t right, struct err *err)
{
	struct work *w = m->w;
	struct view *v = &m->view;

	if (m->address.form == ADDRESS_JSON)
		return make_json(m, left, right, err);
	switch (m->address.kind) {
	case ADDRESS_ARTICLE:
		return articlefiles_page(w, v, err);
	case ADDRESS_VERSION:
		m->p->memento_s = view_text(v, left)->fetched_s;
		return articlefiles_version(w, v, left, err);
	case ADDRESS_DIFF:
		return articlefiles_diff(w, v, left, right, err);
	case ADDRESS_WHOLE:
		return v->texts_count < 3 ? 0 :
			articlefiles_whole(w, v, err);
	case ADDRESS_RSS:
		return articlefiles_feed(w, v, FEED_RSS, err);
	case ADDRESS_ATOM:
		return articlefiles_feed(w, v, FEED_ATOM, err);
	case ADDRESS_TIMEMAP:
		return articlefiles_timemap(w, v, err);
	case ADDRESS_CARD:
		return make_card(m, left, right, err);
	case ADDRESS_COMPARE:
		break;
	}
	return 0;
}

/* Which texts are meant; false: there are none such. */
static bool
choose(struct making *m, size_t *left, size_t *right)
{
	const struct address *a = &m->address;
	bool lasting;

	*left = *right = 0;
	if (a->kind == ADDRESS_VERSION)
		return address_text(left, &lasting, &m->view, a->left) == 0;
	if (a->kind == ADDRESS_DIFF || a->kind == ADDRESS_COMPARE ||
		a->kind == ADDRESS_CARD)
		return address_text(left, &lasting, &m->view, a->left) == 0 &&
			address_text(right, &lasting, &m->view, a->right) ==
				0 && *left != *right;
	return true;
}

static void
describe(struct making *m)
{
	struct onepage *p = m->p;

	strbuf_adds(&p->original, m->view.address);
	strbuf_adds(&p->timemap, m->view.timemap);
}

static int
of_article(struct making *m, struct err *err)
{
	struct strbuf now;
	size_t left, right;
	bool old;
	int got = find(m, &old, err);

	if (got <= 0)
		return got;
	if (m->view.hidden) {
		got = articlefiles_hidden(m->w, m->path.ptr, err);
		m->p->answer = ONEPAGE_HIDDEN;
		return got;
	}
	if (!choose(m, &left, &right))
		return 0;
	if (m->address.kind == ADDRESS_COMPARE && left > right) {
		size_t swap = left;

		left = right;
		right = swap;
	}
	strbuf_init(&now, WORK_PATH_BYTES);
	name(&now, m, left, right);
	if (str_eq(strbuf_str(&now), m->path)) {
		describe(m);
		got = make(m, left, right, err);
	} else {
		go_to(m, strbuf_str(&now));
		got = 0;
	}
	strbuf_release(&now);
	return got;
}

/* --- the others --- */

static int
of_site(struct making *m, struct err *err)
{
	struct work *w = m->w;
	int got = statics_one(w, m->path, err);

	if (got == 0)
		got = numberspage_one(w, m->path, err);
	if (got != 0)
		return got;
	if (!lists_may_be(m->path))
		return 0;
	if (!w->catalog && catalog_load(&w->catalog, w->index, 0, &w->hidden,
				   err) < 0)
		return -1;
	got = lists_one(w, m->path, err);
	return got ? got : feedfiles_one(w, m->path, err);
}

int
onepage_make(struct onepage *p, struct work *w, struct str path,
	struct str from, struct str to, struct err *err)
{
	struct making m = { .p = p, .w = w };
	int got = 0;

	arena_reset(&w->article);
	m.path = arena_dup(&w->settings, path);
	if (!m.path.ptr)
		return 0;
	w->sink.write = keep;
	w->sink.to = &m;
	if (!str_starts(path, STR("a/"))) {
		got = of_site(&m, err);
	} else if (address_parse(&m.address, m.path, &w->article) == 0) {
		if (m.address.kind == ADDRESS_COMPARE) {
			m.address.left = from;
			m.address.right = to;
		}
		got = of_article(&m, err);
	}
	w->sink.to = NULL;
	return got < 0 ? -1 : 0;
}

/* The last text before that moment or at it, else the first. */
static size_t
text_at(const struct view *v, int64_t time_s)
{
	size_t best = 0;

	for (size_t n = 0; n < v->texts_count; n++) {
		int64_t s = view_text(v, n)->fetched_s;
		int64_t best_s = view_text(v, best)->fetched_s;

		if (s <= time_s ? s > best_s || best_s > time_s :
			best_s > time_s && s < best_s)
			best = n;
	}
	return best;
}

int
onepage_timegate(struct onepage *p, struct work *w, struct str url,
	int64_t time_s, struct err *err)
{
	struct making m = { .p = p, .w = w };
	struct index_article a;
	int got;

	arena_reset(&w->article);
	got = lookup_article(&a, w->index, url, &w->article, err);
	if (got > 0)
		got = load(&m, a.id, err);
	if (got <= 0)
		return got;
	if (m.view.hidden) {
		p->answer = ONEPAGE_HIDDEN;
		return 0;
	}
	p->answer = ONEPAGE_MOVED;
	names_version(&p->target, m.view.stem,
		view_text(&m.view, text_at(&m.view, time_s)));
	describe(&m);
	return 0;
}
