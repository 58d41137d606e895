/* A difference in one column: for feeds, and headlines in lists. */
#include <stdbool.h>

#include "common/page/excerpt.h"
#include "common/page/markup.h"
#include "common/page/rowsimpl.h"
#include "common/page/rowtext.h"

static int
part_inline(struct strbuf *out, struct rows *r, const char *name,
	struct str left, struct str right, struct err *err)
{
	if (str_eq(left, right))
		return 0;
	if (wordsdiff_run(&r->words, r->differ, left, right, err) < 0)
		return -1;
	strbuf_addf(out, "<p><b>%s:</b> ", name);
	rowtext_spans(out, &r->words);
	markup_add(out, "</p>\n");
	return 0;
}

static int
row_inline(struct strbuf *out, struct rows *r, const struct align_row *row,
	struct err *err)
{
	switch (row->kind) {
	case ALIGN_SAME:
	case ALIGN_MOVED_FROM:
		return 0;
	case ALIGN_REMOVED:
		rowtext_whole(out, GITDIFF_DELETE, &r->left->blocks[row->left],
			row->left_count);
		return 0;
	case ALIGN_ADDED:
		rowtext_whole(out, GITDIFF_INSERT,
			&r->right->blocks[row->right], row->right_count);
		return 0;
	case ALIGN_EDITED:
	case ALIGN_MOVED_TO:
		break;
	}
	if (align_words(r->align, row, err) < 0)
		return -1;
	markup_add(out, row->kind == ALIGN_EDITED ? "<p>" :
		"<p><i>Moved here from elsewhere:</i> ");
	rowtext_spans(out, &r->align->words);
	markup_add(out, "</p>\n");
	return 0;
}

int
rows_inline(struct strbuf *out, struct rows *r, struct err *err)
{
	const struct document *l = r->left, *n = r->right;
	size_t start = out->len;

	if (part_inline(out, r, "Headline", l->title, n->title, err) < 0 ||
		part_inline(out, r, "Byline", l->byline, n->byline, err) < 0 ||
		part_inline(out, r, "Summary", l->summary, n->summary, err) < 0)
		return -1;
	for (size_t i = 0; i < r->align->count; i++) {
		if (row_inline(out, r, &r->align->rows[i], err) < 0)
			return -1;
		if (out->len - start > ROWS_INLINE_BYTES) {
			markup_add(out, "<p>… and more, on the page of this "
				"change.</p>\n");
			return 0;
		}
	}
	return 0;
}

int
rows_headlines(struct strbuf *was, struct strbuf *now, struct rows *r,
	struct str left, struct str right, struct err *err)
{
	if (wordsdiff_run(&r->words, r->differ, left, right, err) < 0)
		return -1;
	rowtext_side(was, &r->words, false);
	/* Where few words stayed, marks on all others would only shout. */
	if (excerpt_rewritten(&r->words))
		markup_text(now, right);
	else
		rowtext_side(now, &r->words, true);
	return 0;
}
