#include "common/page/pages.h"

#include "common/page/excerpt.h"
#include "common/page/facts.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/phrase.h"
#include "common/page/standing.h"

static void
column(struct strbuf *out, const struct frame *f, const struct view *v,
	size_t n, const struct index_version *other)
{
	const struct index_version *version = view_text(v, n);
	struct strbuf path;

	strbuf_init(&path, 4096);
	names_version(&path, v->stem, version);
	markup_add(out, "<th scope=\"col\"><a");
	frame_href(out, f, strbuf_str(&path));
	strbuf_addf(out, ">Version %lld</a> <span class=\"dim\">",
		(long long)version->number);
	phrase_time(out, version->fetched_s);
	if (other) {
		markup_add(out, " (");
		phrase_later(out, other->fetched_s, version->fetched_s);
		strbuf_addc(out, ')');
	}
	markup_add(out, "</span></th>\n");
	strbuf_release(&path);
}

/* "2 paragraphs changed", then ", 1 added". */
static void
paragraphs(struct strbuf *out, size_t n, const char *what)
{
	if (n == 0)
		return;
	if (out->len > 0) {
		strbuf_adds(out, STR(", "));
		phrase_number(out, (int64_t)n);
	} else {
		phrase_count(out, (int64_t)n, "paragraph", "paragraphs");
	}
	strbuf_addf(out, " %s", what);
}

/* One line on what the reader is about to see. */
static void
summary(struct strbuf *out, const struct index_version *change,
	const struct rows *rows)
{
	struct rows_counts n = rows_count(rows);
	struct strbuf first, words;

	markup_add(out, "<p class=\"dim size\">");
	facts_size(out, change);
	markup_add(out, " · ");
	strbuf_init(&words, 256);
	paragraphs(&words, n.changed, "changed");
	paragraphs(&words, n.added, "added");
	paragraphs(&words, n.removed, "removed");
	paragraphs(&words, n.moved, "moved");
	if (words.len == 0) {
		markup_add(out, "no paragraph changed");
	} else {
		strbuf_init(&first, 64);
		rows_first_change(&first, rows);
		strbuf_adds(out, strbuf_str(&words));
		strbuf_addf(out, " · <a href=\"#%s\">first change</a>",
			first.ptr);
		strbuf_release(&first);
	}
	strbuf_release(&words);
	markup_add(out, "</p>\n");
	facts_classes(out, change->classes);
}

static void
title(struct strbuf *out, const struct view *v, size_t left, size_t right,
	const struct document *doc)
{
	strbuf_addf(out, "Version %lld (",
		(long long)view_text(v, left)->number);
	phrase_plain_time(out, view_text(v, left)->fetched_s);
	strbuf_addf(out, ") and %lld (",
		(long long)view_text(v, right)->number);
	phrase_plain_time(out, view_text(v, right)->fetched_s);
	strbuf_adds(out, STR("): "));
	strbuf_adds(out, facts_title(doc, v));
}

/* The frame's links to the neighbours in the series of changes. */
static void
neighbours(struct frame *f, const struct view *v, size_t left, size_t right,
	struct strbuf *previous, struct strbuf *next)
{
	strbuf_init(previous, 4096);
	strbuf_init(next, 4096);
	if (right != left + 1)
		return;
	if (left > 0)
		names_diff(previous, v->stem, view_text(v, left - 1),
			view_text(v, left));
	if (right + 1 < v->texts_count)
		names_diff(next, v->stem, view_text(v, right),
			view_text(v, right + 1));
	f->previous = strbuf_str(previous);
	f->next = strbuf_str(next);
}

/* What a link to the page shows where it is shared: the change itself. A
 * folder of files has pictures of neighbours alone. */
static int
share(struct frame *f, const struct view *v, size_t left, size_t right,
	struct rows *rows, struct strbuf *text, struct strbuf *image,
	struct err *err)
{
	struct excerpt e;
	int got = excerpt_find(&e, rows, err);

	strbuf_init(text, 64 << 10);
	strbuf_init(image, 4096);
	if (got <= 0)
		return got;
	excerpt_text(text, &e);
	f->description = f->image_text = strbuf_str(text);
	if (f->site->cards && right != left + 1)
		return 0;
	names_diff(image, v->stem, view_text(v, left), view_text(v, right));
	strbuf_cut(image, image->len - sizeof("html") + 1);
	strbuf_adds(image, STR("png"));
	f->image = strbuf_str(image);
	return 0;
}

static int
table(struct strbuf *out, const struct frame *f, const struct view *v,
	size_t left, size_t right, const struct document *doc,
	struct rows *rows, struct err *err)
{
	int failed;

	markup_add(out, "<table class=\"diff\">\n<thead><tr>\n");
	column(out, f, v, left, NULL);
	column(out, f, v, right, view_text(v, left));
	markup_add(out, "</tr></thead>\n<tbody");
	frame_lang(out, doc->lang, false);
	markup_add(out, ">\n");
	failed = rows_side_by_side(out, rows, err);
	markup_add(out, "</tbody>\n</table>\n");
	return failed;
}

int
pages_diff(struct strbuf *out, const struct site_options *site,
	const struct view *v, const char *path, size_t left, size_t right,
	const struct document *doc, const struct index_version *change,
	struct rows *rows, struct err *err)
{
	size_t current = right == left + 1 ? right : SIZE_MAX;
	struct strbuf words, previous, next, text, image;
	struct frame f;
	int failed;

	facts_frame(&f, site, v, path);
	neighbours(&f, v, left, right, &previous, &next);
	strbuf_init(&words, 64 << 10);
	title(&words, v, left, right, doc);
	f.title = strbuf_str(&words);
	failed = share(&f, v, left, right, rows, &text, &image, err);
	frame_begin(out, &f);
	standing_write(out, &f, v, doc);
	facts_changes(out, &f, v, current, "Changes");
	summary(out, change, rows);
	if (!failed)
		failed = table(out, &f, v, left, right, doc, rows, err);
	facts_changes(out, &f, v, current, "Changes, after the text");
	frame_end(out, &f);
	strbuf_release(&words);
	strbuf_release(&previous);
	strbuf_release(&next);
	strbuf_release(&text);
	strbuf_release(&image);
	return failed;
}
