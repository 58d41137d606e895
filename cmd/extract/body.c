#include "cmd/extract/body.h"

#include <string.h>

#include "cmd/extract/boiler.h"
#include "cmd/extract/passage.h"
#include "cmd/extract/root.h"
#include "cmd/extract/trim.h"
#include "common/strbuf.h"
#include "common/unicode.h"

enum { ENOUGH_CHARS = 250 };

/* One attempt at a body, and what it came to. */
struct attempt {
	struct passages ps;
	struct root root;
	struct trim trim;
	double chars;
};

static int
list_passages(struct attempt *a, const struct page *page)
{
	uint32_t n = 0, count = 0;

	for (size_t k = 0; k < a->root.count; k++)
		count += a->ps.to[a->root.nodes[k]] -
			a->ps.from[a->root.nodes[k]];
	a->trim.items = arena_calloc(page->arena, count + 1, sizeof(uint32_t));
	a->trim.marks = arena_calloc(page->arena, count + 1, 1);
	if (!a->trim.items || !a->trim.marks)
		return -1;
	for (size_t k = 0; k < a->root.count; k++)
		for (uint32_t i = a->ps.from[a->root.nodes[k]];
			i < a->ps.to[a->root.nodes[k]]; i++) {
			struct passage *p = &a->ps.items[i];

			if (p->flags & (PASSAGE_BODY | PASSAGE_NOSCRIPT))
				continue;
			p->flags |= PASSAGE_BODY;
			a->trim.items[n++] = i;
		}
	a->trim.count = n;
	return 0;
}

static int
attempt(struct attempt *a, const struct page *page,
	const struct body_hints *hints, bool hidden)
{
	for (uint32_t i = 0; i < a->ps.count; i++) {
		a->ps.items[i].flags &=
			~(uint32_t)(PASSAGE_BODY | PASSAGE_DROPPED);
		a->ps.items[i].reason = 0;
	}
	root_weigh(&a->ps, hidden);
	if (boiler_mark(&a->ps, page) < 0)
		return -1;
	root_apply_reasons(&a->ps);
	if (root_choose(&a->root, &a->ps, page, hints) < 0 ||
		list_passages(a, page) < 0)
		return -1;
	a->trim.ps = &a->ps;
	a->trim.hints = hints;
	a->trim.heading = a->root.heading;
	if (!hidden) {
		uint32_t n = 0;

		for (uint32_t i = 0; i < a->trim.count; i++)
			if (!(a->ps.items[a->trim.items[i]].flags &
				    PASSAGE_HIDDEN))
				a->trim.items[n++] = a->trim.items[i];
		a->trim.count = n;
	}
	trim_body(&a->trim);
	a->chars = 0;
	for (uint32_t i = 0; i < a->trim.count; i++)
		a->chars += a->ps.items[a->trim.items[i]].chars;
	return 0;
}

/* Text in normal form C; most of it is already. */
static struct str
normal(struct str s, struct arena *arena)
{
	struct strbuf b;
	struct str out = s;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c < 0xcc || (c > 0xcd && c < 0xe0))
			continue;
		strbuf_init(&b, s.len * 3 + 64);
		unicode_add_nfc(&b, s);
		out = arena_dup(arena, strbuf_str(&b));
		strbuf_release(&b);
		break;
	}
	return out;
}

static uint32_t
row_of(const struct html *h, uint32_t node)
{
	while (node != HTML_NONE && h->nodes[node].tag != HTML_TR)
		node = h->nodes[node].parent;
	return node;
}

static struct str
join(struct arena *arena, struct str a, struct str b, struct str between)
{
	char *to = arena_alloc(arena, a.len + b.len + between.len + 1);

	if (!to)
		return (struct str){ NULL, 0 };
	memcpy(to, a.ptr, a.len);
	memcpy(to + a.len, between.ptr, between.len);
	memcpy(to + a.len + between.len, b.ptr, b.len);
	return (struct str){ to, a.len + between.len + b.len };
}

static int
write_blocks(struct body *out, const struct attempt *a,
	const struct page *page)
{
	uint32_t last_row = HTML_NONE, row;

	out->blocks = arena_calloc(page->arena, a->trim.count + 1,
		sizeof(*out->blocks));
	if (!out->blocks)
		return -1;
	for (uint32_t i = 0; i < a->trim.count; i++) {
		const struct passage *p = &a->ps.items[a->trim.items[i]];
		struct block b = { passage_kind(p),
			normal(p->text, page->arena) };

		if (!b.text.ptr || out->blocks_count >= ARTICLE_BLOCKS_MAX)
			return -1;
		if (a->trim.marks[i] == TRIM_SUMMARY) {
			out->summary = out->summary.len ?
				join(page->arena, out->summary, b.text,
					STR(" ")) : b.text;
			continue;
		}
		if (a->trim.marks[i] == TRIM_CREDIT)
			b.kind = BLOCK_CREDIT;
		else if (a->trim.marks[i] == TRIM_CORRECTION)
			b.kind = BLOCK_CORRECTION;
		row = b.kind == BLOCK_ROW ? row_of(a->ps.html, p->block) :
			HTML_NONE;
		if (row != HTML_NONE && row == last_row) {
			struct block *before =
				&out->blocks[out->blocks_count - 1];

			before->text = join(page->arena, before->text, b.text,
				STR(" | "));
			continue;
		}
		last_row = row;
		out->blocks[out->blocks_count++] = b;
		out->chars += p->chars;
		out->prose_blocks += p->flags & PASSAGE_SENTENCE ? 1 : 0;
	}
	return 0;
}

/* The standfirst above the body, where the body has none in it. */
static void
find_standfirst(struct body *out, const struct attempt *a,
	const struct page *page)
{
	uint32_t i;

	if (out->summary.len || !a->trim.count)
		return;
	i = trim_standfirst(&a->trim, a->ps.from[a->root.nodes[0]]);
	if (i != HTML_NONE)
		out->summary = normal(a->ps.items[i].text, page->arena);
}

static void
describe(struct body *out, const struct attempt *a)
{
	const struct passages *ps = &a->ps;

	for (uint32_t i = 0; i < ps->count; i++) {
		out->page_chars += ps->items[i].chars;
		out->link_chars += ps->items[i].link_chars;
	}
	if (a->root.count)
		out->root = a->root.nodes[0];
	if (a->root.heading != HTML_NONE) {
		out->heading = ps->items[a->root.heading].block;
		out->heading_text = ps->items[a->root.heading].text;
	}
	out->mass_share = a->root.page_mass > 0 ?
		a->root.mass / a->root.page_mass : 0;
}

int
body_find(struct body *out, const struct page *page,
	const struct body_hints *hints, const bool *left_out,
	struct err *err)
{
	struct attempt a = { 0 };

	*out = (struct body){ .root = HTML_NONE, .heading = HTML_NONE };
	if (passages_read(&a.ps, page, left_out) < 0 ||
		attempt(&a, page, hints, false) < 0)
		return err_set(err, "the page is too complex");
	if (a.chars < ENOUGH_CHARS) {
		if (attempt(&a, page, hints, true) < 0)
			return err_set(err, "the page is too complex");
		out->from_hidden = true;
	}
	if (write_blocks(out, &a, page) < 0)
		return err_set(err, "the page is too complex");
	find_standfirst(out, &a, page);
	describe(out, &a);
	return 0;
}
