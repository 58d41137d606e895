#include "common/site/articlefiles.h"

#include "common/page/facts.h"
#include "common/page/feeds.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/pages.h"
#include "common/page/timemap.h"
#include "common/site/sitecard.h"
#include "common/site/oldplaces.h"

/* What is known while the versions go by, oldest first. */
struct files {
	struct work *w;
	struct view *v;
	struct strbuf path;
	struct document first, docs[2]; /* docs[n % 2] is text n */
	struct strbuf html;             /* entries of the feeds */
	size_t *html_end;               /* by text: where its entry ends */
};

static int
write_version(struct files *f, size_t n, struct err *err)
{
	strbuf_reset(&f->path);
	names_version(&f->path, f->v->stem, view_text(f->v, n));
	pages_version(&f->w->page, &f->w->options, f->v, n, &f->docs[n % 2]);
	return work_write(f->w, f->path.ptr, err);
}

static int
write_diff(struct files *f, size_t left, size_t right,
	const struct document *doc, const struct index_version *change,
	struct err *err)
{
	if (pages_diff(&f->w->page, &f->w->options, f->v, f->path.ptr, left,
		    right, doc, change, f->w->rows, err) < 0)
		return -1;
	return work_write(f->w, f->path.ptr, err);
}

/* The entry of text n in the feeds; w->rows has it against the one before. */
static int
change_html(struct files *f, size_t n, struct err *err)
{
	return work_change_html(&f->html, f->w, view_text(f->v, n),
		n > 0 ? view_text(f->v, n - 1) : NULL, err);
}

/* The picture of text n against the one before, beside its page; two that
 * read alike have none. w->rows has them compared. */
static int
write_card(struct files *f, size_t n, struct err *err)
{
	struct work *w = f->w;

	if (!w->options.cards)
		return 0;
	if (sitecard_compared(&w->page, w, f->v, n - 1, n, false, NULL) < 0) {
		strbuf_reset(&w->page);
		return 0;
	}
	strbuf_cut(&f->path, f->path.len - sizeof("html") + 1);
	strbuf_adds(&f->path, STR("png"));
	return work_write(w, f->path.ptr, err);
}

/* The page of text n against the one before, and its entry of the feeds. */
static int
write_change(struct files *f, size_t n, struct err *err)
{
	struct work *w = f->w;
	const struct index_version *version = view_text(f->v, n);
	bool in_feed = n + FEEDS_ARTICLE_ENTRIES >= f->v->texts_count;

	if (n > 0) {
		if (rows_compare(w->rows, &f->docs[(n - 1) % 2],
			    &f->docs[n % 2], err) < 0)
			return -1;
		if (work_tell(w, version, err) < 0)
			return -1;
		strbuf_reset(&f->path);
		names_diff(&f->path, f->v->stem, view_text(f->v, n - 1),
			version);
		if (write_diff(f, n - 1, n, &f->docs[n % 2], version,
			    err) < 0 || write_card(f, n, err) < 0)
			return -1;
	}
	return in_feed ? change_html(f, n, err) : 0;
}

/* The entry of text n alone. */
static int
entry_html(struct files *f, size_t n, struct err *err)
{
	if (n > 0 && rows_compare(f->w->rows, &f->docs[(n - 1) % 2],
			     &f->docs[n % 2], err) < 0)
		return -1;
	return change_html(f, n, err);
}

static int
write_texts(struct files *f, struct err *err)
{
	struct work *w = f->w;

	for (size_t n = 0; n < f->v->texts_count; n++) {
		/* The first text stays for the page of first and latest. */
		struct arena *arena = n == 0 ? &w->texts[2] :
			&w->texts[n % 2];

		arena_reset(arena);
		if (view_document(&f->docs[n % 2], w->store,
			    view_text(f->v, n), arena, err) < 0)
			return -1;
		if (n == 0)
			f->first = f->docs[0];
		if (write_version(f, n, err) < 0 ||
			write_change(f, n, err) < 0)
			return -1;
		f->html_end[n] = f->html.len;
	}
	return 0;
}

/* Words and classes of the latest text against the first, as a commit that
 * made the one of the other would have them. */
static int
judge_whole(struct index_version *out, struct files *f, struct err *err)
{
	struct change_verdict verdict;
	struct strbuf names;
	struct strlist list;

	if (rows_judge(&verdict, f->w->rows, f->w->judge,
		    f->v->article.source, err) < 0)
		return -1;
	strbuf_init(&names, WORK_PATH_BYTES);
	list = change_class_list(verdict.classes, &f->w->article);
	for (size_t i = 0; i < list.count; i++) {
		strbuf_adds(&names, i ? STR(", ") : STR(""));
		strbuf_adds(&names, list.items[i]);
	}
	*out = (struct index_version){
		.words_added = (int64_t)verdict.words_added,
		.words_removed = (int64_t)verdict.words_removed,
		.classes = arena_dup(&f->w->article, strbuf_str(&names)) };
	strbuf_release(&names);
	return 0;
}

static int
write_whole(struct files *f, struct err *err)
{
	size_t last = f->v->texts_count - 1;
	const struct document *doc = &f->docs[last % 2];
	struct index_version change;

	if (f->v->texts_count < 3)
		return 0;
	if (rows_compare(f->w->rows, &f->first, doc, err) < 0 ||
		judge_whole(&change, f, err) < 0)
		return -1;
	strbuf_reset(&f->path);
	names_whole_diff(&f->path, f->v->stem);
	return write_diff(f, 0, last, doc, &change, err);
}

static void
feed_text(struct files *f, const struct feed *feed, size_t n)
{
	const struct index_version *version = view_text(f->v, n);
	size_t start = n ? f->html_end[n - 1] : 0;
	struct strbuf path, title;
	struct feed_entry e = { .commit = &version->commit,
		.source = f->v->article.source,
		.classes = version->classes, .time_s = version->fetched_s,
		.html = { f->html.ptr + start, f->html_end[n] - start } };

	strbuf_init(&path, WORK_PATH_BYTES);
	strbuf_init(&title, WORK_PAGE_BYTES);
	if (n > 0)
		names_diff(&path, f->v->stem, view_text(f->v, n - 1),
			version);
	else
		names_version(&path, f->v->stem, version);
	work_item_title(&title, version, f->v->article.url);
	e.path = strbuf_str(&path);
	e.title = strbuf_str(&title);
	feeds_entry(&f->w->page, feed, &e);
	strbuf_release(&path);
	strbuf_release(&title);
}

static void
feed_end(struct files *f, const struct feed *feed,
	const struct index_version *event)
{
	struct strbuf html, title;
	struct feed_entry e = { .commit = &event->commit,
		.path = f->v->page, .source = f->v->article.source,
		.time_s = event->fetched_s };

	strbuf_init(&html, WORK_PAGE_BYTES);
	strbuf_init(&title, WORK_PAGE_BYTES);
	work_ended_html(&html, event, &f->v->moves[event - f->v->events]);
	work_item_title(&title, event, f->v->article.url);
	e.html = strbuf_str(&html);
	e.title = strbuf_str(&title);
	feeds_entry(&f->w->page, feed, &e);
	strbuf_release(&html);
	strbuf_release(&title);
}

/* `path` is the feed's own or an old address of it. */
static int
write_feed(struct files *f, enum feed_kind kind, struct str path,
	struct err *err)
{
	struct view *v = f->v;
	struct frame frame = { .site = &f->w->options, .path = path.ptr };
	struct feed feed = { .kind = kind, .frame = &frame,
		.title = v->article.title.len ? v->article.title :
			v->article.url,
		.home = v->page,
		.updated_s = v->events[v->events_count - 1].fetched_s };
	size_t text = v->texts_count, left = FEEDS_ARTICLE_ENTRIES;

	feeds_begin(&f->w->page, &feed);
	for (size_t i = v->events_count; i-- > 0 && left > 0; left--) {
		bool is_text = index_is_version(&v->events[i]);

		text -= is_text;
		if (v->events[i].event == RECEIPT_TECHNICAL)
			left++; /* nothing that happened to the article */
		else if (is_text)
			feed_text(f, &feed, text);
		else
			feed_end(f, &feed, &v->events[i]);
	}
	feeds_end(&f->w->page, &feed);
	return work_write(f->w, path.ptr, err);
}

/* What is for machines, at the addresses of `at`. */
static int
write_machines(struct files *f, const struct view *at, struct err *err)
{
	struct work *w = f->w;

	timemap_write(&w->page, &w->options, f->v, at->address, at->timemap);
	if (work_write(w, at->timemap.ptr, err) < 0)
		return -1;
	if (write_feed(f, FEED_RSS, at->rss, err) < 0)
		return -1;
	return write_feed(f, FEED_ATOM, at->atom, err);
}

/* The article's own page; the newest text is read. */
static int
write_page(struct files *f, struct err *err)
{
	struct work *w = f->w;
	struct view *v = f->v;

	pages_article(&w->page, &w->options, v,
		&f->docs[(v->texts_count - 1) % 2]);
	return work_write(w, v->page.ptr, err);
}

static int
write_shown(struct files *f, struct err *err)
{
	if (write_texts(f, err) < 0 || write_whole(f, err) < 0 ||
		write_page(f, err) < 0)
		return -1;
	return write_machines(f, f->v, err);
}

/* --- hidden articles and old addresses --- */

/*
 * Appends the path of page number i of an article: its own, its versions, its
 * changes, the first against the latest. False when it has no such page.
 */
static bool
name_page(struct strbuf *out, const struct view *v, size_t i)
{
	size_t texts = v->texts_count, n;

	if (i == 0) {
		strbuf_adds(out, v->page);
	} else if (i <= texts) {
		names_version(out, v->stem, view_text(v, i - 1));
	} else if (i < 2 * texts) {
		n = i - texts;
		names_diff(out, v->stem, view_text(v, n - 1),
			view_text(v, n));
	} else {
		if (texts < 3)
			return false;
		names_whole_diff(out, v->stem);
	}
	return true;
}

/*
 * Calls `write` for every page of the article at `at`, with the same page of
 * f->v: they are the same but for an old address.
 */
static int
each_page(struct files *f, const struct view *at,
	void (*write)(struct files *f, const char *path, struct str now),
	struct err *err)
{
	struct strbuf now;
	int failed = 0;

	strbuf_init(&now, WORK_PATH_BYTES);
	for (size_t i = 0; !failed && i < 2 * at->texts_count + 1; i++) {
		strbuf_reset(&now);
		strbuf_reset(&f->path);
		if (!name_page(&f->path, at, i) || !name_page(&now, f->v, i))
			continue;
		write(f, f->path.ptr, strbuf_str(&now));
		failed = work_write(f->w, f->path.ptr, err);
	}
	strbuf_release(&now);
	return failed;
}

static void
hidden_page(struct files *f, const char *path, struct str now)
{
	(void)now;
	pages_hidden(&f->w->page, &f->w->options, path);
}

static void
moved_page(struct files *f, const char *path, struct str now)
{
	pages_moved(&f->w->page, &f->w->options, path, now);
}

static int
hide_feed(struct files *f, enum feed_kind kind, struct str path,
	struct err *err)
{
	struct view *v = f->v;
	struct frame frame = { .site = &f->w->options, .path = path.ptr };
	struct feed feed = { .kind = kind, .frame = &frame,
		.title = STR("Taken out"), .home = v->page,
		.updated_s = v->events[v->events_count - 1].fetched_s };

	feeds_begin(&f->w->page, &feed);
	for (size_t n = v->texts_count, left = FEEDS_ARTICLE_ENTRIES;
		n-- > 0 && left-- > 0;) {
		const struct index_version *version = view_text(v, n);
		struct feed_entry e = { .commit = &version->commit,
			.hidden = true,
			.time_s = version->fetched_s };

		feeds_entry(&f->w->page, &feed, &e);
	}
	feeds_end(&f->w->page, &feed);
	return work_write(f->w, path.ptr, err);
}

static void
renamed_page(struct files *f, const char *path, struct str now)
{
	pages_renamed(&f->w->page, &f->w->options, path, now);
}

/* The address by number of page i of an article, as name_page has it. */
static void
name_old_page(struct strbuf *out, const struct view *v, size_t i)
{
	size_t texts = v->texts_count, n = i - texts;

	if (i >= 1 && i <= texts)
		names_old_version(out, v->stem, view_text(v, i - 1)->number);
	else if (i > texts && i < 2 * texts)
		names_old_diff(out, v->stem, view_text(v, n - 1)->number,
			view_text(v, n)->number);
}

/*
 * A site of an earlier stet had pages at numbers, which shift when an older
 * capture comes in: they lead to the lasting ones.
 */
static int
write_renamed(struct files *f, const struct view *at, struct err *err)
{
	const struct work_sink *sink = &f->w->sink;
	struct strbuf now;
	int failed = 0;

	if (!sink->has)
		return 0;
	strbuf_init(&now, WORK_PATH_BYTES);
	for (size_t i = 1; !failed && i < 2 * at->texts_count; i++) {
		strbuf_reset(&now);
		strbuf_reset(&f->path);
		name_old_page(&f->path, at, i);
		if (!sink->has(sink->to, f->path.ptr) ||
			!name_page(&now, f->v, i))
			continue;
		(f->v->hidden ? hidden_page : renamed_page)(f, f->path.ptr,
			strbuf_str(&now));
		failed = work_write(f->w, f->path.ptr, err);
	}
	strbuf_release(&now);
	return failed;
}

static int
write_hidden(struct files *f, struct err *err)
{
	struct view *v = f->v;

	if (each_page(f, v, hidden_page, err) < 0)
		return -1;
	if (work_write(f->w, v->timemap.ptr, err) < 0) /* empty */
		return -1;
	if (hide_feed(f, FEED_RSS, v->rss, err) < 0)
		return -1;
	return hide_feed(f, FEED_ATOM, v->atom, err);
}

static int
write_old(void *context, struct view *old, struct err *err)
{
	struct files *f = context;

	if (write_renamed(f, old, err) < 0)
		return -1;
	if (f->v->hidden) {
		struct files at = *f;

		at.v = old;
		return write_hidden(&at, err);
	}
	if (each_page(f, old, moved_page, err) < 0)
		return -1;
	return write_machines(f, old, err);
}

static int
begin(struct files *f, struct work *w, struct view *v, struct err *err)
{
	*f = (struct files){ .w = w, .v = v };
	f->html_end = arena_calloc(&w->article, v->texts_count + 1,
		sizeof(*f->html_end));
	if (!f->html_end)
		return err_set(err, "'%.*s': too many versions",
			STR_ARGS(v->article.key));
	strbuf_init(&f->path, WORK_PATH_BYTES);
	strbuf_init(&f->html, WORK_PAGE_BYTES);
	strbuf_reset(&w->page);
	return 0;
}

static int
end(struct files *f, int failed, struct err *err)
{
	strbuf_reset(&f->w->page);
	strbuf_release(&f->path);
	strbuf_release(&f->html);
	return failed < 0 ? err_prefix(err, "'%.*s'",
		STR_ARGS(f->v->article.key)) : 0;
}

int
articlefiles_write(struct work *w, struct view *v, struct err *err)
{
	struct files f;
	int failed;

	if (begin(&f, w, v, err) < 0)
		return -1;
	failed = v->hidden ? write_hidden(&f, err) : write_shown(&f, err);
	if (!failed)
		failed = write_renamed(&f, v, err);
	if (!failed)
		failed = oldplaces_each(w, v, write_old, &f, err);
	return end(&f, failed, err);
}

/* --- one file alone --- */

static int
load_text(struct files *f, struct document *out, struct arena *arena,
	size_t n, struct err *err)
{
	arena_reset(arena);
	return view_document(out, f->w->store, view_text(f->v, n), arena, err);
}

int
articlefiles_page(struct work *w, struct view *v, struct err *err)
{
	size_t last = v->texts_count - 1;
	struct files f;
	int failed;

	if (begin(&f, w, v, err) < 0)
		return -1;
	failed = load_text(&f, &f.docs[last % 2], &w->texts[last % 2], last,
		err) < 0 || write_page(&f, err) < 0 ? -1 : 0;
	return end(&f, failed, err);
}

int
articlefiles_version(struct work *w, struct view *v, size_t n, struct err *err)
{
	struct files f;
	int failed;

	if (begin(&f, w, v, err) < 0)
		return -1;
	failed = load_text(&f, &f.docs[n % 2], &w->texts[n % 2], n, err) < 0 ||
		write_version(&f, n, err) < 0 ? -1 : 0;
	return end(&f, failed, err);
}

/* Any text beside any other one. */
static int
write_pair(struct files *f, size_t left, size_t right, struct err *err)
{
	struct work *w = f->w;
	struct index_version change;

	if (load_text(f, &f->docs[0], &w->texts[0], left, err) < 0 ||
		load_text(f, &f->docs[1], &w->texts[1], right, err) < 0 ||
		rows_compare(w->rows, &f->docs[0], &f->docs[1], err) < 0)
		return -1;
	change = *view_text(f->v, right);
	if (right != left + 1 && judge_whole(&change, f, err) < 0)
		return -1;
	strbuf_reset(&f->path);
	names_diff(&f->path, f->v->stem, view_text(f->v, left),
		view_text(f->v, right));
	return write_diff(f, left, right, &f->docs[1], &change, err);
}

int
articlefiles_diff(struct work *w, struct view *v, size_t left, size_t right,
	struct err *err)
{
	struct files f;

	if (begin(&f, w, v, err) < 0)
		return -1;
	return end(&f, write_pair(&f, left, right, err), err);
}

int
articlefiles_whole(struct work *w, struct view *v, struct err *err)
{
	size_t last = v->texts_count - 1;
	struct files f;
	int failed = 0;

	if (begin(&f, w, v, err) < 0)
		return -1;
	if (load_text(&f, &f.first, &w->texts[2], 0, err) < 0 ||
		load_text(&f, &f.docs[last % 2], &w->texts[last % 2], last,
			err) < 0 || write_whole(&f, err) < 0)
		failed = -1;
	return end(&f, failed, err);
}

/* The entries of the feeds, without the pages that they lead to. */
static int
feed_texts(struct files *f, struct err *err)
{
	struct work *w = f->w;
	size_t count = f->v->texts_count;
	size_t first = count > FEEDS_ARTICLE_ENTRIES ?
		count - FEEDS_ARTICLE_ENTRIES : 0;

	for (size_t n = first ? first - 1 : 0; n < count; n++) {
		if (load_text(f, &f->docs[n % 2], &w->texts[n % 2], n, err) < 0)
			return -1;
		if (n >= first && entry_html(f, n, err) < 0)
			return -1;
		f->html_end[n] = f->html.len;
	}
	return 0;
}

int
articlefiles_feed(struct work *w, struct view *v, enum feed_kind kind,
	struct err *err)
{
	struct files f;
	int failed;

	if (begin(&f, w, v, err) < 0)
		return -1;
	failed = feed_texts(&f, err) < 0 || write_feed(&f, kind,
		kind == FEED_RSS ? v->rss : v->atom, err) < 0 ? -1 : 0;
	return end(&f, failed, err);
}

int
articlefiles_timemap(struct work *w, struct view *v, struct err *err)
{
	timemap_write(&w->page, &w->options, v, v->address, v->timemap);
	return work_write(w, v->timemap.ptr, err);
}

int
articlefiles_hidden(struct work *w, const char *path, struct err *err)
{
	pages_hidden(&w->page, &w->options, path);
	return work_write(w, path, err);
}
