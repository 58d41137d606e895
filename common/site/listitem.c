#include "common/site/listitem.h"

#include <stdio.h>

#include "common/page/facts.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/phrase.h"

void
listitem_frame(struct work *w, struct list_page *page, const char *section,
	const char *feed)
{
	page->frame = (struct frame){ .site = &w->options,
		.section = section, .title = page->title,
		.feed_title = page->title };
	if (!feed)
		return;
	snprintf(page->feeds[0], sizeof(page->feeds[0]), "%s.rss", feed);
	snprintf(page->feeds[1], sizeof(page->feeds[1]), "%s.atom", feed);
	page->frame.rss = str_from(page->feeds[0]);
	page->frame.atom = str_from(page->feeds[1]);
}

void
listitem_page_path(struct strbuf *out, const struct list_page *page,
	size_t number)
{
	if (page->front && number == 0)
		markup_add(out, "index.html");
	else
		names_list(out, page->folder, (int64_t)number);
}

void
listitem_kind_folder(struct strbuf *out, size_t class)
{
	strbuf_addf(out, "kind/%s/", CATALOG_CLASSES[class]);
}

/* What is said below the headline of the front page. */
static void
front(struct work *w, const struct list_page *page)
{
	const struct catalog *c = w->catalog;

	markup_add(&w->page, "<p class=\"lead\">News articles change after "
		"they are published, mostly without a word. Here is what "
		"changed: each version that was seen is kept, beside the one "
		"before.</p>\n<p>");
	phrase_count(&w->page, c->articles, "article", "articles");
	markup_add(&w->page, " in ");
	phrase_count(&w->page, c->versions, "version", "versions");
	markup_add(&w->page, " from <a");
	frame_href(&w->page, &page->frame, STR("sources.html"));
	strbuf_addc(&w->page, '>');
	phrase_count(&w->page, (int64_t)c->sources_count, "source",
		"sources");
	markup_add(&w->page, "</a>. Feeds of all changes: <a");
	frame_href(&w->page, &page->frame, STR("feed/all.rss"));
	markup_add(&w->page, ">RSS</a>, <a");
	frame_href(&w->page, &page->frame, STR("feed/all.atom"));
	markup_add(&w->page, ">Atom</a>, <a");
	frame_href(&w->page, &page->frame, STR("feed/all.json"));
	markup_add(&w->page, ">JSON</a>. Small changes have a <a");
	frame_href(&w->page, &page->frame, STR("small/index.html"));
	markup_add(&w->page, ">list of their own</a>.</p>\n");
}

static void
source_intro(struct work *w, const struct list_page *page)
{
	const struct catalog_source *s = page->source;
	struct strbuf path;

	strbuf_init(&path, WORK_PATH_BYTES);
	strbuf_adds(&path, page->folder);
	markup_add(&path, "articles/index.html");
	markup_add(&w->page, "<p>The latest changes of this source. <a");
	frame_href(&w->page, &page->frame, strbuf_str(&path));
	markup_add(&w->page, ">All its articles</a>: ");
	phrase_number(&w->page, (int64_t)s->articles_count);
	markup_add(&w->page, ", with ");
	phrase_count(&w->page, s->versions, "version", "versions");
	markup_add(&w->page, ". Feeds: <a");
	frame_href(&w->page, &page->frame, page->frame.rss);
	markup_add(&w->page, ">RSS</a>, <a");
	frame_href(&w->page, &page->frame, page->frame.atom);
	markup_add(&w->page, ">Atom</a>. <a");
	strbuf_cut(&path, page->folder.len);
	markup_add(&path, "numbers.html");
	frame_href(&w->page, &page->frame, strbuf_str(&path));
	markup_add(&w->page, ">Its numbers</a>.</p>\n");
	strbuf_release(&path);
}

static void
intro(struct work *w, const struct list_page *page)
{
	static const char *const words[] = {
		[LIST_SMALL] = "Changes of date lines, punctuation, spacing "
			"and the site’s own text alone, and texts that go "
			"back and forth; the newest first.",
		[LIST_REMOVED] = "Articles that their publishers took out, the "
			"newest first. The texts that stood there are kept "
			"here.",
		[LIST_ARTICLES] = "All articles of this source, changed or "
			"not; the newest first.",
		[LIST_KIND] = "The newest changes of this kind. Its feed has "
			"them as they come; the search finds the older ones.",
		[LIST_MOST] = "The articles with the most versions.",
		[LIST_BIGGEST] = "The changes with the most words added and "
			"removed, taken together.",
		[LIST_QUICKEST] = "First changes that came soonest after the "
			"article was first seen." };

	if (words[page->kind])
		strbuf_addf(&w->page, "<p>%s</p>\n", words[page->kind]);
}

void
listitem_none(struct work *w, const struct list_page *page)
{
	static const char *const words[] = {
		[LIST_CHANGES] = "No article has changed so far.",
		[LIST_SMALL] = "There was no small change so far.",
		[LIST_REMOVED] = "No article was withdrawn so far.",
		[LIST_ARTICLES] = "There are no articles yet.",
		[LIST_KIND] = "There was no change of this kind so far.",
		[LIST_MOST] = "No article has more than one version so far.",
		[LIST_BIGGEST] = "No article has changed so far.",
		[LIST_QUICKEST] = "No article has changed so far." };

	strbuf_addf(&w->page, "<p class=\"dim\">%s</p>\n",
		words[page->kind]);
}

void
listitem_head(struct work *w, const struct list_page *page, size_t number)
{
	const char *more = page->kind == LIST_ARTICLES ? ": all articles" : "";
	struct frame frame = page->frame;
	struct strbuf window;

	strbuf_init(&window, WORK_PAGE_BYTES);
	strbuf_adds(&window, page->title);
	markup_add(&window, more);
	if (number > 0)
		strbuf_addf(&window, ", page %zu", number);
	frame.title = strbuf_str(&window);
	frame_begin(&w->page, &frame);
	strbuf_release(&window);
	markup_add(&w->page, "<h1><bdi>");
	markup_text(&w->page, page->title);
	strbuf_addf(&w->page, "</bdi>%s", more);
	if (number > 0)
		strbuf_addf(&w->page, " <span class=\"dim\">page %zu</span>",
			number);
	markup_add(&w->page, "</h1>\n");
	if (page->front && number == 0)
		front(w, page);
	else if (page->source && number == 0)
		source_intro(w, page);
	else
		intro(w, page);
}

/* The headline as a link; `words` is markup. */
static void
title(struct strbuf *out, const struct frame *f, struct str path,
	const char *mark, struct str words)
{
	markup_add(out, "<li><span class=\"title\">");
	if (mark)
		strbuf_addf(out, "%s: ", mark);
	markup_add(out, "<a");
	frame_href(out, f, path);
	markup_add(out, "><bdi>");
	strbuf_adds(out, words);
	markup_add(out, "</bdi></a></span>\n");
}

static bool
has_class(struct str classes, struct str wanted)
{
	struct str name;

	while (classes.len > 0 && str_field(&name, &classes, ','))
		if (str_eq(str_trim(name), wanted))
			return true;
	return false;
}

/*
 * The headline of a change, and where it is another one the old below it,
 * both with their words marked.
 */
static int
headlines(struct strbuf *was, struct strbuf *now, struct work *w,
	const struct item *item, struct err *err)
{
	const struct index_version *v = &item->version;
	struct index_version before;
	int got = 0;

	if (index_is_version(v) && v->number > 1 &&
		has_class(v->classes, STR("headline")))
		got = index_version(&before, w->index, v->article,
			v->number - 1, &w->article, err);
	if (got < 0)
		return -1;
	if (got > 0 && before.title.len > 0)
		return rows_headlines(was, now, w->rows, before.title,
			v->title, err);
	markup_text(now, v->title);
	return 0;
}

static int
change_title(struct work *w, const struct list_page *page,
	const struct item *item, struct err *err)
{
	enum receipt_status event = item->version.event;
	struct strbuf was, now;
	int failed;

	strbuf_init(&was, WORK_PAGE_BYTES);
	strbuf_init(&now, WORK_PAGE_BYTES);
	failed = headlines(&was, &now, w, item, err);
	title(&w->page, &page->frame, item->path,
		event == RECEIPT_GONE ? "Withdrawn" :
		event == RECEIPT_RESTORED ? "Restored" :
		event == RECEIPT_MOVED ? "Moved" : NULL, strbuf_str(&now));
	if (was.len > 0)
		strbuf_addf(&w->page, "<span class=\"before\">before: "
			"<bdi>%s</bdi></span>\n", was.ptr);
	strbuf_release(&was);
	strbuf_release(&now);
	return failed;
}

static void
source_link(struct strbuf *out, const struct frame *f, struct str source)
{
	struct strbuf path;

	strbuf_init(&path, WORK_PATH_BYTES);
	names_source(&path, source);
	markup_add(&path, "index.html");
	markup_add(out, "<a");
	frame_href(out, f, strbuf_str(&path));
	markup_add(out, "><bdi>");
	markup_text(out, names_source_title(source));
	markup_add(out, "</bdi></a> · ");
	strbuf_release(&path);
}

/* When a withdrawn article was there again, if it was. */
static int
back(struct work *w, const struct catalog_entry *entry, struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	int got;

	if (index_versions(&cursor, w->index, entry->article, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0)
		if (v.seq > entry->seq && index_is_version(&v)) {
			markup_add(&w->page, " · back since ");
			phrase_time(&w->page, v.fetched_s);
			break;
		}
	index_cursor_free(cursor);
	return got < 0 ? -1 : 0;
}

/* What is said of a withdrawal or a move beyond its time. */
static int
ended(struct work *w, const struct list_page *page,
	const struct catalog_entry *entry, const struct item *item,
	struct err *err)
{
	int failed = 0;

	markup_add(&w->page, " · ");
	if (item->version.event == RECEIPT_GONE) {
		facts_reason(&w->page, item->version.reason);
	} else {
		markup_add(&w->page, "now at ");
		markup_link(&w->page, item->move.to, item->move.to,
			"external noreferrer");
	}
	if (page->kind == LIST_REMOVED)
		failed = back(w, entry, err);
	markup_add(&w->page, "</span>\n");
	return failed;
}

/* What changed, before and after. */
static int
told_line(struct work *w, const struct item *item, struct err *err)
{
	struct str markup;

	if (work_told(&markup, w, item, err) < 0)
		return -1;
	if (markup.len == 0)
		return 0;
	markup_add(&w->page, "<p class=\"found\">");
	strbuf_adds(&w->page, markup);
	markup_add(&w->page, "</p>\n");
	return 0;
}

static int
change_item(struct work *w, const struct list_page *page,
	const struct catalog_entry *entry, const struct item *item,
	struct err *err)
{
	const struct index_version *v = &item->version;
	struct strbuf *out = &w->page;
	int failed = change_title(w, page, item, err);

	markup_add(out, "<span class=\"dim\">");
	if (!page->source)
		source_link(out, &page->frame, item->article.source);
	if (page->kind == LIST_QUICKEST) {
		phrase_distance(out, 0, -entry->weight);
		markup_add(out, " after it was first seen · ");
	}
	phrase_time(out, v->fetched_s);
	if (index_is_version(v)) {
		strbuf_addf(out, " · version %lld · ",
			(long long)v->number);
		facts_size(out, v);
		markup_add(out, "</span>\n");
		failed = told_line(w, item, err) < 0 ? -1 : failed;
		facts_classes(out, v->classes);
	} else if (ended(w, page, entry, item, err) < 0) {
		failed = -1;
	}
	markup_add(out, "</li>\n");
	return failed;
}

/* An article as a whole, in the list of a source or of the most versions. */
static int
article_item(struct work *w, const struct list_page *page, int64_t id,
	struct err *err)
{
	struct index_article a;
	struct strbuf path, stem, words, *out = &w->page;
	int got;

	got = work_shown(&a, w, id, err);
	if (got <= 0)
		return got;
	strbuf_init(&stem, WORK_PATH_BYTES);
	strbuf_init(&path, WORK_PATH_BYTES);
	names_stem(&stem, a.path);
	names_article(&path, strbuf_str(&stem));
	strbuf_init(&words, WORK_PAGE_BYTES);
	markup_text(&words, a.title.len ? a.title : a.url);
	title(out, &page->frame, strbuf_str(&path),
		a.state == INDEX_GONE ? "Withdrawn" :
		a.state == INDEX_MOVED ? "Moved" : NULL, strbuf_str(&words));
	strbuf_release(&words);
	markup_add(out, "<span class=\"dim\">");
	if (page->kind == LIST_MOST)
		source_link(out, &page->frame, a.source);
	phrase_count(out, a.versions, "version", "versions");
	markup_add(out, " · first seen ");
	phrase_time(out, a.first_s);
	markup_add(out, "</span></li>\n");
	strbuf_release(&path);
	strbuf_release(&stem);
	return 0;
}

int
listitem_add(struct work *w, const struct list_page *page, size_t i,
	struct err *err)
{
	struct item item;
	int got;

	if (page->kind == LIST_ARTICLES)
		return article_item(w, page, page->articles[i], err);
	if (page->kind == LIST_MOST)
		return article_item(w, page, page->entries[i].article, err);
	got = work_item(&item, w, &page->entries[i], &w->article, err);
	if (got > 0 && !item.hidden)
		got = change_item(w, page, &page->entries[i], &item, err);
	return got < 0 ? -1 : 0;
}

static void
ranking_steps(struct work *w, const struct list_page *page, size_t number,
	size_t pages)
{
	struct strbuf path;

	if (pages < 2)
		return;
	strbuf_init(&path, WORK_PATH_BYTES);
	markup_add(&w->page, "<nav aria-label=\"Pages\">"
		"<ul class=\"pages\">\n");
	for (size_t n = 1; n <= pages; n++) {
		strbuf_reset(&path);
		listitem_page_path(&path, page, n == 1 ? 0 : n);
		markup_add(&w->page, "<li><a");
		frame_href(&w->page, &page->frame, strbuf_str(&path));
		strbuf_addf(&w->page, "%s>%zu</a></li>\n",
			n == number ? " aria-current=\"page\"" : "", n);
	}
	markup_add(&w->page, "</ul></nav>\n");
	strbuf_release(&path);
}

int
listitem_ranking(struct work *w, struct list_page *page, size_t number,
	size_t pages, size_t per_page, struct err *err)
{
	size_t from = (number - 1) * per_page;
	struct strbuf path;
	int failed = 0;

	arena_reset(&w->article);
	strbuf_init(&path, WORK_PATH_BYTES);
	listitem_page_path(&path, page, number == 1 ? 0 : number);
	page->frame.path = path.ptr;
	listitem_head(w, page, number == 1 ? 0 : number);
	if (page->count > 0)
		strbuf_addf(&w->page, "<ol class=\"items\" start=\"%zu\">\n",
			from + 1);
	for (size_t i = from; i < from + per_page && i < page->count; i++)
		failed = failed || listitem_add(w, page, i, err) < 0;
	if (page->count > 0)
		markup_add(&w->page, "</ol>\n");
	else
		listitem_none(w, page);
	ranking_steps(w, page, number, pages);
	frame_end(&w->page, &page->frame);
	if (!failed)
		failed = work_write(w, path.ptr, err) < 0;
	strbuf_reset(&w->page);
	strbuf_release(&path);
	return failed ? -1 : 0;
}

static void
source_card(struct work *w, const struct frame *f,
	const struct catalog_source *s)
{
	struct strbuf path, *out = &w->page;

	strbuf_init(&path, WORK_PATH_BYTES);
	names_source(&path, s->name);
	markup_add(&path, "index.html");
	markup_add(out, "<li><strong><a");
	frame_href(out, f, strbuf_str(&path));
	markup_add(out, "><bdi>");
	markup_text(out, names_source_title(s->name));
	markup_add(out, "</bdi></a></strong><br>\n");
	phrase_count(out, (int64_t)s->articles_count, "article", "articles");
	markup_add(out, ", ");
	phrase_count(out, (int64_t)s->changes.count, "change", "changes");
	if (s->withdrawn) {
		markup_add(out, ", ");
		phrase_number(out, s->withdrawn);
		markup_add(out, " withdrawn");
	}
	if (s->last_s) {
		markup_add(out, "<br>\n<span class=\"dim\">last change ");
		phrase_time(out, s->last_s);
		markup_add(out, "</span>");
	}
	markup_add(out, "</li>\n");
	strbuf_release(&path);
}

static void
kind_link(struct strbuf *out, const struct frame *f, size_t class)
{
	struct strbuf path;

	strbuf_init(&path, WORK_PATH_BYTES);
	listitem_kind_folder(&path, class);
	markup_add(&path, "index.html");
	markup_add(out, "<a");
	frame_href(out, f, strbuf_str(&path));
	strbuf_addc(out, '>');
	markup_text(out, facts_class(str_from(CATALOG_CLASSES[class])));
	markup_add(out, "</a>");
	strbuf_release(&path);
}

static void
class_feeds(struct strbuf *out, const struct frame *f)
{
	char path[64];

	markup_add(out, "<h2 id=\"feeds\">By kind of change</h2>\n"
		"<ul class=\"feeds\">\n");
	for (size_t i = 0; i < CATALOG_CLASS_COUNT; i++) {
		snprintf(path, sizeof(path), "feed/%s.rss",
			CATALOG_CLASSES[i]);
		markup_add(out, "<li>");
		kind_link(out, f, i);
		markup_add(out, ": <a");
		frame_href(out, f, str_from(path));
		markup_add(out, ">RSS</a>, <a");
		snprintf(path, sizeof(path), "feed/%s.atom",
			CATALOG_CLASSES[i]);
		frame_href(out, f, str_from(path));
		markup_add(out, ">Atom</a></li>\n");
	}
	markup_add(out, "</ul>\n");
}

int
listitem_sources(struct work *w, struct err *err)
{
	struct frame f = { .site = &w->options, .path = "sources.html",
		.title = STR("Sources"), .section = "sources.html" };

	frame_begin(&w->page, &f);
	markup_add(&w->page, "<h1>Sources</h1>\n<p><a");
	frame_href(&w->page, &f, STR("numbers.html"));
	markup_add(&w->page, ">What they changed, in numbers</a></p>\n"
		"<ul class=\"cards\">\n");
	for (size_t i = 0; i < w->catalog->sources_count; i++)
		source_card(w, &f, &w->catalog->sources[i]);
	markup_add(&w->page, "</ul>\n");
	class_feeds(&w->page, &f);
	frame_end(&w->page, &f);
	return work_write(w, "sources.html", err);
}
