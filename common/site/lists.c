#include "common/site/lists.h"

#include <stdbool.h>

#include "common/base/ids.h"
#include "common/page/facts.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/phrase.h"
#include "common/site/listitem.h"

/* How many entries come before the first that is newer than `since_seq`. */
static size_t
older_than(const struct catalog_list *list, int64_t since_seq)
{
	size_t low = 0, high = list->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list->entries[middle].seq <= since_seq)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static size_t
page_count(size_t entries)
{
	return (entries + LISTS_PAGE - 1) / LISTS_PAGE;
}

/*
 * How many numbered pages a list has. The index page shows what comes after
 * them: the newest page, with the one before while it has few entries. So no
 * entry has two addresses, a numbered page is full from the beginning, and
 * none ever goes.
 */
static size_t
numbered(size_t entries)
{
	size_t pages = page_count(entries);
	size_t newest = pages > 0 ? pages - 1 : 0;

	return newest > 0 && entries - newest * LISTS_PAGE < LISTS_PAGE / 2 ?
		newest - 1 : newest;
}

static int
entries(struct work *w, const struct list_page *page, size_t from, size_t to,
	struct err *err)
{
	if (from < to)
		markup_add(&w->page, "<ol class=\"items\">\n");
	for (size_t i = to; i-- > from;)
		if (listitem_add(w, page, i, err) < 0)
			return -1;
	if (from < to)
		markup_add(&w->page, "</ol>\n");
	else
		listitem_none(w, page);
	return 0;
}

static void
step(struct work *w, const struct list_page *page, const char *rel,
	size_t number, const char *words)
{
	struct strbuf path;

	strbuf_init(&path, WORK_PATH_BYTES);
	listitem_page_path(&path, page, number);
	strbuf_addf(&w->page, "<li><a rel=\"%s\"", rel);
	frame_href(&w->page, &page->frame, strbuf_str(&path));
	strbuf_addf(&w->page, ">%s</a></li>\n", words);
	strbuf_release(&path);
}

/* Older and newer pages; `number` 0 is the index page. */
static void
steps(struct work *w, const struct list_page *page, size_t number,
	size_t pages)
{
	size_t older = number > 0 ? number - 1 : pages;

	if (pages == 0)
		return;
	markup_add(&w->page, "<nav aria-label=\"Pages\">"
		"<ul class=\"pages\">\n");
	if (number > 0) {
		step(w, page, "next", number < pages ? number + 1 : 0,
			number < pages ? "← Newer" : "← Newest");
		strbuf_addf(&w->page, "<li><span aria-current=\"page\">Page "
			"%zu</span></li>\n", number);
	}
	if (older > 0)
		step(w, page, "prev", older, "Older →");
	markup_add(&w->page, "</ul></nav>\n");
}

/* Writes one page of a list: number 0 is the index page. */
static int
write_page(struct work *w, struct list_page *page, size_t number,
	struct err *err)
{
	size_t pages = numbered(page->count);
	size_t from = (number ? number - 1 : pages) * LISTS_PAGE;
	size_t to = number ? number * LISTS_PAGE : page->count;
	struct strbuf path;
	int failed;

	arena_reset(&w->article);
	strbuf_init(&path, WORK_PATH_BYTES);
	listitem_page_path(&path, page, number);
	page->frame.path = path.ptr;
	listitem_head(w, page, number);
	failed = entries(w, page, from, to, err);
	steps(w, page, number, pages);
	frame_end(&w->page, &page->frame);
	if (!failed)
		failed = work_write(w, path.ptr, err);
	strbuf_reset(&w->page);
	strbuf_release(&path);
	return failed;
}

/* Whether a numbered page is on an article that has new commits, and says how
 * its articles are now. */
static bool
restated(struct work *w, const struct list_page *page, size_t number)
{
	const struct catalog *c = w->catalog;

	if (page->kind != LIST_ARTICLES && page->kind != LIST_REMOVED)
		return false;
	for (size_t i = (number - 1) * LISTS_PAGE; i < number * LISTS_PAGE; i++)
		if (ids_has(c->touched, c->touched_count,
			    page->kind == LIST_ARTICLES ? page->articles[i] :
			    page->entries[i].article))
			return true;
	return false;
}

/*
 * Writes a list whose first `old` entries have been written before: the last
 * page that there was then gets the link to the next.
 */
static int
write_list(struct work *w, struct list_page *page, size_t old, struct err *err)
{
	size_t pages = numbered(page->count), before = numbered(old);

	for (size_t number = 1; number <= pages; number++)
		if ((number >= before || restated(w, page, number)) &&
			write_page(w, page, number, err) < 0)
			return -1;
	return write_page(w, page, 0, err);
}

static int
write_changes(struct work *w, struct list_page *page,
	const struct catalog_list *list, int64_t since_seq, struct err *err)
{
	size_t old = since_seq ? older_than(list, since_seq) : 0;

	page->entries = list->entries;
	page->count = list->count;
	if (since_seq && old == list->count && page->kind != LIST_REMOVED)
		return 0;
	return write_list(w, page, old, err);
}

static int
write_ranking(struct work *w, const char *folder, const char *title,
	const char *section, enum list_kind kind,
	const struct catalog_list *list, struct err *err)
{
	struct list_page page = { .folder = str_from(folder), .kind = kind,
		.title = str_from(title) };
	size_t pages = page_count(list->count);

	page.frame = (struct frame){ .site = &w->options,
		.section = section, .title = page.title };
	page.entries = list->entries;
	page.count = list->count;
	for (size_t number = 1; number <= pages || number == 1; number++)
		if (listitem_ranking(w, &page, number, pages, LISTS_PAGE,
			    err) < 0)
			return -1;
	return 0;
}

static int
write_rankings(struct work *w, struct err *err)
{
	const struct catalog *c = w->catalog;

	if (write_ranking(w, "most/", "Most versions", "most/index.html",
		    LIST_MOST, &c->most, err) < 0 ||
		write_ranking(w, "biggest/", "Biggest changes",
			"biggest/index.html", LIST_BIGGEST, &c->biggest,
			err) < 0)
		return -1;
	return write_ranking(w, "quickest/", "Quickest changes",
		"quickest/index.html", LIST_QUICKEST, &c->quickest, err);
}

/* The articles of a source, changed or not. */
static int
write_articles(struct work *w, const struct catalog_source *source,
	struct str folder, struct err *err)
{
	struct list_page page = { .kind = LIST_ARTICLES,
		.title = names_source_title(source->name) };
	struct strbuf path;
	int failed;

	strbuf_init(&path, WORK_PATH_BYTES);
	strbuf_adds(&path, folder);
	markup_add(&path, "articles/");
	page.folder = strbuf_str(&path);
	page.frame = (struct frame){ .site = &w->options,
		.section = "sources.html", .title = page.title };
	page.articles = source->articles;
	page.count = source->articles_count;
	failed = write_list(w, &page, page.count - source->fresh, err);
	strbuf_release(&path);
	return failed;
}

static int
write_source(struct work *w, const struct catalog_source *source,
	int64_t since_seq, struct err *err)
{
	struct list_page page = { .kind = LIST_CHANGES,
		.title = names_source_title(source->name), .source = source };
	struct strbuf folder, rss, atom;
	int failed;

	strbuf_init(&folder, WORK_PATH_BYTES);
	strbuf_init(&rss, WORK_PATH_BYTES);
	strbuf_init(&atom, WORK_PATH_BYTES);
	names_source(&folder, source->name);
	strbuf_addf(&rss, "%schanges.rss", folder.ptr);
	strbuf_addf(&atom, "%schanges.atom", folder.ptr);
	page.folder = strbuf_str(&folder);
	page.frame = (struct frame){ .site = &w->options,
		.section = "sources.html", .title = page.title,
		.rss = strbuf_str(&rss), .atom = strbuf_str(&atom),
		.feed_title = names_source_title(source->name) };
	page.entries = source->changes.entries;
	page.count = source->changes.count;
	failed = write_list(w, &page,
		since_seq ? older_than(&source->changes, since_seq) : 0, err);
	if (!failed)
		failed = write_articles(w, source, page.folder, err);
	strbuf_release(&folder);
	strbuf_release(&rss);
	strbuf_release(&atom);
	return failed;
}

int
lists_write(struct work *w, int64_t since_seq, struct err *err)
{
	struct catalog *c = w->catalog;
	/* The addresses in old pages are others when an article has moved. */
	int64_t since = c->moved ? 0 : since_seq;
	struct list_page latest = { .kind = LIST_CHANGES,
		.folder = STR("changes/"), .title = STR("Latest changes"),
		.front = true };
	struct list_page minor = { .kind = LIST_SMALL,
		.folder = STR("small/"), .title = STR("Small changes") };
	struct list_page removed = { .kind = LIST_REMOVED,
		.folder = STR("removed/"), .title = STR("Removed articles") };

	listitem_frame(w, &latest, "index.html", "feed/all");
	listitem_frame(w, &minor, "", NULL);
	listitem_frame(w, &removed, "removed/index.html", "feed/removed");
	latest.entries = c->changes.entries;
	latest.count = c->changes.count;
	if (write_list(w, &latest, since ?
			    older_than(&c->changes, since) : 0, err) < 0 ||
		write_changes(w, &minor, &c->minor, since, err) < 0 ||
		write_changes(w, &removed, &c->removed, since, err) < 0 ||
		write_rankings(w, err) < 0 ||
		listitem_sources(w, err) < 0)
		return -1;
	for (size_t i = 0; i < c->sources_count; i++)
		if (!since || c->sources[i].last_seq > since)
			if (write_source(w, &c->sources[i], since, err) < 0)
				return -1;
	return 0;
}
