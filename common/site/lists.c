#include "common/site/lists.h"

#include <stdbool.h>
#include <stdio.h>

#include "common/base/ids.h"
#include "common/base/number.h"
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

	if (since_seq && old == list->count && page->kind != LIST_REMOVED)
		return 0;
	return write_list(w, page, old, err);
}

struct ranking {
	const char *folder, *title, *section;
	enum list_kind kind;
};

static const struct ranking ranking_table[] = {
	{ "most/", "Most versions", "most/index.html", LIST_MOST },
	{ "biggest/", "Biggest changes", "biggest/index.html", LIST_BIGGEST },
	{ "quickest/", "Quickest changes", "quickest/index.html",
		LIST_QUICKEST },
};

enum { RANKINGS = sizeof(ranking_table) / sizeof(ranking_table[0]) };

static void
set_ranking(struct list_page *out, struct work *w, const struct ranking *r)
{
	const struct catalog *c = w->catalog;
	const struct catalog_list *list = r->kind == LIST_MOST ? &c->most :
		r->kind == LIST_BIGGEST ? &c->biggest : &c->quickest;

	*out = (struct list_page){ .folder = str_from(r->folder),
		.kind = r->kind, .title = str_from(r->title) };
	out->frame = (struct frame){ .site = &w->options,
		.section = r->section, .title = out->title };
	out->entries = list->entries;
	out->count = list->count;
}

static int
write_rankings(struct work *w, struct err *err)
{
	struct list_page page;

	for (size_t i = 0; i < RANKINGS; i++) {
		size_t pages;

		set_ranking(&page, w, &ranking_table[i]);
		pages = page_count(page.count);
		for (size_t n = 1; n <= pages || n == 1; n++)
			if (listitem_ranking(w, &page, n, pages, LISTS_PAGE,
				    err) < 0)
				return -1;
	}
	return 0;
}

/* The newest changes of a class, on one page. */
static void
set_kind(struct list_page *out, struct work *w, size_t class,
	struct strbuf *text)
{
	const struct catalog_list *list = &w->catalog->classes[class];
	size_t from = list->count > LISTS_PAGE ? list->count - LISTS_PAGE : 0;
	struct str name = str_from(CATALOG_CLASSES[class]);
	char feed[64];
	size_t mark;

	strbuf_reset(text);
	listitem_kind_folder(text, class);
	mark = text->len;
	strbuf_addf(text, "By kind: %.*s", STR_ARGS(facts_class(name)));
	*out = (struct list_page){ .kind = LIST_KIND,
		.folder = str_sub(strbuf_str(text), 0, mark),
		.title = str_sub(strbuf_str(text), mark, text->len),
		.entries = from ? &list->entries[from] : list->entries,
		.count = list->count - from };
	snprintf(feed, sizeof(feed), "feed/%s", CATALOG_CLASSES[class]);
	listitem_frame(w, out, "sources.html", feed);
}

static int
write_kinds(struct work *w, int64_t since_seq, struct err *err)
{
	struct list_page page;
	struct strbuf text;
	int failed = 0;

	strbuf_init(&text, WORK_PATH_BYTES);
	for (size_t i = 0; i < CATALOG_CLASS_COUNT && !failed; i++) {
		const struct catalog_list *list = &w->catalog->classes[i];

		if (since_seq && older_than(list, since_seq) == list->count)
			continue;
		set_kind(&page, w, i, &text);
		failed = write_page(w, &page, 0, err);
	}
	strbuf_release(&text);
	return failed;
}

/* The two lists of a source and the paths that they are made of. */
struct source_lists {
	struct list_page changes, articles;
	struct strbuf folder, all, rss, atom;
};

static void
begin_source(struct source_lists *l, struct work *w,
	const struct catalog_source *source)
{
	struct str title = names_source_title(source->name);

	strbuf_init(&l->folder, WORK_PATH_BYTES);
	strbuf_init(&l->all, WORK_PATH_BYTES);
	strbuf_init(&l->rss, WORK_PATH_BYTES);
	strbuf_init(&l->atom, WORK_PATH_BYTES);
	names_source(&l->folder, source->name);
	strbuf_addf(&l->all, "%sarticles/", l->folder.ptr);
	strbuf_addf(&l->rss, "%schanges.rss", l->folder.ptr);
	strbuf_addf(&l->atom, "%schanges.atom", l->folder.ptr);
	l->changes = (struct list_page){ .kind = LIST_CHANGES,
		.title = title, .source = source,
		.folder = strbuf_str(&l->folder),
		.entries = source->changes.entries,
		.count = source->changes.count };
	l->changes.frame = (struct frame){ .site = &w->options,
		.section = "sources.html", .title = title,
		.rss = strbuf_str(&l->rss), .atom = strbuf_str(&l->atom),
		.feed_title = title };
	l->articles = (struct list_page){ .kind = LIST_ARTICLES,
		.title = title, .folder = strbuf_str(&l->all),
		.articles = source->articles,
		.count = source->articles_count };
	l->articles.frame = (struct frame){ .site = &w->options,
		.section = "sources.html", .title = title };
}

static void
end_source(struct source_lists *l)
{
	strbuf_release(&l->folder);
	strbuf_release(&l->all);
	strbuf_release(&l->rss);
	strbuf_release(&l->atom);
}

static int
write_source(struct work *w, const struct catalog_source *source,
	int64_t since_seq, struct err *err)
{
	struct source_lists l;
	int failed;

	begin_source(&l, w, source);
	failed = write_list(w, &l.changes,
		since_seq ? older_than(&source->changes, since_seq) : 0, err);
	if (!failed)
		failed = write_list(w, &l.articles,
			l.articles.count - source->fresh, err);
	end_source(&l);
	return failed;
}

/* The lists of the whole archive. */
enum { LATEST, SMALL, REMOVED, MAIN_LISTS };

static void
set_main(struct list_page *out, struct work *w, size_t which)
{
	const struct catalog *c = w->catalog;
	const struct catalog_list *list = which == LATEST ? &c->changes :
		which == SMALL ? &c->minor : &c->removed;
	static const struct list_page pages[MAIN_LISTS] = {
		[LATEST] = { .kind = LIST_CHANGES,
			.folder = STR_INIT("changes/"),
			.title = STR_INIT("Latest changes"), .front = true },
		[SMALL] = { .kind = LIST_SMALL, .folder = STR_INIT("small/"),
			.title = STR_INIT("Small changes") },
		[REMOVED] = { .kind = LIST_REMOVED,
			.folder = STR_INIT("removed/"),
			.title = STR_INIT("Removed articles") },
	};
	static const char *const sections[] = { "index.html", "",
		"removed/index.html" };
	static const char *const feeds[] = { "feed/all", NULL,
		"feed/removed" };

	*out = pages[which];
	listitem_frame(w, out, sections[which], feeds[which]);
	out->entries = list->entries;
	out->count = list->count;
}

int
lists_write(struct work *w, int64_t since_seq, struct err *err)
{
	struct catalog *c = w->catalog;
	/* The addresses in old pages are others when an article has moved. */
	int64_t since = c->moved ? 0 : since_seq;
	struct list_page pages[MAIN_LISTS];

	for (size_t i = 0; i < MAIN_LISTS; i++)
		set_main(&pages[i], w, i);
	if (write_list(w, &pages[LATEST], since ?
			    older_than(&c->changes, since) : 0, err) < 0 ||
		write_changes(w, &pages[SMALL], &c->minor, since, err) < 0 ||
		write_changes(w, &pages[REMOVED], &c->removed, since,
			err) < 0 ||
		write_rankings(w, err) < 0 ||
		write_kinds(w, since, err) < 0 ||
		listitem_sources(w, err) < 0)
		return -1;
	for (size_t i = 0; i < c->sources_count; i++)
		if (!since || c->sources[i].last_seq > since)
			if (write_source(w, &c->sources[i], since, err) < 0)
				return -1;
	return 0;
}

/* --- one page alone --- */

/* Which page of a list: "index.html" is 0, "7.html" 7. */
static bool
page_number(size_t *out, struct str name)
{
	int64_t n;

	*out = 0;
	if (str_eq(name, STR("index.html")))
		return true;
	if (!str_ends(name, STR(".html")) || name.len > 12 ||
		name.ptr[0] == '0' ||
		number_parse(&n, str_sub(name, 0, name.len - 5), 1,
			INT32_MAX) < 0)
		return false;
	*out = (size_t)n;
	return true;
}

static int
one_page(struct work *w, struct list_page *page, struct str name,
	struct err *err)
{
	size_t number;

	if (!page_number(&number, name) || number > numbered(page->count))
		return 0;
	return write_page(w, page, number, err) < 0 ? -1 : 1;
}

static int
one_ranking(struct work *w, const struct ranking *r, struct str name,
	struct err *err)
{
	struct list_page page;
	size_t number, pages;

	set_ranking(&page, w, r);
	pages = page_count(page.count);
	if (!page_number(&number, name) || number == 1 || number > pages)
		return 0;
	return listitem_ranking(w, &page, number ? number : 1, pages,
		LISTS_PAGE, err) < 0 ? -1 : 1;
}

static int
one_kind(struct work *w, struct str path, struct err *err)
{
	struct list_page page;
	struct strbuf text;
	int got = 0;

	strbuf_init(&text, WORK_PATH_BYTES);
	for (size_t i = 0; i < CATALOG_CLASS_COUNT && got == 0; i++) {
		set_kind(&page, w, i, &text);
		if (str_starts(path, page.folder))
			got = one_page(w, &page, str_sub(path,
				page.folder.len, path.len), err);
	}
	strbuf_release(&text);
	return got;
}

static int
one_of_source(struct work *w, struct str path, struct err *err)
{
	const struct catalog *c = w->catalog;
	struct source_lists l;
	int got = 0;

	for (size_t i = 0; i < c->sources_count && got == 0; i++) {
		struct str rest = path;

		begin_source(&l, w, &c->sources[i]);
		if (str_starts(path, strbuf_str(&l.all))) {
			rest = str_sub(path, l.all.len, path.len);
			got = one_page(w, &l.articles, rest, err);
		} else if (str_starts(path, strbuf_str(&l.folder))) {
			rest = str_sub(path, l.folder.len, path.len);
			got = one_page(w, &l.changes, rest, err);
		}
		end_source(&l);
	}
	return got;
}

int
lists_one(struct work *w, struct str path, struct err *err)
{
	struct list_page page;

	if (str_eq(path, STR("sources.html")))
		return listitem_sources(w, err) < 0 ? -1 : 1;
	for (size_t i = 0; i < MAIN_LISTS; i++) {
		set_main(&page, w, i);
		if (page.front && str_eq(path, STR("index.html")))
			return one_page(w, &page, path, err);
		if (str_starts(path, page.folder) &&
			!(page.front && str_ends(path, STR("index.html"))))
			return one_page(w, &page, str_sub(path,
				page.folder.len, path.len), err);
	}
	for (size_t i = 0; i < RANKINGS; i++) {
		struct str folder = str_from(ranking_table[i].folder);

		if (str_starts(path, folder))
			return one_ranking(w, &ranking_table[i],
				str_sub(path, folder.len, path.len), err);
	}
	if (str_starts(path, STR("kind/")))
		return one_kind(w, path, err);
	return str_starts(path, STR("source/")) ?
		one_of_source(w, path, err) : 0;
}

bool
lists_may_be(struct str path)
{
	static const char *const folders[] = { "changes/", "small/",
		"removed/", "most/", "biggest/", "quickest/", "source/",
		"kind/", "feed/" };

	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (str_starts(path, str_from(folders[i])))
			return true;
	return str_eq(path, STR("index.html")) ||
		str_eq(path, STR("sources.html"));
}
