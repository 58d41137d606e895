#include "cmd/diff/diff.h"

#include "common/base/isotime.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

/* What a stretch of the view is; its colour, and its marks without colour. */
enum style { PLAIN, STRONG, FAINT, REMOVED, ADDED, MOVED };

static const struct {
	const char *on;             /* select graphic rendition */
	const char *open, *close;   /* round changed words, without colour */
} styles[] = {
	[PLAIN] = { "", "", "" },
	[STRONG] = { "\033[1m", "", "" },
	[FAINT] = { "\033[2m", "", "" },
	[REMOVED] = { "\033[31;9m", "[-", "-]" },
	[ADDED] = { "\033[32;4m", "{+", "+}" },
	[MOVED] = { "\033[36m", "", "" },
};

struct view {
	struct strbuf *out;
	struct diff *d;
	const struct show_how *how;
};

/* Whether a character could hide text or steer the terminal. */
static bool
is_unsafe(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) ||
		(c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
		c == UTF8_BAD;
}

/* Text from the archive: one line, nothing that a terminal would obey. */
static void
put_text(const struct view *v, struct str text)
{
	while (text.len > 0) {
		uint32_t c = utf8_decode(&text);

		if (c == '\n')
			strbuf_adds(v->out, STR(" \xc2\xb6 "));
		else if (c == '\t')
			strbuf_addc(v->out, ' ');
		else
			utf8_add(v->out, is_unsafe(c) ? 0xfffd : c);
	}
}

static void
put_on(const struct view *v, enum style style)
{
	if (v->how->color)
		strbuf_adds(v->out, str_from(styles[style].on));
}

static void
put_off(const struct view *v, enum style style)
{
	if (v->how->color && style != PLAIN)
		strbuf_adds(v->out, STR("\033[0m"));
}

static void
put_styled(const struct view *v, enum style style, struct str text)
{
	put_on(v, style);
	put_text(v, text);
	put_off(v, style);
}

/* A stretch of changed words; the space at its end stays outside the mark. */
static void
put_change(const struct view *v, enum style style, struct str text)
{
	size_t len = text.len;

	while (len > 0 &&
		(text.ptr[len - 1] == ' ' || text.ptr[len - 1] == '\n'))
		len--;
	if (!v->how->color)
		strbuf_adds(v->out, str_from(styles[style].open));
	put_styled(v, style, str_sub(text, 0, len));
	if (!v->how->color)
		strbuf_adds(v->out, str_from(styles[style].close));
	put_text(v, str_sub(text, len, text.len));
}

/*
 * What is equal is shown as it is now; before a deletion as it was, so that a
 * space which belongs to the old word is not lost.
 */
static void
put_spans(const struct view *v, const struct wordsdiff *words,
	enum style equal)
{
	for (size_t i = 0; i < words->count; i++) {
		const struct wordsdiff_span *span = &words->spans[i];
		bool was = i + 1 < words->count &&
			span[1].op == GITDIFF_DELETE;

		if (span->op == GITDIFF_EQUAL)
			put_styled(v, equal, was ? span->left : span->right);
		else if (span->op == GITDIFF_DELETE)
			put_change(v, REMOVED, span->left);
		else
			put_change(v, ADDED, span->right);
	}
	strbuf_addc(v->out, '\n');
}

static void
put_classes(const struct view *v, unsigned classes)
{
	bool first = true;

	for (unsigned class = 1; class < 1u << CHANGE_CLASSES; class <<= 1) {
		if (!(classes & class))
			continue;
		strbuf_addf(v->out, "%s%.*s", first ? "" : ", ",
			STR_ARGS(change_class_name(class)));
		first = false;
	}
}

static void
put_side(const struct view *v, const struct diff_side *side)
{
	char time[ISOTIME_BYTES];

	if (side->version.number == 0)
		strbuf_adds(v->out, STR("nothing"));
	else
		strbuf_addf(v->out, "version %lld of %s",
			(long long)side->version.number,
			isotime_format(time, side->version.fetched_s));
}

static void
put_counts(const struct view *v)
{
	const struct change_verdict *verdict = &v->d->verdict;

	put_on(v, FAINT);
	if (verdict->status == RECEIPT_SAME) {
		strbuf_adds(v->out, STR("no difference"));
	} else {
		put_classes(v, verdict->classes);
		strbuf_addf(v->out, "%s; words: +%zu -%zu",
			change_is_minor(verdict->classes) ? " (minor)" : "",
			verdict->words_added, verdict->words_removed);
	}
	put_off(v, FAINT);
	strbuf_addc(v->out, '\n');
}

/* "withdrawn 2026-05-05T10:00:00Z (gone)" */
static void
put_withdrawn(const struct view *v)
{
	const struct diff *d = v->d;
	char when[ISOTIME_BYTES];

	if (!d->is_withdrawn)
		return;
	isotime_format(when, d->withdrawn.fetched_s);
	strbuf_addf(v->out, "withdrawn %s", when);
	if (d->withdrawn.reason.len > 0) {
		strbuf_adds(v->out, STR(" ("));
		put_text(v, d->withdrawn.reason);
		strbuf_addc(v->out, ')');
	}
	strbuf_addc(v->out, '\n');
}

static void
put_head(const struct view *v)
{
	const struct diff *d = v->d;

	put_styled(v, STRONG, d->right.document.title);
	strbuf_addc(v->out, '\n');
	put_text(v, d->article.url);
	strbuf_addc(v->out, '\n');
	put_side(v, &d->left);
	strbuf_adds(v->out, STR(" -> "));
	put_side(v, &d->right);
	strbuf_addf(v->out, " (%lld in all)\n", (long long)d->article.versions);
	put_withdrawn(v);
	put_counts(v);
	strbuf_addc(v->out, '\n');
}

/* A line "title: ..." for a field of the head that differs. */
static int
put_field(const struct view *v, const char *name, struct str left,
	struct str right, struct err *err)
{
	if (str_eq(left, right))
		return 0;
	if (diff_field(v->d, left, right, err) < 0)
		return -1;
	strbuf_addf(v->out, "%s: ", name);
	put_spans(v, &v->d->words, PLAIN);
	return 0;
}

static int
put_fields(const struct view *v, struct err *err)
{
	const struct document *a = &v->d->left.document;
	const struct document *b = &v->d->right.document;
	size_t before = v->out->len;

	if (put_field(v, "title", a->title, b->title, err) < 0 ||
		put_field(v, "byline", a->byline, b->byline, err) < 0 ||
		put_field(v, "summary", a->summary, b->summary, err) < 0 ||
		put_field(v, "published", a->published, b->published, err) <
			0 ||
		put_field(v, "language", a->lang, b->lang, err) < 0)
		return -1;
	if (v->out->len > before)
		strbuf_addc(v->out, '\n');
	return 0;
}

static const char *
kind_mark(enum block_kind kind)
{
	switch (kind) {
	case BLOCK_H2:
	case BLOCK_H3:
	case BLOCK_H4:
	case BLOCK_H5:
	case BLOCK_H6:
		return "# ";
	case BLOCK_LI:
		return "* ";
	case BLOCK_QUOTE:
		return "> ";
	case BLOCK_ROW:
		return "| ";
	default:
		return "";
	}
}

static void
put_block(const struct view *v, char sign, enum style style,
	const struct block *block)
{
	strbuf_addc(v->out, sign);
	strbuf_addc(v->out, ' ');
	strbuf_adds(v->out, str_from(kind_mark(block->kind)));
	put_styled(v, style, block->text);
	strbuf_addc(v->out, '\n');
}

/* "(moved from paragraph 3)", "(p to h2)", "(2 paragraphs to 1)" */
static void
put_note(const struct view *v, const struct align_row *row)
{
	enum block_kind left = v->d->left.document.blocks[row->left].kind;
	enum block_kind right = v->d->right.document.blocks[row->right].kind;

	if (row->kind == ALIGN_EDITED && left == right &&
		row->left_count == row->right_count)
		return;
	put_on(v, FAINT);
	if (row->kind == ALIGN_MOVED_FROM)
		strbuf_addf(v->out, "(moved to paragraph %zu) ",
			row->right + 1);
	if (row->kind == ALIGN_MOVED_TO)
		strbuf_addf(v->out, "(moved from paragraph %zu) ",
			row->left + 1);
	if (row->left_count > 1 || row->right_count > 1)
		strbuf_addf(v->out, "(%zu to %zu paragraphs) ",
			row->left_count, row->right_count);
	else if (left != right)
		strbuf_addf(v->out, "(%.*s to %.*s) ",
			STR_ARGS(block_kind_name(left)),
			STR_ARGS(block_kind_name(right)));
	put_off(v, FAINT);
}

static int
put_edit(const struct view *v, const struct align_row *row, struct err *err)
{
	if (align_words(v->d->align, row, err) < 0)
		return -1;
	strbuf_adds(v->out,
		row->kind == ALIGN_EDITED ? STR("~ ") : STR("> "));
	put_note(v, row);
	put_spans(v, &v->d->align->words,
		row->kind == ALIGN_EDITED ? PLAIN : MOVED);
	return 0;
}

/* The place that a paragraph left: its start is enough. */
static void
put_departure(const struct view *v, const struct align_row *row)
{
	enum { SHOWN_BYTES = 60 };
	struct str text = v->d->left.document.blocks[row->left].text;
	struct str start = utf8_cut(text, SHOWN_BYTES);

	strbuf_adds(v->out, STR("< "));
	put_note(v, row);
	put_styled(v, MOVED, start);
	strbuf_adds(v->out, start.len < text.len ? STR("...\n") : STR("\n"));
}

static int
put_row(const struct view *v, const struct align_row *row, struct err *err)
{
	const struct block *left = v->d->left.document.blocks + row->left;
	const struct block *right = v->d->right.document.blocks + row->right;

	switch (row->kind) {
	case ALIGN_SAME:
		put_block(v, ' ', PLAIN, right);
		return 0;
	case ALIGN_REMOVED:
		put_block(v, '-', REMOVED, left);
		return 0;
	case ALIGN_ADDED:
		put_block(v, '+', ADDED, right);
		return 0;
	case ALIGN_MOVED_FROM:
		put_departure(v, row);
		return 0;
	case ALIGN_EDITED:
	case ALIGN_MOVED_TO:
		break;
	}
	return put_edit(v, row, err);
}

/* Whether an unchanged row is within the context of a changed one. */
static bool
is_near_change(const struct view *v, size_t at)
{
	const struct align *a = v->d->align;
	size_t from = at > v->how->context ? at - v->how->context : 0;

	for (size_t i = from; i < a->count && i <= at + v->how->context; i++)
		if (a->rows[i].kind != ALIGN_SAME)
			return true;
	return false;
}

static void
put_folded(const struct view *v, size_t count)
{
	if (count == 0)
		return;
	put_on(v, FAINT);
	strbuf_addf(v->out, "  ... %zu paragraph%s unchanged", count,
		count == 1 ? "" : "s");
	put_off(v, FAINT);
	strbuf_addc(v->out, '\n');
}

static int
put_rows(const struct view *v, struct err *err)
{
	const struct align *a = v->d->align;
	size_t folded = 0;

	for (size_t i = 0; i < a->count; i++) {
		if (!v->how->all && a->rows[i].kind == ALIGN_SAME &&
			!is_near_change(v, i)) {
			folded++;
			continue;
		}
		put_folded(v, folded);
		folded = 0;
		if (put_row(v, &a->rows[i], err) < 0)
			return -1;
	}
	put_folded(v, folded);
	return 0;
}

int
show_text(struct strbuf *out, struct diff *d, const struct show_how *how,
	struct err *err)
{
	struct view v = { out, d, how };

	put_head(&v);
	if (put_fields(&v, err) < 0 || put_rows(&v, err) < 0)
		return -1;
	return strbuf_overflowed(out) ?
		err_set(err, "the difference is too large to show") :
		0;
}
