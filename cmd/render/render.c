#include "cmd/render/render.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/render/state.h"
#include "cmd/render/wanted.h"
#include "common/site/articlefiles.h"
#include "common/site/feedfiles.h"
#include "common/site/lists.h"
#include "common/site/moves.h"
#include "common/site/numberspage.h"
#include "common/site/statics.h"
#include "common/site/work.h"

struct rendering {
	const struct render_options *options;
	struct render_report *report;
	void (*warn)(const char *text);
	struct work w;
	struct site *site;
	struct wanted wanted; /* articles that receipts name */
	struct state old, now;
};

static void
complain(struct rendering *r, const struct err *err)
{
	r->warn(err->text);
	r->report->failures++;
}

/* --- what is open --- */

static int
write_file(void *to, const char *path, struct str bytes, struct err *err)
{
	return site_write(to, path, bytes, err);
}

static bool
has_file(void *to, const char *path)
{
	return site_has(to, path);
}

static int
open_all(struct rendering *r, struct err *err)
{
	const struct render_options *o = r->options;
	struct site_options *s = &r->w.options;

	s->base_url = o->base_url;
	s->title = o->title;
	s->web = o->web_url;
	s->cards = o->cards;
	s->own_css = o->css.len > 0;
	s->pagefind = o->pagefind;
	if (work_open(&r->w, o->archive, err) < 0 ||
		site_open(&r->site, o->site, err) < 0)
		return -1;
	if (o->gzip)
		site_compress(r->site);
	r->w.sink = (struct work_sink){ write_file, has_file, r->site };
	return 0;
}

static void
close_all(struct rendering *r)
{
	work_close(&r->w);
	site_free(r->site);
	wanted_release(&r->wanted);
	state_release(&r->old);
	state_release(&r->now);
}

/* --- the articles --- */

/* An article that cannot be read is told and left. A disk that cannot be
 * written, or a system that is short of something, ends it all: the next run
 * begins where the one before did. */
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
		got = work_checks(w, &v, &why);
	}
	if (got >= 0)
		got = moves_load(w, &v, &why);
	if (got >= 0)
		got = articlefiles_write(w, &v, &why);
	if (got == 0)
		return 0;
	if (w->unwritable || err_of_system())
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
		numberspage_write(w, err) < 0 ||
		statics_write(w, r->options->css, r->options->sitemap,
			err) < 0)
		return -1;
	state_set(&r->now, w, w->catalog->last_seq);
	return state_write(&r->now, w, err);
}

/* For a folder without a site in it yet: -1 when it has a file that a site
 * would replace, for that file is somebody else's. */
static int
claim(struct rendering *r, struct err *err)
{
	static const char *const files[] = { "index.html", "stet.css",
		"user.css", "_headers", "sources.html", "search.html",
		"sitemap.xml" };

	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		int got = site_read(r->site, files[i], &r->w.page,
			err);

		strbuf_reset(&r->w.page);
		if (got < 0)
			return -1;
		if (got > 0)
			return err_set(err, "the folder has a file '%s' that "
				"is not of stet-render: give the site a folder "
				"of its own", files[i]);
	}
	return 0;
}

/* Where the site stands: r->old.seq stays 0 for a rendering in full. */
static int
find_state(struct rendering *r, struct err *err)
{
	struct work *w = &r->w;
	int got;

	state_settings(&r->now, w, r->options);
	got = state_read(&r->old, r->site, err);
	if (got < 0)
		return -1;
	/* The folder is ours from here on, also when this run is cut short. */
	if (got == 0)
		return claim(r, err) < 0 ? -1 :
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
		wanted_find(&r->wanted, w->index, err) < 0 ||
		find_state(r, err) < 0)
		return -1;
	if (render_site(r, err) < 0 || site_finish(r->site, err) < 0) {
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
	wanted_init(&r.wanted);
	state_init(&r.old);
	state_init(&r.now);
	failed = run(&r, err);
	if (r.site) {
		report->written = site_counts(r.site).written;
		report->unchanged = site_counts(r.site).unchanged;
	}
	close_all(&r);
	return failed;
}
