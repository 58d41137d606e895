#include "cmd/render/facts.h"

#include "cmd/render/markup.h"
#include "cmd/render/names.h"
#include "cmd/render/phrase.h"
#include "common/isotime.h"

void
facts_frame(struct frame *out, const struct site_options *site,
	const struct view *v, const char *path)
{
	*out = (struct frame){ .site = site, .path = path,
		.original = v->article.url, .rss = v->rss, .atom = v->atom,
		.timemap = v->timemap,
		.feed_title = STR("Changes of this article") };
}

struct str
facts_title(const struct document *doc, const struct view *v)
{
	return doc && doc->title.len > 0 ? doc->title :
		v->article.title.len > 0 ? v->article.title : v->article.url;
}

/* A time as the page wrote it: a date alone stays one. */
static void
published(struct strbuf *out, struct str text)
{
	int64_t s;

	if (isotime_parse(&s, text) < 0 || text.len <= 10)
		markup_text(out, text);
	else
		phrase_time(out, s);
}

static void
origin(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct document *doc)
{
	struct strbuf folder;

	strbuf_init(&folder, 1024);
	names_source(&folder, v->article.source);
	strbuf_adds(&folder, STR("index.html"));
	markup_add(out, "<p>This article is from the source <a");
	frame_href(out, f, strbuf_str(&folder));
	markup_add(out, ">‘");
	markup_text(out, names_source_title(v->article.source));
	markup_add(out, "’</a> and was ");
	if (doc && doc->published.len > 0) {
		markup_add(out, "published on ");
		published(out, doc->published);
		markup_add(out, " and first seen on ");
	} else {
		markup_add(out, "first seen on ");
	}
	phrase_time(out, view_text(v, 0)->fetched_s);
	markup_add(out, ". ");
	strbuf_release(&folder);
}

/* When it changed last, and whether anybody still looks. */
static void
checks(struct strbuf *out, const struct view *v)
{
	int64_t last = view_last_change(v);
	const struct view_checks *c = &v->checks;

	if (last) {
		markup_add(out, "It last changed on ");
		phrase_time(out, last);
	} else {
		markup_add(out, "It has not changed since");
	}
	if (c->known && c->stopped && v->article.state == INDEX_LIVE)
		markup_add(out, last ? ", over 40 days ago, and won’t be "
			"checked again for changes." :
			" and won’t be checked again for changes, as over 40 "
			"days have passed.");
	else
		markup_add(out, ".");
	if (c->known && c->last_s) {
		markup_add(out, " The last check was on ");
		phrase_time(out, c->last_s);
		markup_add(out, ".");
	}
	if (c->known && !c->stopped && c->next_s) {
		markup_add(out, " The next check for changes is due on ");
		phrase_time(out, c->next_s);
		markup_add(out, ".");
	}
	markup_add(out, "</p>\n");
}

void
facts_reason(struct strbuf *out, struct str reason)
{
	static const struct {
		const char *reason, *words;
	} known[] = {
		{ "gone", "the publisher answers that it is gone (410)" },
		{ "legal", "withheld for legal reasons (451)" },
		{ "not-found", "the page is not found any more (404)" },
		{ "soft-404", "the page says that it is not found" },
		{ "redirect-home", "its address leads to the home page" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(reason, str_from(known[i].reason))) {
			markup_add(out, known[i].words);
			return;
		}
	markup_text(out, reason.len ? reason : STR("no reason is recorded"));
}

static void
ending(struct strbuf *out, const struct view *v)
{
	const struct index_version *end = view_end(v);

	if (!end)
		return;
	markup_add(out, "<div class=\"notice\" role=\"note\"><strong>");
	markup_add(out, v->article.state == INDEX_GONE ?
		"This article was withdrawn." : "This article has moved.");
	markup_add(out, "</strong> Seen on ");
	phrase_time(out, end->fetched_s);
	if (v->article.state == INDEX_GONE) {
		markup_add(out, ": ");
		facts_reason(out, end->reason);
		markup_add(out, ". The texts kept here are what stood there "
			"before.");
	} else {
		markup_add(out, ": it is now at ");
		markup_link(out, v->article.location, v->article.location,
			"external noreferrer");
		markup_add(out, ".");
	}
	markup_add(out, "</div>\n");
}

static void
times_changed(struct strbuf *out, const struct frame *f, const struct view *v)
{
	size_t changes = v->texts_count - 1;

	markup_add(out, "<p>The article has ");
	if (changes == 0)
		markup_add(out, "not changed");
	else
		markup_add(out, "changed ");
	if (changes == 1)
		markup_add(out, "once");
	else if (changes > 1)
		phrase_count(out, (int64_t)changes, "time", "times");
	markup_add(out, ". There is an <a");
	frame_href(out, f, f->rss);
	markup_add(out, ">RSS feed of changes</a> available.</p>\n");
}

void
facts_article(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct document *doc)
{
	markup_add(out, "<h1");
	frame_lang(out, doc ? doc->lang : STR(""), true);
	markup_add(out, "><a");
	frame_href(out, f, v->page);
	markup_add(out, ">");
	markup_text(out, facts_title(doc, v));
	markup_add(out, "</a></h1>\n");
	ending(out, v);
	markup_add(out, "<div class=\"about\">\n");
	origin(out, f, v, doc);
	checks(out, v);
	markup_add(out, "<p>You can find the current article at its original "
		"source at ");
	markup_link(out, v->article.url, v->article.url,
		"external noreferrer");
	markup_add(out, "</p>\n");
	times_changed(out, f, v);
	markup_add(out, "</div>\n");
}

static void
change_link(struct strbuf *out, const struct frame *f, const struct view *v,
	size_t n, const char *rel, const char *words)
{
	struct strbuf path;

	strbuf_init(&path, 4096);
	names_diff(&path, v->stem, view_text(v, n - 1)->number,
		view_text(v, n)->number);
	markup_add(out, "<li><a");
	if (rel)
		strbuf_addf(out, " rel=\"%s\"", rel);
	frame_href(out, f, strbuf_str(&path));
	markup_add(out, ">");
	if (words)
		markup_add(out, words);
	else
		strbuf_addf(out, "<span class=\"sr\">Change </span>%zu", n);
	markup_add(out, "</a></li>\n");
	strbuf_release(&path);
}

/* Previous or next, or the same words without a link at the ends. */
static void
step_link(struct strbuf *out, const struct frame *f, const struct view *v,
	size_t n, const char *rel, const char *words)
{
	if (n >= 1 && n < v->texts_count)
		change_link(out, f, v, n, rel, words);
	else
		strbuf_addf(out, "<li><span>%s</span></li>\n", words);
}

static void
whole_link(struct strbuf *out, const struct frame *f, const struct view *v,
	bool current)
{
	struct strbuf path;

	if (v->texts_count < 3)
		return;
	strbuf_init(&path, 4096);
	names_whole_diff(&path, v->stem);
	markup_add(out, "<li><a");
	frame_href(out, f, strbuf_str(&path));
	markup_add(out, current ? " aria-current=\"page\">" : ">");
	markup_add(out, "First ↔ latest</a></li>\n");
	strbuf_release(&path);
}

/*
 * Numbers of changes: all when there are few, else the ends, the current one
 * and its neighbours, so that a page stays small however often a live blog
 * changes.
 */
static bool
shown(size_t n, size_t current, size_t count)
{
	enum { ALL = 12, BESIDE = 2 };

	return count <= ALL || n <= BESIDE || n + BESIDE > count ||
		(n + BESIDE >= current && n <= current + BESIDE);
}

void
facts_changes(struct strbuf *out, const struct frame *f, const struct view *v,
	size_t current)
{
	size_t count = v->texts_count - 1;
	bool whole = current == SIZE_MAX, gap = false;

	if (count == 0)
		return;
	current = whole ? 0 : current;
	markup_add(out, "<nav aria-label=\"Changes\"><ul class=\"pages\">\n");
	if (current > 0)
		step_link(out, f, v, current - 1, "prev", "Previous version");
	for (size_t n = 1; n <= count; n++) {
		if (!shown(n, current, count)) {
			if (!gap)
				markup_add(out, "<li><span>…</span></li>\n");
			gap = true;
			continue;
		}
		gap = false;
		if (n == current)
			strbuf_addf(out, "<li><span aria-current=\"page\">"
				"<span class=\"sr\">Change </span>%zu</span>"
				"</li>\n", n);
		else
			change_link(out, f, v, n, NULL, NULL);
	}
	if (current > 0)
		step_link(out, f, v, current + 1, "next", "Next version");
	whole_link(out, f, v, whole);
	markup_add(out, "</ul></nav>\n");
}

void
facts_size(struct strbuf *out, const struct index_version *version)
{
	if (version->words_added + version->words_removed == 0) {
		markup_add(out, "no words changed");
		return;
	}
	markup_add(out, "<span class=\"plus\">+");
	phrase_number(out, version->words_added);
	markup_add(out, "</span> <span class=\"minus\">−");
	phrase_number(out, version->words_removed);
	markup_add(out, "</span> words");
}

void
facts_classes(struct strbuf *out, struct str classes)
{
	struct str name;

	if (classes.len == 0)
		return;
	markup_add(out, "<ul class=\"tags\" aria-label=\"Kinds of change\">");
	while (str_field(&name, &classes, ',')) {
		markup_add(out, "<li>");
		markup_text(out, str_trim(name));
		markup_add(out, "</li>");
	}
	markup_add(out, "</ul>\n");
}

const char *
facts_event(const struct index_version *event)
{
	static const char *const words[] = { [RECEIPT_NEW] = "first seen",
		[RECEIPT_CHANGED] = "changed", [RECEIPT_MINOR] = "small change",
		[RECEIPT_GONE] = "withdrawn", [RECEIPT_RESTORED] = "restored",
		[RECEIPT_MOVED] = "moved",
		[RECEIPT_TECHNICAL] = "read anew by a newer stet" };
	size_t i = (size_t)event->event;

	return i < sizeof(words) / sizeof(words[0]) && words[i] ? words[i] :
		"recorded";
}
