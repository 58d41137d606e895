#include "common/page/rows.h"

#include <stdbool.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "common/page/excerpt.h"
#include "common/page/markup.h"
#include "common/page/rowsimpl.h"
#include "common/page/rowtext.h"

struct rows *
rows_new(void)
{
	struct rows *r = xcalloc(1, sizeof(*r));

	r->align = align_new();
	r->differ = gitdiff_new();
	wordsdiff_init(&r->words);
	return r;
}

void
rows_free(struct rows *r)
{
	if (!r)
		return;
	align_free(r->align);
	wordsdiff_release(&r->words);
	gitdiff_free(r->differ);
	free(r->from);
	free(r->to);
	free(r);
}

/* Notes where the moved paragraphs left and where they came to. */
static void
find_moves(struct rows *r)
{
	size_t need = r->left->blocks_count + 1;

	if (need > r->cap) {
		r->from = xreallocarray(r->from, need, sizeof(*r->from));
		r->to = xreallocarray(r->to, need, sizeof(*r->to));
		r->cap = need;
	}
	for (size_t i = 0; i < r->align->count; i++) {
		const struct align_row *row = &r->align->rows[i];

		if (row->kind == ALIGN_MOVED_FROM && row->left < need)
			r->from[row->left] = i;
		if (row->kind == ALIGN_MOVED_TO && row->left < need)
			r->to[row->left] = i;
	}
}

int
rows_compare(struct rows *r, const struct document *left,
	const struct document *right, struct err *err)
{
	r->left = left;
	r->right = right;
	if (align_blocks(r->align, left->blocks, left->blocks_count,
		    right->blocks, right->blocks_count, err) < 0)
		return -1;
	find_moves(r);
	return 0;
}

int
rows_judge(struct change_verdict *out, struct rows *r, struct change *judge,
	struct str source, struct err *err)
{
	const struct change_input in = { .previous = r->left,
		.next = r->right, .source = source };

	return change_judge_aligned(out, judge, r->align, &in, err);
}

struct rows_counts
rows_count(const struct rows *r)
{
	struct rows_counts n = { 0 };

	for (size_t i = 0; i < r->align->count; i++)
		switch (r->align->rows[i].kind) {
		case ALIGN_EDITED:
			n.changed++;
			break;
		case ALIGN_ADDED:
			n.added += r->align->rows[i].right_count;
			break;
		case ALIGN_REMOVED:
			n.removed += r->align->rows[i].left_count;
			break;
		case ALIGN_MOVED_TO:
			n.moved++;
			break;
		case ALIGN_SAME:
		case ALIGN_MOVED_FROM:
			break;
		}
	return n;
}

void
rows_first_change(struct strbuf *out, const struct rows *r)
{
	for (size_t i = 0; i < r->align->count; i++)
		if (r->align->rows[i].kind != ALIGN_SAME) {
			strbuf_addf(out, "p%zu", i + 1);
			return;
		}
}

/* --- side by side --- */

static void
begin_row(struct strbuf *out, const char *class, size_t i)
{
	strbuf_addf(out, "<tr class=\"%s\" id=\"p%zu\">", class, i + 1);
}

static void
empty_cell(struct strbuf *out)
{
	markup_add(out, "<td class=\"none\"></td>");
}

/* The sign of a cell, which is also the link to the row, with the words for
 * those who hear the page. */
static void
sign(struct strbuf *out, const char *mark, const char *spoken, size_t i)
{
	strbuf_addf(out, "<a class=\"sign\" href=\"#p%zu\" "
		"aria-hidden=\"true\" tabindex=\"-1\">%s</a>"
		"<span class=\"sr\">%s </span>", i + 1, mark, spoken);
}

static void
begin_cell(struct strbuf *out, const char *class, const char *mark,
	const char *spoken, size_t i)
{
	strbuf_addf(out, "<td class=\"%s\">", class);
	sign(out, mark, spoken, i);
}

static void
end_cell(struct strbuf *out)
{
	markup_add(out, "</td>");
}

static void
same_row(struct strbuf *out, const struct rows *r, size_t i)
{
	const struct align_row *row = &r->align->rows[i];

	begin_row(out, "same", i);
	markup_add(out, "<td>");
	rowtext_blocks(out, &r->left->blocks[row->left], row->left_count, NULL);
	markup_add(out, "</td><td>");
	rowtext_blocks(out, &r->right->blocks[row->right], row->right_count,
		NULL);
	markup_add(out, "</td></tr>\n");
}

static void
left_cell(struct strbuf *out, const struct rows *r, size_t i,
	const char *class, const char *mark, const char *spoken)
{
	const struct align_row *row = &r->align->rows[i];

	begin_cell(out, class, mark, spoken, i);
	rowtext_left(out, &r->left->blocks[row->left], row->left_count,
		&r->align->words);
	end_cell(out);
}

static void
right_cell(struct strbuf *out, const struct rows *r, size_t i,
	const char *class, const char *mark, const char *spoken)
{
	const struct align_row *row = &r->align->rows[i];

	begin_cell(out, class, mark, spoken, i);
	rowtext_right(out, &r->right->blocks[row->right], row->right_count,
		&r->align->words);
	end_cell(out);
}

static void
edited_row(struct strbuf *out, const struct rows *r, size_t i)
{
	begin_row(out, "edit", i);
	left_cell(out, r, i, "old", "−", "Old text:");
	right_cell(out, r, i, "new", "+", "New text:");
	markup_add(out, "</tr>\n");
}

static void
removed_row(struct strbuf *out, const struct rows *r, size_t i)
{
	const struct align_row *row = &r->align->rows[i];

	begin_row(out, "gone", i);
	begin_cell(out, "old", "−", "Removed:", i);
	rowtext_blocks(out, &r->left->blocks[row->left], row->left_count,
		"del");
	end_cell(out);
	empty_cell(out);
	markup_add(out, "</tr>\n");
}

static void
added_row(struct strbuf *out, const struct rows *r, size_t i)
{
	const struct align_row *row = &r->align->rows[i];

	begin_row(out, "come", i);
	empty_cell(out);
	begin_cell(out, "new", "+", "Added:", i);
	rowtext_blocks(out, &r->right->blocks[row->right], row->right_count,
		"ins");
	end_cell(out);
	markup_add(out, "</tr>\n");
}

/* Whether a row has text of one side alone that did not move. */
static bool
one_sided(const struct align_row *row)
{
	return row->kind == ALIGN_REMOVED || row->kind == ALIGN_ADDED;
}

/* The paragraphs of [from, to) that are of one kind, in one cell. */
static void
swap_cell(struct strbuf *out, const struct rows *r, size_t from, size_t to,
	bool added)
{
	markup_add(out, "<td>");
	for (size_t i = from; i < to; i++) {
		const struct align_row *row = &r->align->rows[i];

		if ((row->kind == ALIGN_ADDED) != added)
			continue;
		strbuf_addf(out, "<div class=\"%s\" id=\"p%zu\">",
			added ? "come new" : "gone old", i + 1);
		sign(out, added ? "+" : "−", added ? "Added:" : "Removed:", i);
		if (added)
			rowtext_blocks(out, &r->right->blocks[row->right],
				row->right_count, "ins");
		else
			rowtext_blocks(out, &r->left->blocks[row->left],
				row->left_count, "del");
		markup_add(out, "</div>\n");
	}
	end_cell(out);
}

/*
 * What was taken out and what was put in its place, where no paragraph of the
 * one resembles any of the other: a row for the whole of it, so that a
 * rewritten article is as long as its longer text and not as both.
 */
static void
swap_row(struct strbuf *out, const struct rows *r, size_t from, size_t to)
{
	markup_add(out, "<tr class=\"swap\">");
	swap_cell(out, r, from, to, false);
	swap_cell(out, r, from, to, true);
	markup_add(out, "</tr>\n");
}

/* Where a run of one-sided rows from i on ends; 0 when a side has none. */
static size_t
swap_end(const struct rows *r, size_t i)
{
	const struct align *a = r->align;
	bool removed = false, added = false;

	while (i < a->count && one_sided(&a->rows[i])) {
		removed = removed || a->rows[i].kind == ALIGN_REMOVED;
		added = added || a->rows[i].kind == ALIGN_ADDED;
		i++;
	}
	return removed && added ? i : 0;
}

static void
moved_row(struct strbuf *out, const struct rows *r, size_t i)
{
	const struct align_row *row = &r->align->rows[i];
	size_t from = r->from[row->left], to = r->to[row->left];

	begin_row(out, "moved", i);
	if (row->kind == ALIGN_MOVED_FROM) {
		left_cell(out, r, i, "was", to > i ? "↓" : "↑", "Moved away:");
		strbuf_addf(out, "<td class=\"none\"><a class=\"to\" "
			"href=\"#p%zu\">Moved %s</a></td>", to + 1,
			to > i ? "down ↓" : "up ↑");
	} else {
		strbuf_addf(out, "<td class=\"none\"><a class=\"to\" "
			"href=\"#p%zu\">Moved here from %s</a></td>", from + 1,
			from < i ? "above ↑" : "below ↓");
		right_cell(out, r, i, "now", from < i ? "↑" : "↓",
			"Moved here:");
	}
	markup_add(out, "</tr>\n");
}

static int
changed_row(struct strbuf *out, struct rows *r, size_t i, struct err *err)
{
	const struct align_row *row = &r->align->rows[i];

	if (row->kind == ALIGN_REMOVED)
		removed_row(out, r, i);
	else if (row->kind == ALIGN_ADDED)
		added_row(out, r, i);
	else if (align_words(r->align, row, err) < 0)
		return -1;
	else if (row->kind == ALIGN_EDITED)
		edited_row(out, r, i);
	else
		moved_row(out, r, i);
	return 0;
}

/* Unchanged rows [from, to): all text of them once, folded. */
static void
fold(struct strbuf *out, const struct rows *r, size_t from, size_t to)
{
	strbuf_addf(out, "<tr class=\"fold\"><td colspan=\"2\"><details>"
		"<summary>%zu unchanged paragraphs</summary>"
		"<div class=\"text\">\n", to - from);
	for (size_t i = from; i < to; i++) {
		const struct align_row *row = &r->align->rows[i];

		strbuf_addf(out, "<div id=\"p%zu\">", i + 1);
		rowtext_blocks(out, &r->right->blocks[row->right],
			row->right_count, NULL);
		markup_add(out, "</div>\n");
	}
	markup_add(out, "</div></details></td></tr>\n");
}

/*
 * A run of unchanged rows [from, to): one row of context beside each change,
 * the others folded.
 */
static void
same_run(struct strbuf *out, const struct rows *r, size_t from, size_t to)
{
	size_t first = from > 0 ? from + 1 : from;
	size_t last = to < r->align->count ? to - 1 : to;

	if (first > last || last - first < ROWS_FOLD_MIN)
		first = last = to;
	for (size_t i = from; i < first; i++)
		same_row(out, r, i);
	if (first < last)
		fold(out, r, first, last);
	for (size_t i = last; i < to; i++)
		same_row(out, r, i);
}

/* Opens a cell of headline, byline or summary. */
static void
part_cell(struct strbuf *out, const char *class, const char *sign,
	const char *spoken, size_t len)
{
	if (len == 0)
		markup_add(out, "<td class=\"none\">");
	else if (!class)
		markup_add(out, "<td>");
	else
		strbuf_addf(out, "<td class=\"%s\"><span class=\"sign\" "
			"aria-hidden=\"true\">%s</span><span class=\"sr\">%s: "
			"</span>", class, sign, spoken);
}

/* Headline, byline or summary: a row without a number. */
static int
part_row(struct strbuf *out, struct rows *r, const char *class,
	struct str left, struct str right, struct err *err)
{
	struct block l = { BLOCK_P, left }, n = { BLOCK_P, right };
	bool same = str_eq(left, right), whole;

	if (left.len + right.len == 0)
		return 0;
	if (wordsdiff_run(&r->words, r->differ, left, right, err) < 0)
		return -1;
	strbuf_addf(out, "<tr class=\"part %s%s\">", class,
		same ? " same" : "");
	part_cell(out, same ? NULL : "old", "−", "Old", left.len);
	whole = !same && excerpt_rewritten(&r->words);
	if (left.len && whole)
		rowtext_blocks(out, &l, 1, "del");
	else if (left.len)
		rowtext_left(out, &l, 1, &r->words);
	markup_add(out, "</td>");
	part_cell(out, same ? NULL : "new", "+", "New", right.len);
	if (right.len && whole)
		rowtext_blocks(out, &n, 1, "ins");
	else if (right.len)
		rowtext_right(out, &n, 1, &r->words);
	markup_add(out, "</td></tr>\n");
	return 0;
}

static int
part_rows(struct strbuf *out, struct rows *r, struct err *err)
{
	const struct document *l = r->left, *n = r->right;

	if (part_row(out, r, "head", l->title, n->title, err) < 0 ||
		part_row(out, r, "meta", l->byline, n->byline, err) < 0)
		return -1;
	return part_row(out, r, "sum", l->summary, n->summary, err);
}

int
rows_side_by_side(struct strbuf *out, struct rows *r, struct err *err)
{
	const struct align *a = r->align;

	if (part_rows(out, r, err) < 0)
		return -1;
	for (size_t i = 0; i < a->count;) {
		size_t start = i, end;

		while (i < a->count && a->rows[i].kind == ALIGN_SAME)
			i++;
		if (i > start)
			same_run(out, r, start, i);
		end = swap_end(r, i);
		if (end > 0)
			swap_row(out, r, i, end);
		else if (i < a->count && changed_row(out, r, i, err) < 0)
			return -1;
		else
			end = i + 1;
		i = end;
	}
	return 0;
}
