#include "cmd/render/render.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/render/articlefiles.h"
#include "cmd/render/feedfiles.h"
#include "cmd/render/lists.h"
#include "cmd/render/moves.h"
#include "cmd/render/state.h"
#include "cmd/render/statics.h"
#include "cmd/render/wanted.h"
#include "cmd/render/work.h"
#include "common/archive/archive.h"

struct rendering {
	const struct render_options *options;
	struct render_report *report;
	void (*warn)(const char *text);
	struct work w;
	struct wanted wanted; /* articles that receipts name */
	struct state old, now;
	struct arena arena;   /* of the settings */
};

static void
complain(struct rendering *r, const struct err *err)
{
	r->warn(err->text);
	r->report->failures++;
}

/* --- what the rendering depends on --- */

static int
set_options(struct rendering *r, struct err *err)
{
	const struct render_options *o = r->options;
	struct site_options *s = &r->w.options;

	s->base_url = o->base_url;
	s->title = o->title;
	s->own_css = o->css.len > 0;
	s->pagefind = o->pagefind;
	if (s->base_url.len == 0 &&
		gitstore_config(&s->base_url, r->w.store, "stet.baseurl",
			&r->arena, err) < 0)
		return -1;
	if (s->title.len == 0 &&
		gitstore_config(&s->title, r->w.store, "stet.title", &r->arena,
			err) < 0)
		return -1;
	if (s->title.len == 0)
		s->title = STR("News that changed");
	return statics_base_url(&s->base_url, &r->arena, err);
}

/* The schedule may be missing, and pages then say nothing of checks. */
static int
open_schedule(struct work *w, struct err *err)
{
	struct strbuf path;
	int got;

	strbuf_init(&path, WORK_PATH_BYTES);
	strbuf_addf(&path, "%s/stet/schedule.db", gitstore_path(w->store));
	got = scheduledb_open(&w->schedule, path.ptr, SQL_READ, err);
	strbuf_release(&path);
	return got < 0 ? -1 : 0;
}

static int
open_all(struct rendering *r, struct err *err)
{
	struct work *w = &r->w;

	if (archive_open(&w->store, r->options->archive, err) < 0 ||
		index_open(&w->index, w->store, err) < 0 ||
		open_schedule(w, err) < 0 ||
		site_open(&w->site, r->options->site, err) < 0)
		return -1;
	w->rows = rows_new();
	w->judge = change_new();
	arena_init(&w->article, VIEW_ARENA_BYTES);
	for (size_t i = 0; i < 3; i++)
		arena_init(&w->texts[i], VIEW_ARENA_BYTES);
	strbuf_init(&w->page, WORK_PAGE_BYTES);
	return set_options(r, err);
}

static void
close_all(struct rendering *r)
{
	struct work *w = &r->w;

	catalog_free(w->catalog);
	rows_free(w->rows);
	change_free(w->judge);
	arena_release(&w->article);
	for (size_t i = 0; i < 3; i++)
		arena_release(&w->texts[i]);
	strbuf_release(&w->page);
	hidden_release(&w->hidden);
	site_free(w->site);
	scheduledb_close(w->schedule);
	index_close(w->index);
	gitstore_close(w->store);
	wanted_release(&r->wanted);
	state_release(&r->old);
	state_release(&r->now);
	arena_release(&r->arena);
}

/* --- the articles --- */

static int
find_checks(struct work *w, struct view *v, struct err *err)
{
	struct schedule_entry e;
	int got = scheduledb_find(&e, w->schedule, SCHEDULE_ARTICLE,
		v->article.key, &w->article, err);

	if (got > 0)
		v->checks = (struct view_checks){ .known = true,
			.stopped = e.next_s == 0, .last_s = e.checked_s,
			.next_s = e.next_s };
	return got < 0 ? -1 : 0;
}

/* An article that cannot be read is told and left; a disk that cannot be
 * written ends it all. */
static int
render_article(struct rendering *r, int64_t id, struct err *err)
{
	struct work *w = &r->w;
	struct err why;
	struct view v;
	int got;

	arena_reset(&w->article);
	got = view_load(&v, w->index, id, &w->article, &why);
	if (got == 0)
		return 0;
	if (got > 0) {
		v.hidden = hidden_has(&w->hidden, id);
		got = find_checks(w, &v, &why);
	}
	if (got >= 0)
		got = moves_load(w, &v, &why);
	if (got >= 0)
		got = articlefiles_write(w, &v, &why);
	if (got == 0)
		return 0;
	if (w->unwritable)
		return err_set(err, "%s", why.text);
	complain(r, &why);
	return 0;
}

static int
render_all(struct rendering *r, struct err *err)
{
	const struct catalog *c = r->w.catalog;

	int64_t done = 0;

	for (size_t i = 0; i < c->sources_count; i++)
		for (size_t n = 0; n < c->sources[i].articles_count; n++) {
			if (render_article(r, c->sources[i].articles[n],
				    err) < 0)
				return -1;
			r->options->progress(++done, c->articles);
		}
	return 0;
}

static void
want(void *context, int64_t article)
{
	wanted_add(context, article);
}

static int
render_some(struct rendering *r, struct err *err)
{
	const struct catalog *c = r->w.catalog;

	for (size_t i = 0; i < c->touched_count; i++)
		wanted_add(&r->wanted, c->touched[i]);
	if (moves_related(&r->w, want, &r->wanted, err) < 0)
		return -1;
	wanted_sort(&r->wanted);
	for (size_t i = 0; i < r->wanted.count; i++)
		if (render_article(r, r->wanted.ids[i], err) < 0)
			return -1;
	return 0;
}

/* --- the whole --- */

static int
render_site(struct rendering *r, struct err *err)
{
	struct work *w = &r->w;
	int64_t since = r->old.seq;

	if (catalog_load(&w->catalog, w->index, since, &w->hidden, err) < 0)
		return -1;
	if ((since ? render_some(r, err) : render_all(r, err)) < 0 ||
		lists_write(w, since, err) < 0 ||
		feedfiles_write(w, since, err) < 0 ||
		statics_write(w, r->options, err) < 0)
		return -1;
	state_set(&r->now, w, w->catalog->last_seq);
	return state_write(&r->now, w, err);
}

/* Where the site stands: r->old.seq stays 0 for a rendering in full. */
static int
find_state(struct rendering *r, struct err *err)
{
	struct work *w = &r->w;
	int got;

	state_settings(&r->now, w, r->options);
	got = state_read(&r->old, w, err);
	if (got < 0)
		return -1;
	/* The folder is ours from here on, also when this run is cut short. */
	if (got == 0)
		return statics_claim(w, err) < 0 ? -1 :
			state_write(&r->now, w, err);
	if (r->options->full || r->options->in < 0 ||
		!state_continues(&r->old, &r->now, w))
		r->old.seq = 0;
	return 0;
}

static int
run(struct rendering *r, struct err *err)
{
	struct work *w = &r->w;
	struct err why;
	int got;

	while (r->options->in >= 0 &&
		(got = wanted_read(&r->wanted, r->options->in, &why)) != 0) {
		if (got < 0) {
			r->report->stopped = true;
			return err_set(err, "%s", why.text);
		}
		complain(r, &why);
	}
	if (r->options->confine(r->options, err) < 0 ||
		open_all(r, err) < 0 ||
		hidden_load(&w->hidden, w->store, w->index, err) < 0 ||
		wanted_find(&r->wanted, w->index, err) < 0 ||
		find_state(r, err) < 0)
		return -1;
	if (render_site(r, err) < 0 || site_finish(w->site, err) < 0) {
		r->report->stopped = true;
		return -1;
	}
	return 0;
}

int
render_run(struct render_report *report, const struct render_options *options,
	void (*warn)(const char *text), struct err *err)
{
	struct rendering r = { .options = options, .report = report,
		.warn = warn };
	int failed;

	*report = (struct render_report){ 0 };
	arena_init(&r.arena, 1 << 20);
	wanted_init(&r.wanted);
	state_init(&r.old);
	state_init(&r.now);
	failed = run(&r, err);
	if (r.w.site) {
		report->written = site_counts(r.w.site).written;
		report->unchanged = site_counts(r.w.site).unchanged;
	}
	close_all(&r);
	return failed;
}
