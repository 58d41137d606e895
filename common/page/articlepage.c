#include "common/page/pages.h"

#include "common/page/facts.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/phrase.h"
#include "common/page/standing.h"

/* The cells on what a version changed against the one before. */
static void
change_cells(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct index_version *version,
	const struct index_version *before)
{
	struct strbuf path;

	if (!before) {
		markup_add(out, "<td class=\"dim\">first version</td>"
			"<td></td>");
		return;
	}
	strbuf_init(&path, 4096);
	names_diff(&path, v->stem, before, version);
	markup_add(out, "<td>");
	facts_size(out, version);
	if (version->event != RECEIPT_CHANGED)
		strbuf_addf(out, " <span class=\"dim\">(%s)</span>",
			facts_event(version));
	facts_classes(out, version->classes);
	markup_add(out, "</td><td class=\"n\"><a");
	frame_href(out, f, strbuf_str(&path));
	markup_add(out, ">Compare<span class=\"sr\"> with the version "
		"before</span></a></td>");
	strbuf_release(&path);
}

static void
seen_cell(struct strbuf *out, const struct index_version *event,
	const struct index_version *before)
{
	markup_add(out, "<td class=\"n\">");
	phrase_time(out, event->fetched_s);
	if (before) {
		markup_add(out, "<br><span class=\"dim\">");
		phrase_distance(out, before->fetched_s, event->fetched_s);
		strbuf_addf(out, " %s version %lld</span>",
			event->fetched_s < before->fetched_s ? "before" :
			"after", (long long)before->number);
	}
	markup_add(out, "</td>");
}

/* The headline, where it is not the one that stands above it already. */
static void
headline_cell(struct strbuf *out, const struct index_version *version,
	const struct index_version *before)
{
	if (before && str_eq(version->title, before->title)) {
		markup_add(out, "<td class=\"dim\">same headline</td>");
		return;
	}
	markup_add(out, "<td><bdi>");
	markup_text(out, version->title);
	markup_add(out, "</bdi></td>");
}

/* From where to where it moved, with the page of what is there. */
static void
move_cell(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct index_version *event)
{
	const struct view_move *move = &v->moves[event - v->events];

	markup_add(out, "from ");
	markup_link(out, move->from, move->from, "external noreferrer");
	markup_add(out, " to ");
	markup_link(out, move->to, move->to, "external noreferrer");
	if (event != view_end(v) || v->successor.page.len == 0)
		return;
	markup_add(out, ", which has <a");
	frame_href(out, f, v->successor.page);
	markup_add(out, ">a page here</a>");
}

static void
event_row(struct strbuf *out, const struct frame *f, const struct view *v,
	const struct index_version *event, const struct index_version *before)
{
	bool version = index_is_version(event);

	markup_add(out, "<tr><td class=\"n\">");
	if (version)
		facts_version_link(out, f, v, event, "Version ");
	else
		strbuf_addf(out, "<strong>%s</strong>",
			event->event == RECEIPT_GONE ? "Withdrawn" : "Moved");
	markup_add(out, "</td>");
	seen_cell(out, event, before);
	if (version) {
		headline_cell(out, event, before);
		change_cells(out, f, v, event, before);
	} else {
		markup_add(out, "<td colspan=\"3\">");
		if (event->event == RECEIPT_GONE)
			facts_reason(out, event->reason);
		else
			move_cell(out, f, v, event);
		markup_add(out, "</td>");
	}
	markup_add(out, "</tr>\n");
}

static void
history(struct strbuf *out, const struct frame *f, const struct view *v)
{
	const struct index_version *before = NULL;

	markup_add(out, "<h2 id=\"versions\">Versions</h2>\n"
		"<div class=\"wide\"><table class=\"list stack\">\n<thead><tr>"
		"<th scope=\"col\">Version</th><th scope=\"col\">Seen</th>"
		"<th scope=\"col\">Headline</th><th scope=\"col\">Change</th>"
		"<th scope=\"col\"><span class=\"sr\">Compare</span></th>"
		"</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < v->events_count; i++) {
		event_row(out, f, v, &v->events[i], before);
		if (index_is_version(&v->events[i]))
			before = &v->events[i];
	}
	markup_add(out, "</tbody>\n</table></div>\n");
}

/* A headline and how long it stood; `next` is the version that ended it. */
static void
headline_item(struct strbuf *out, const struct index_version *from,
	const struct index_version *next)
{
	markup_add(out, "<li><span class=\"title\"><bdi>");
	markup_text(out, from->title);
	markup_add(out, "</bdi></span><span class=\"dim\">");
	markup_add(out, next ? "from " : "since ");
	phrase_time(out, from->fetched_s);
	if (next) {
		markup_add(out, ", for ");
		phrase_distance(out, from->fetched_s, next->fetched_s);
	}
	markup_add(out, "</span></li>\n");
}

/* The headlines that it had, when it had more than one. */
static void
headlines(struct strbuf *out, const struct view *v)
{
	const struct index_version *from = view_text(v, 0);
	bool changed = false;

	for (size_t n = 1; n < v->texts_count; n++) {
		const struct index_version *now = view_text(v, n);

		if (str_eq(now->title, from->title))
			continue;
		if (!changed)
			markup_add(out, "<h2 id=\"headlines\">Headlines</h2>\n"
				"<ol class=\"items\">\n");
		changed = true;
		headline_item(out, from, now);
		from = now;
	}
	if (!changed)
		return;
	headline_item(out, from, NULL);
	markup_add(out, "</ol>\n");
}

static void
number_field(struct strbuf *out, const char *name, const char *words,
	const struct index_version *value, const struct index_version *most)
{
	strbuf_addf(out, "<label>%s <input type=\"number\" name=\"%s\" "
		"min=\"1\" max=\"%lld\" value=\"%lld\" required></label>\n",
		words, name, (long long)most->number,
		(long long)value->number);
}

/* Any two versions beside each other, where a program makes such pages. */
static void
compare_form(struct strbuf *out, const struct frame *f, const struct view *v)
{
	const struct index_version *first = view_text(v, 0);
	const struct index_version *last = view_text(v, v->texts_count - 1);
	struct strbuf path;

	if (f->site->web.len == 0 || v->texts_count < 3)
		return;
	strbuf_init(&path, 4096);
	strbuf_adds(&path, v->stem);
	markup_add(&path, "@compare");
	markup_add(out, "<form class=\"compare\" method=\"get\"");
	frame_web(out, f, "action", strbuf_str(&path));
	markup_add(out, ">\n");
	number_field(out, "from", "Version", first, last);
	number_field(out, "to", "beside version", last, last);
	markup_add(out, "<button>Compare</button>\n</form>\n");
	strbuf_release(&path);
}

/* Where the same is found without these pages. */
static void
elsewhere(struct strbuf *out, const struct frame *f, const struct view *v)
{
	markup_add(out, "<h2>Elsewhere</h2>\n<p>Feeds of this article’s "
		"changes: <a");
	frame_href(out, f, f->rss);
	markup_add(out, ">RSS</a>, <a");
	frame_href(out, f, f->atom);
	markup_add(out, ">Atom</a>. For machines: <a");
	frame_href(out, f, f->timemap);
	markup_add(out, ">TimeMap</a>. In the archive’s git repository: "
		"<code>git log -p --word-diff -- ");
	markup_text(out, v->article.path);
	markup_add(out, "</code></p>\n");
}

void
pages_article(struct strbuf *out, const struct site_options *site,
	const struct view *v, const struct document *newest)
{
	const struct index_version *last = view_text(v, v->texts_count - 1);
	struct strbuf words;
	struct frame f;

	facts_frame(&f, site, v, v->page.ptr);
	f.title = facts_title(newest, v);
	strbuf_init(&words, 4096);
	phrase_count(&words, (int64_t)v->texts_count, "version", "versions");
	strbuf_adds(&words, STR(", first seen "));
	phrase_plain_time(&words, view_text(v, 0)->fetched_s);
	if (v->texts_count > 1) {
		strbuf_adds(&words, STR(", the newest "));
		phrase_plain_time(&words, last->fetched_s);
	}
	f.description = strbuf_str(&words);
	frame_begin(out, &f);
	standing_write(out, &f, v, newest);
	facts_changes(out, &f, v, 0, "Changes");
	history(out, &f, v);
	compare_form(out, &f, v);
	headlines(out, v);
	elsewhere(out, &f, v);
	frame_end(out, &f);
	strbuf_release(&words);
}

static const char *
element(enum block_kind kind)
{
	static const char *const names[] = { [BLOCK_H2] = "h2",
		[BLOCK_H3] = "h3", [BLOCK_H4] = "h4", [BLOCK_H5] = "h5",
		[BLOCK_H6] = "h6", [BLOCK_LI] = "li",
		[BLOCK_QUOTE] = "blockquote", [BLOCK_PRE] = "pre",
		[BLOCK_CREDIT] = "p" };

	return names[kind] ? names[kind] : "p";
}

static bool
has_class(enum block_kind kind)
{
	return kind == BLOCK_ROW || kind == BLOCK_EMBED ||
		kind == BLOCK_CORRECTION || kind == BLOCK_CREDIT;
}

static void
story(struct strbuf *out, const struct document *doc)
{
	for (size_t i = 0; i < doc->blocks_count; i++) {
		const struct block *b = &doc->blocks[i];
		bool item = b->kind == BLOCK_LI;

		if (item && (i == 0 || doc->blocks[i - 1].kind != BLOCK_LI))
			markup_add(out, "<ul>\n");
		strbuf_addf(out, "<%s", element(b->kind));
		if (has_class(b->kind))
			markup_attr(out, "class", block_kind_name(b->kind));
		markup_add(out, " dir=\"auto\">");
		markup_text(out, b->text);
		strbuf_addf(out, "</%s>\n", element(b->kind));
		if (item && (i + 1 == doc->blocks_count ||
				    doc->blocks[i + 1].kind != BLOCK_LI))
			markup_add(out, "</ul>\n");
	}
}

static void
version_steps(struct strbuf *out, const struct frame *f, const struct view *v,
	size_t n)
{
	struct strbuf path;

	markup_add(out, "<nav aria-label=\"Versions\"><ul class=\"pages\">\n"
		"<li>");
	if (n > 0)
		facts_version_link(out, f, v, view_text(v, n - 1),
			"← Version ");
	else
		markup_add(out, "<span>First version</span>");
	strbuf_addf(out, "</li>\n<li><span aria-current=\"page\">Version %lld"
		"</span></li>\n<li>", (long long)view_text(v, n)->number);
	if (n + 1 < v->texts_count)
		facts_version_link(out, f, v, view_text(v, n + 1),
			"Version ");
	else
		markup_add(out, "<span>Newest version</span>");
	markup_add(out, "</li>\n");
	if (n > 0) {
		strbuf_init(&path, 4096);
		names_diff(&path, v->stem, view_text(v, n - 1),
			view_text(v, n));
		markup_add(out, "<li><a");
		frame_href(out, f, strbuf_str(&path));
		strbuf_addf(out, ">What version %lld changed</a></li>\n",
			(long long)view_text(v, n)->number);
		strbuf_release(&path);
	}
	markup_add(out, "</ul></nav>\n");
}

static void
version_text(struct strbuf *out, const struct document *doc)
{
	markup_add(out, "<article class=\"story\" data-pagefind-body");
	frame_lang(out, doc->lang, false);
	markup_add(out, ">\n");
	if (doc->summary.len > 0) {
		markup_add(out, "<p class=\"summary\" dir=\"auto\">");
		markup_text(out, doc->summary);
		markup_add(out, "</p>\n");
	}
	if (doc->byline.len > 0) {
		markup_add(out, "<p class=\"credit\" dir=\"auto\">");
		markup_text(out, doc->byline);
		markup_add(out, "</p>\n");
	}
	story(out, doc);
	markup_add(out, "</article>\n");
}

void
pages_version(struct strbuf *out, const struct site_options *site,
	const struct view *v, size_t n, const struct document *doc)
{
	const struct index_version *version = view_text(v, n);
	char hex[GITOID_HEX_BYTES];
	struct strbuf path, words, about;
	struct frame f;

	strbuf_init(&path, 4096);
	strbuf_init(&words, 64 << 10);
	names_version(&path, v->stem, version);
	facts_frame(&f, site, v, path.ptr);
	strbuf_addf(&words, "Version %lld: ", (long long)version->number);
	strbuf_adds(&words, facts_title(doc, v));
	f.title = strbuf_str(&words);
	f.memento_s = version->fetched_s;
	strbuf_init(&about, 4096);
	strbuf_addf(&about, "Version %lld of %zu, as seen on ",
		(long long)version->number, v->texts_count);
	phrase_plain_time(&about, version->fetched_s);
	f.description = strbuf_str(&about);
	frame_begin(out, &f);
	strbuf_addf(out, "<p class=\"kicker\">Version %lld of %zu, as seen on ",
		(long long)version->number, v->texts_count);
	phrase_time(out, version->fetched_s);
	markup_add(out, "</p>\n");
	standing_write(out, &f, v, doc);
	version_steps(out, &f, v, n);
	version_text(out, doc);
	strbuf_addf(out, "<p class=\"source\">In the archive’s git repository: "
		"<code>git show %s</code></p>\n",
		gitoid_hex(hex, &version->commit));
	frame_end(out, &f);
	strbuf_release(&path);
	strbuf_release(&words);
	strbuf_release(&about);
}

void
pages_moved(struct strbuf *out, const struct site_options *site,
	const char *path, struct str target)
{
	struct frame f = { .site = site, .path = path, .title = STR("Moved"),
		.moved_to = target };

	frame_begin(out, &f);
	markup_add(out, "<h1>This page has moved</h1>\n<p>The address of the "
		"article changed, and its history went with it: <a");
	frame_href(out, &f, target);
	markup_add(out, ">go to the page at its new address</a>.</p>\n");
	frame_end(out, &f);
}

void
pages_renamed(struct strbuf *out, const struct site_options *site,
	const char *path, struct str target)
{
	struct frame f = { .site = site, .path = path, .title = STR("Moved"),
		.moved_to = target };

	frame_begin(out, &f);
	markup_add(out, "<h1>This page has a lasting address</h1>\n<p>Versions "
		"are found by the time at which they were seen: <a");
	frame_href(out, &f, target);
	markup_add(out, ">go to the page at that address</a>.</p>\n");
	frame_end(out, &f);
}

void
pages_hidden(struct strbuf *out, const struct site_options *site,
	const char *path)
{
	struct frame f = { .site = site, .path = path, .title = STR("Gone") };

	frame_begin(out, &f);
	markup_add(out, "<h1>410 – this article is not shown here</h1>\n"
		"<p>The keeper of this archive has taken it out of these "
		"pages.</p>\n");
	frame_end(out, &f);
}
