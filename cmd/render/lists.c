#include "cmd/render/lists.h"

#include <stdbool.h>

#include "cmd/render/facts.h"
#include "cmd/render/listitem.h"
#include "cmd/render/markup.h"
#include "cmd/render/names.h"
#include "cmd/render/phrase.h"
#include "common/ids.h"

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
 * The index page shows the newest page, and the one before with it when the
 * newest has few entries; `*older` is the page that follows (0: none).
 */
static size_t
index_start(size_t entries, size_t *older)
{
	size_t pages = page_count(entries), start;

	if (pages == 0) {
		*older = 0;
		return 0;
	}
	start = pages - 1;
	if (start > 0 && entries - start * LISTS_PAGE < LISTS_PAGE / 2)
		start--;
	*older = start;
	return start * LISTS_PAGE;
}

static int
entries(struct work *w, const struct list_page *page, size_t from, size_t to,
	struct err *err)
{
	markup_add(&w->page, "<ol class=\"items\">\n");
	for (size_t i = to; i-- > from;)
		if (listitem_add(w, page, i, err) < 0)
			return -1;
	markup_add(&w->page, "</ol>\n");
	if (from == to)
		markup_add(&w->page, "<p class=\"dim\">Nothing yet.</p>\n");
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
	size_t older, size_t newest)
{
	markup_add(&w->page, "<nav aria-label=\"Pages\">"
		"<ul class=\"pages\">\n");
	if (number > 0)
		step(w, page, "next", number < newest ? number + 1 : 0,
			number < newest ? "← Newer" : "← Newest");
	if (number > 0)
		strbuf_addf(&w->page, "<li><span aria-current=\"page\">Page "
			"%zu</span></li>\n", number);
	if (older > 0)
		step(w, page, "prev", older, "Older →");
	markup_add(&w->page, "</ul></nav>\n");
}

/* Writes one page of a list: number 0 is the index page. */
static int
write_page(struct work *w, struct list_page *page, size_t number,
	struct err *err)
{
	size_t count = page->count, older = number ? number - 1 : 0;
	size_t from = number ? (number - 1) * LISTS_PAGE :
		index_start(count, &older);
	size_t to = number && number * LISTS_PAGE < count ?
		number * LISTS_PAGE : count;
	struct strbuf path;
	int failed;

	arena_reset(&w->article);
	strbuf_init(&path, WORK_PATH_BYTES);
	listitem_page_path(&path, page, number);
	page->frame.path = path.ptr;
	listitem_head(w, page, number);
	failed = entries(w, page, from, to, err);
	if (page_count(count) > 1 || number > 0)
		steps(w, page, number, older, page_count(count));
	frame_end(&w->page, &page->frame);
	if (!failed)
		failed = work_write(w, path.ptr, err);
	strbuf_reset(&w->page);
	strbuf_release(&path);
	return failed;
}

/*
 * Writes a list whose first `old` entries have been written before: the last
 * page with any of those gets the link to the next.
 */
static int
write_list(struct work *w, struct list_page *page, size_t old, struct err *err)
{
	size_t pages = page_count(page->count);
	size_t first = old > 0 ? page_count(old) : 1;

	for (size_t number = first; number <= pages; number++)
		if (write_page(w, page, number, err) < 0)
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
	if (since_seq && old == list->count)
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

/* Whether an entry of articles [from, to) has commits that are new. */
static bool
touched(const struct catalog *c, const struct catalog_source *source,
	size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (ids_has(c->touched, c->touched_count,
			    source->articles[i]))
			return true;
	return false;
}

/*
 * The pages of a source's articles that are not as they were: those with an
 * article that has new commits, and from the last one of old on.
 */
static int
write_touched(struct work *w, const struct catalog_source *source,
	struct list_page *page, struct err *err)
{
	size_t old = page_count(page->count - source->fresh);

	for (size_t number = 1; number <= page_count(page->count); number++) {
		size_t from = (number - 1) * LISTS_PAGE;
		size_t to = number * LISTS_PAGE < page->count ?
			number * LISTS_PAGE : page->count;

		if (number < old && !touched(w->catalog, source, from, to))
			continue;
		if (write_page(w, page, number, err) < 0)
			return -1;
	}
	return write_page(w, page, 0, err);
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
	failed = write_touched(w, source, &page, err);
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
	struct list_page minor = { .kind = LIST_CHANGES,
		.folder = STR("small/"), .title = STR("Small changes") };
	struct list_page removed = { .kind = LIST_CHANGES,
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
