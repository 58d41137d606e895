#include "common/page/facts.h"

#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/phrase.h"

void
facts_frame(struct frame *out, const struct site_options *site,
	const struct view *v, const char *path)
{
	*out = (struct frame){ .site = site, .path = path,
		.original = v->address, .rss = v->rss, .atom = v->atom,
		.timemap = v->timemap,
		.feed_title = STR("Changes of this article") };
}

struct str
facts_title(const struct document *doc, const struct view *v)
{
	return doc && doc->title.len > 0 ? doc->title :
		v->article.title.len > 0 ? v->article.title : v->article.url;
}

void
facts_version_link(struct strbuf *out, const struct frame *f,
	const struct view *v, const struct index_version *version,
	const char *words)
{
	struct strbuf path;

	strbuf_init(&path, 4096);
	names_version(&path, v->stem, version);
	markup_add(out, "<a");
	frame_href(out, f, strbuf_str(&path));
	strbuf_addf(out, ">%s%lld</a>", words, (long long)version->number);
	strbuf_release(&path);
}

void
facts_reason(struct strbuf *out, struct str reason)
{
	static const struct {
		const char *reason, *words;
	} known[] = {
		{ "gone", "the publisher answered that it is gone (410)" },
		{ "legal", "it was withheld for legal reasons (451)" },
		{ "not-found", "the page was not found any more (404)" },
		{ "soft-404", "the page said that it was not found" },
		{ "redirect-home", "its address led to the home page" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(reason, str_from(known[i].reason))) {
			markup_add(out, known[i].words);
			return;
		}
	markup_add(out, "it was not there any more");
	if (reason.len == 0)
		return;
	markup_add(out, " (");
	markup_text(out, reason);
	strbuf_addc(out, ')');
}

static void
change_link(struct strbuf *out, const struct frame *f, const struct view *v,
	size_t n, const char *rel, const char *words)
{
	struct strbuf path;

	strbuf_init(&path, 4096);
	names_diff(&path, v->stem, view_text(v, n - 1),
		view_text(v, n));
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
	size_t current, const char *label)
{
	size_t count = v->texts_count - 1;
	bool whole = current == SIZE_MAX, gap = false;

	if (count == 0)
		return;
	current = whole ? 0 : current;
	strbuf_addf(out, "<nav aria-label=\"%s\"><ul class=\"pages\">\n",
		label);
	markup_add(out, "<li class=\"label\">Changes:</li>\n");
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

static void
facts_words(struct strbuf *out, int64_t added, int64_t removed)
{
	if (added + removed == 0) {
		markup_add(out, "no words changed");
		return;
	}
	markup_add(out, "<span class=\"words\">");
	if (added > 0) {
		markup_add(out, "<span class=\"plus\">+");
		phrase_number(out, added);
		markup_add(out, "</span> ");
	}
	if (removed > 0) {
		markup_add(out, "<span class=\"minus\">−");
		phrase_number(out, removed);
		markup_add(out, "</span> ");
	}
	markup_add(out, added + removed == 1 ? "word</span>" : "words</span>");
}

void
facts_size(struct strbuf *out, const struct index_version *version)
{
	facts_words(out, version->words_added, version->words_removed);
}

struct str
facts_class(struct str name)
{
	static const struct {
		const char *name, *words;
	} known[] = {
		{ "moved", "paragraphs moved" },
		{ "dateline", "date line" },
		{ "whitespace", "spacing" },
		{ "boilerplate", "the site’s own text" },
		{ "revert", "back to an earlier text" },
		{ "oscillation", "back and forth" },
		{ "replaced", "another article, or written anew" },
		{ "removed", "articles withdrawn" },
		{ "restored", "articles that came back" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (str_eq(name, str_from(known[i].name)))
			return str_from(known[i].words);
	return name;
}

void
facts_classes(struct strbuf *out, struct str classes)
{
	struct str name;

	if (classes.len == 0)
		return;
	markup_add(out, "<ul class=\"tags\" aria-label=\"Kinds of change\">\n");
	while (str_field(&name, &classes, ',')) {
		markup_add(out, "<li>");
		markup_text(out, facts_class(str_trim(name)));
		markup_add(out, "</li>\n");
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
		[RECEIPT_TECHNICAL] = "same page, read anew" };
	size_t i = (size_t)event->event;

	return i < sizeof(words) / sizeof(words[0]) && words[i] ? words[i] :
		"recorded";
}
