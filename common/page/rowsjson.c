#include "common/page/rowsjson.h"

#include "common/page/rowsimpl.h"
#include "common/web/json.h"

static void
add_int(struct strbuf *out, const char *key, size_t n)
{
	json_key(out, key);
	json_add_int(out, (int64_t)n);
}

static void
add_spans(struct strbuf *out, const struct wordsdiff *words)
{
	static const char *const ops[] = { "equal", "delete", "insert" };

	json_key(out, "spans");
	json_open(out, '[');
	for (size_t i = 0; i < words->count; i++) {
		const struct wordsdiff_span *span = &words->spans[i];

		json_open(out, '[');
		json_add_str(out, str_from(ops[span->op]));
		json_add_str(out, span->op == GITDIFF_DELETE ? span->left :
			span->right);
		json_close(out, ']');
	}
	json_close(out, ']');
}

static int
add_row(struct strbuf *out, struct rows *r, const struct align_row *row,
	struct err *err)
{
	if (align_words(r->align, row, err) < 0)
		return -1;
	json_open(out, '{');
	json_key(out, "kind");
	json_add_str(out, align_kind_name(row->kind));
	add_int(out, "left", row->left_count ? row->left + 1 : 0);
	add_int(out, "left_count", row->left_count);
	add_int(out, "right", row->right_count ? row->right + 1 : 0);
	add_int(out, "right_count", row->right_count);
	add_spans(out, &r->align->words);
	json_close(out, '}');
	return 0;
}

int
rowsjson_add(struct strbuf *out, struct rows *r, struct err *err)
{
	const struct align *a = r->align;

	add_int(out, "words_added", a->words_added);
	add_int(out, "words_removed", a->words_removed);
	json_key(out, "rows");
	json_open(out, '[');
	for (size_t i = 0; i < a->count; i++)
		if (add_row(out, r, &a->rows[i], err) < 0)
			return -1;
	json_close(out, ']');
	return 0;
}
