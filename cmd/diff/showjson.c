#include "cmd/diff/diff.h"

#include "common/base/isotime.h"
#include "common/web/json.h"

static void
add_text(struct strbuf *out, const char *key, struct str text)
{
	json_key(out, key);
	json_add_str(out, text);
}

static void
add_int(struct strbuf *out, const char *key, int64_t n)
{
	json_key(out, key);
	json_add_int(out, n);
}

static void
add_classes(struct strbuf *out, unsigned classes)
{
	json_key(out, "classes");
	json_open(out, '[');
	for (unsigned class = 1; class < 1u << CHANGE_CLASSES; class <<= 1)
		if (classes & class)
			json_add_str(out, change_class_name(class));
	json_close(out, ']');
}

static void
add_side(struct strbuf *out, const char *key, const struct diff_side *side)
{
	char hex[GITOID_HEX_BYTES] = "", time[ISOTIME_BYTES] = "";

	if (side->version.number > 0) {
		gitoid_hex(hex, &side->version.commit);
		isotime_format(time, side->version.fetched_s);
	}
	json_key(out, key);
	json_open(out, '{');
	add_int(out, "version", side->version.number);
	add_text(out, "commit", str_from(hex));
	add_text(out, "fetched", str_from(time));
	add_text(out, "title", side->document.title);
	add_text(out, "byline", side->document.byline);
	add_text(out, "summary", side->document.summary);
	add_text(out, "published", side->document.published);
	add_text(out, "lang", side->document.lang);
	json_close(out, '}');
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
		json_add_str(out,
			span->op == GITDIFF_DELETE ? span->left : span->right);
		json_close(out, ']');
	}
	json_close(out, ']');
}

static void
add_block(struct strbuf *out, const char *key, const struct block *blocks,
	size_t first, size_t count)
{
	json_key(out, key);
	json_open(out, '{');
	add_int(out, "paragraph", count > 0 ? (int64_t)first + 1 : 0);
	add_int(out, "count", (int64_t)count);
	add_text(out, "kind",
		count > 0 ? block_kind_name(blocks[first].kind) : STR(""));
	json_close(out, '}');
}

static int
add_row(struct strbuf *out, struct diff *d, size_t i, struct err *err)
{
	const struct align_row *row = &d->align->rows[i];

	if (align_words(d->align, row, err) < 0)
		return -1;
	json_open(out, '{');
	add_text(out, "kind", align_kind_name(row->kind));
	add_block(out, "left", d->left.document.blocks, row->left,
		row->left_count);
	add_block(out, "right", d->right.document.blocks, row->right,
		row->right_count);
	add_classes(out, d->row_classes[i]);
	add_int(out, "similarity", row->similarity);
	add_int(out, "words_added", (int64_t)row->words_added);
	add_int(out, "words_removed", (int64_t)row->words_removed);
	add_spans(out, &d->align->words);
	json_close(out, '}');
	return 0;
}

int
show_json(struct strbuf *out, struct diff *d, struct err *err)
{
	char when[ISOTIME_BYTES] = "";

	json_open(out, '{');
	add_int(out, "v", 1);
	add_text(out, "key", d->article.key);
	add_text(out, "url", d->article.url);
	add_text(out, "path", d->article.path);
	add_text(out, "source", d->article.source);
	add_int(out, "versions", d->article.versions);
	add_side(out, "from", &d->left);
	add_side(out, "to", &d->right);
	add_classes(out, d->verdict.classes);
	json_key(out, "minor");
	json_add_bool(out, change_is_minor(d->verdict.classes));
	add_int(out, "words_added", (int64_t)d->verdict.words_added);
	add_int(out, "words_removed", (int64_t)d->verdict.words_removed);
	json_key(out, "rows");
	json_open(out, '[');
	for (size_t i = 0; i < d->align->count; i++)
		if (add_row(out, d, i, err) < 0)
			return -1;
	json_close(out, ']');
	if (d->is_withdrawn)
		isotime_format(when, d->withdrawn.fetched_s);
	add_text(out, "withdrawn", str_from(when));
	add_text(out, "withdrawn_reason", d->is_withdrawn ?
		d->withdrawn.reason : STR(""));
	json_close(out, '}');
	strbuf_addc(out, '\n');
	return strbuf_overflowed(out) ?
		err_set(err, "the difference is too large to show") :
		0;
}
