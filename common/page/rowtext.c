#include "common/page/rowtext.h"

#include "common/base/ascii.h"
#include "common/page/markup.h"

#define DEL_STYLE "background:#fbd5d1;color:#6e120b"
#define INS_STYLE "background:#c9edd0;color:#0b4a1e;text-decoration:underline"

static void
rowtext_open(struct strbuf *out, enum block_kind kind)
{
	if (kind == BLOCK_P)
		markup_add(out, "<p dir=\"auto\">");
	else if (kind == BLOCK_PRE)
		markup_add(out, "<pre dir=\"auto\">");
	else
		strbuf_addf(out, "<p class=\"%.*s\" dir=\"auto\">",
			STR_ARGS(block_kind_name(kind)));
}

static void
rowtext_close(struct strbuf *out, enum block_kind kind)
{
	markup_add(out, kind == BLOCK_PRE ? "</pre>" : "</p>");
}

/* Text within `mark`, but for the white space at its end. */
static void
marked(struct strbuf *out, struct str text, const char *mark)
{
	size_t len = text.len;

	if (!mark) {
		markup_text(out, text);
		return;
	}
	while (len > 0 && ascii_space(text.ptr[len - 1]))
		len--;
	if (len > 0) {
		strbuf_addf(out, "<%s>", mark);
		markup_text(out, str_sub(text, 0, len));
		strbuf_addf(out, "</%s>", mark);
	}
	markup_text(out, str_sub(text, len, text.len));
}

void
rowtext_blocks(struct strbuf *out, const struct block *blocks, size_t count,
	const char *mark)
{
	for (size_t i = 0; i < count; i++) {
		rowtext_open(out, blocks[i].kind);
		marked(out, blocks[i].text, mark);
		rowtext_close(out, blocks[i].kind);
	}
}

/*
 * Where the output stands in the blocks of a side. The comparison saw them
 * joined by a newline each, and a newline may also stand within a
 * preformatted block: so the joints are found by counting bytes.
 */
struct cursor {
	const struct block *blocks;
	size_t count, at;
	size_t left; /* bytes of the current block still to come */
};

static void
begin(struct strbuf *out, struct cursor *c)
{
	c->left = c->blocks[c->at].text.len;
	rowtext_open(out, c->blocks[c->at].kind);
}

static void
put(struct strbuf *out, struct cursor *c, struct str text, const char *mark)
{
	while (text.len > 0) {
		size_t n = text.len < c->left ? text.len : c->left;

		marked(out, str_sub(text, 0, n), mark);
		c->left -= n;
		text = str_sub(text, n, text.len);
		if (text.len == 0)
			break;
		text = str_sub(text, 1, text.len); /* the joint */
		if (c->at + 1 < c->count) {
			rowtext_close(out, c->blocks[c->at].kind);
			c->at++;
			begin(out, c);
		}
	}
}

static void
side(struct strbuf *out, const struct block *blocks, size_t count,
	const struct wordsdiff *words, bool right)
{
	struct cursor c = { blocks, count, 0, 0 };
	const char *mark = right ? "ins" : "del";

	if (count == 0)
		return;
	begin(out, &c);
	for (size_t i = 0; i < words->count; i++) {
		const struct wordsdiff_span *span = &words->spans[i];

		put(out, &c, right ? span->right : span->left,
			span->op == GITDIFF_EQUAL ? NULL : mark);
	}
	rowtext_close(out, c.blocks[c.at].kind);
}

void
rowtext_left(struct strbuf *out, const struct block *blocks, size_t count,
	const struct wordsdiff *words)
{
	side(out, blocks, count, words, false);
}

void
rowtext_right(struct strbuf *out, const struct block *blocks, size_t count,
	const struct wordsdiff *words)
{
	side(out, blocks, count, words, true);
}

void
rowtext_side(struct strbuf *out, const struct wordsdiff *words, bool right)
{
	for (size_t i = 0; i < words->count; i++) {
		const struct wordsdiff_span *span = &words->spans[i];

		marked(out, right ? span->right : span->left,
			span->op == GITDIFF_EQUAL ? NULL :
			right ? "ins" : "del");
	}
}

static void
inline_mark(struct strbuf *out, enum gitdiff_op op, struct str text)
{
	bool del = op == GITDIFF_DELETE;
	size_t len = text.len;

	while (len > 0 && ascii_space(text.ptr[len - 1]))
		len--;
	markup_add(out, del ? "<del style=\"" DEL_STYLE "\">[-" :
		"<ins style=\"" INS_STYLE "\">{+");
	markup_text(out, str_sub(text, 0, len));
	markup_add(out, del ? "-]</del>" : "+}</ins>");
	markup_text(out, str_sub(text, len, text.len));
}

void
rowtext_spans(struct strbuf *out, const struct wordsdiff *words)
{
	for (size_t i = 0; i < words->count; i++) {
		const struct wordsdiff_span *span = &words->spans[i];

		if (span->op == GITDIFF_EQUAL)
			markup_text(out, span->right);
		else
			inline_mark(out, span->op, span->op == GITDIFF_DELETE ?
				span->left : span->right);
	}
}

void
rowtext_whole(struct strbuf *out, enum gitdiff_op op,
	const struct block *blocks, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		markup_add(out, "<p>");
		inline_mark(out, op, blocks[i].text);
		markup_add(out, "</p>\n");
	}
}
