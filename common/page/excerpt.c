#include "common/page/excerpt.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/page/markup.h"
#include "common/page/rowsimpl.h"

bool
excerpt_rewritten(const struct wordsdiff *words)
{
	size_t equal = 0, changed = words->added > words->removed ?
		words->added : words->removed;

	for (size_t i = 0; i < words->count; i++)
		if (words->spans[i].op == GITDIFF_EQUAL)
			equal += words->spans[i].words;
	return changed > 2 && 2 * equal < changed;
}

/* --- the place --- */

static int
compare(struct excerpt *e, struct rows *r, enum excerpt_part part,
	struct str before, struct str after, struct err *err)
{
	if (wordsdiff_run(&r->words, r->differ, before, after, err) < 0)
		return -1;
	*e = (struct excerpt){ .part = part, .before = before,
		.after = after };
	if (before.len > 0 && after.len > 0 && !excerpt_rewritten(&r->words))
		e->words = &r->words;
	return 1;
}

/* How much a span tells: a number more than a quote, that more than a name. */
static int
worth(struct str text)
{
	int most = 1;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];

		if (ascii_digit((char)c))
			return 4;
		if (c == '"' || c == 0xab || (c == 0x80 && i > 0 &&
				(unsigned char)text.ptr[i - 1] == 0xe2))
			most = most > 3 ? most : 3;
		else if (ascii_upper((char)c) && most < 2)
			most = 2;
	}
	return most;
}

static int
row_worth(int *out, struct rows *r, const struct align_row *row,
	struct err *err)
{
	*out = 0;
	if (row->kind == ALIGN_ADDED || row->kind == ALIGN_REMOVED) {
		*out = 1;
		return 0;
	}
	if (row->kind != ALIGN_EDITED && row->kind != ALIGN_MOVED_TO)
		return 0;
	if (align_words(r->align, row, err) < 0)
		return -1;
	for (size_t i = 0; i < r->align->words.count; i++) {
		const struct wordsdiff_span *s = &r->align->words.spans[i];
		int here = s->op == GITDIFF_EQUAL ? 0 : 2 + worth(s->op ==
			GITDIFF_DELETE ? s->left : s->right);

		if (here > *out)
			*out = here;
	}
	return 0;
}

static struct str
block_text(const struct document *doc, size_t i, size_t count)
{
	return count > 0 ? doc->blocks[i].text : STR("");
}

static int
take_row(struct excerpt *e, struct rows *r, const struct align_row *row,
	struct err *err)
{
	struct str before = block_text(r->left, row->left, row->left_count);
	struct str after = block_text(r->right, row->right, row->right_count);

	if (row->kind == ALIGN_ADDED || row->kind == ALIGN_REMOVED) {
		*e = (struct excerpt){ .part = row->kind == ALIGN_ADDED ?
			EXCERPT_ADDED : EXCERPT_REMOVED, .before = before,
			.after = after };
		return 1;
	}
	return compare(e, r, EXCERPT_PARAGRAPH, before, after, err);
}

static int
best_row(struct excerpt *e, struct rows *r, struct err *err)
{
	const struct align *a = r->align;
	const struct align_row *best = NULL, *moved = NULL;
	int most = 0, here;

	for (size_t i = 0; i < a->count; i++) {
		if (row_worth(&here, r, &a->rows[i], err) < 0)
			return -1;
		if (here > most) {
			most = here;
			best = &a->rows[i];
		}
		if (a->rows[i].kind == ALIGN_MOVED_TO && !moved)
			moved = &a->rows[i];
	}
	if (best)
		return take_row(e, r, best, err);
	if (!moved)
		return 0;
	*e = (struct excerpt){ .part = EXCERPT_MOVED,
		.before = block_text(r->left, moved->left, moved->left_count),
		.after = block_text(r->right, moved->right,
			moved->right_count) };
	return 1;
}

int
excerpt_find(struct excerpt *out, struct rows *r, struct err *err)
{
	const struct document *l = r->left, *n = r->right;
	int got;

	if (!str_eq(l->title, n->title))
		return compare(out, r, EXCERPT_HEADLINE, l->title, n->title,
			err);
	got = best_row(out, r, err);
	if (got != 0)
		return got;
	if (!str_eq(l->summary, n->summary))
		return compare(out, r, EXCERPT_SUMMARY, l->summary, n->summary,
			err);
	if (!str_eq(l->byline, n->byline))
		return compare(out, r, EXCERPT_BYLINE, l->byline, n->byline,
			err);
	return 0;
}

const char *
excerpt_name(enum excerpt_part part)
{
	static const char *const names[] = { [EXCERPT_HEADLINE] = "Headline",
		[EXCERPT_BYLINE] = "Byline", [EXCERPT_SUMMARY] = "Summary",
		[EXCERPT_PARAGRAPH] = "Paragraph",
		[EXCERPT_ADDED] = "Paragraph put in",
		[EXCERPT_REMOVED] = "Paragraph taken out",
		[EXCERPT_MOVED] = "Paragraph moved" };

	return names[part];
}

/* --- one side of it --- */

/* The part of a side that is shown: bytes [from, to). */
struct window {
	size_t from, to;
};

/* Where the marks of a side are; an empty stretch where the other side alone
 * has something. */
static struct window
marks_of(const struct excerpt *e, bool after, size_t len)
{
	struct window w = { len, 0 };
	size_t at = 0;

	for (size_t i = 0; i < e->words->count; i++) {
		const struct wordsdiff_span *s = &e->words->spans[i];
		size_t n = after ? s->right.len : s->left.len;

		if (s->op != GITDIFF_EQUAL) {
			w.from = at < w.from ? at : w.from;
			w.to = at + n;
		}
		at += n;
	}
	return w;
}

/* The next beginning of a word at or after `at`, near it; else of a
 * character. */
static size_t
word_from(struct str text, size_t at)
{
	while (at < text.len && (text.ptr[at] & 0xc0) == 0x80)
		at++;
	for (size_t i = at; i < text.len && i < at + 24; i++)
		if (i > 0 && ascii_space(text.ptr[i - 1]))
			return i;
	return at;
}

/* The end of the last word before `at`, near it. */
static size_t
word_to(struct str text, size_t at, size_t least)
{
	if (at >= text.len)
		return text.len;
	while (at > least && (text.ptr[at] & 0xc0) == 0x80)
		at--;
	for (size_t i = at; i > least && i + 24 > at; i--)
		if (ascii_space(text.ptr[i]))
			return i;
	return at;
}

static struct window
window_of(const struct excerpt *e, bool after, struct str text, size_t most)
{
	struct window w = { 0, text.len };
	size_t lead, start;

	if (text.len <= most)
		return w;
	start = e->words ? marks_of(e, after, text.len).from : 0;
	lead = most / 3;
	if (start > lead)
		w.from = word_from(text, start - lead);
	if (w.from + most < text.len)
		w.to = word_to(text, w.from + most, w.from + most / 2);
	else if (text.len - most < w.from)
		w.from = word_from(text, text.len - most);
	return w;
}

void
excerpt_side(const struct excerpt *e, bool after, size_t most,
	void (*put)(void *context, struct str text, bool marked),
	void *context)
{
	struct str text = after ? e->after : e->before;
	struct window w = window_of(e, after, text, most);
	size_t at = 0;

	if (w.from > 0)
		put(context, STR("… "), false);
	for (size_t i = 0; e->words && i < e->words->count; i++) {
		const struct wordsdiff_span *s = &e->words->spans[i];
		struct str span = after ? s->right : s->left;
		size_t from = at < w.from ? w.from : at;
		size_t to = at + span.len > w.to ? w.to : at + span.len;

		if (from < to)
			put(context, str_sub(span, from - at, to - from),
				s->op != GITDIFF_EQUAL);
		at += span.len;
	}
	if (!e->words && w.to > w.from)
		put(context, str_sub(text, w.from, w.to - w.from), true);
	if (w.to < text.len)
		put(context, STR(" …"), false);
}

struct html {
	struct strbuf *out;
	const char *mark;
};

static void
put_html(void *context, struct str text, bool marked)
{
	const struct html *h = context;
	size_t len = text.len;

	while (marked && len > 0 && ascii_space(text.ptr[len - 1]))
		len--;
	if (marked && len > 0)
		strbuf_addf(h->out, "<%s>", h->mark);
	markup_text(h->out, str_sub(text, 0, len));
	if (marked && len > 0)
		strbuf_addf(h->out, "</%s>", h->mark);
	markup_text(h->out, str_sub(text, len, text.len));
}

void
excerpt_html(struct strbuf *out, const struct excerpt *e)
{
	struct html before = { out, "del" }, after = { out, "ins" };

	if (e->before.len > 0 && e->part != EXCERPT_MOVED) {
		markup_add(out, "<bdi>");
		excerpt_side(e, false, EXCERPT_LINE, put_html, &before);
		markup_add(out, "</bdi>");
	}
	if (e->before.len > 0 && e->after.len > 0 && e->part != EXCERPT_MOVED)
		markup_add(out, " <span aria-label=\"became\">→</span> ");
	if (e->after.len > 0) {
		markup_add(out, "<bdi>");
		excerpt_side(e, true, EXCERPT_LINE, put_html, &after);
		markup_add(out, "</bdi>");
	}
}

static void
put_text(void *context, struct str text, bool marked)
{
	struct strbuf *out = context;

	(void)marked;
	for (size_t i = 0; i < text.len; i++)
		strbuf_addc(out, ascii_control(text.ptr[i]) ? ' ' :
			text.ptr[i]);
}

void
excerpt_text(struct strbuf *out, const struct excerpt *e)
{
	if (e->before.len > 0) {
		strbuf_adds(out, STR("Before: "));
		excerpt_side(e, false, EXCERPT_TEXT, put_text, out);
	}
	if (e->before.len > 0 && e->after.len > 0)
		strbuf_addc(out, ' ');
	if (e->after.len > 0) {
		strbuf_adds(out, STR("After: "));
		excerpt_side(e, true, EXCERPT_TEXT, put_text, out);
	}
}
