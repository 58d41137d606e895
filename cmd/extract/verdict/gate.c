#include "cmd/extract/verdict/gate.h"

#include "cmd/extract/words/wallwords.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

enum { EVIDENCE_BYTES = 120, SHORTEST = 6, CLIMB = 8 };

/* Where gates are: from the heading to a bit below the text. */
struct region {
	const struct facts *f;
	uint32_t from, to;
};

static void
read_region(struct region *out, const struct facts *f,
	const struct body *body)
{
	const struct html *h = &f->page->html;
	uint32_t end = body->root == HTML_NONE ? h->count :
		h->nodes[body->root].end;

	out->f = f;
	out->from = body->heading != HTML_NONE ? body->heading :
		body->root == HTML_NONE ? 0 : body->root;
	out->to = facts_node_after(h, end, GATE_FOOT_BYTES);
}

static bool
is_line_part(enum html_tag tag)
{
	switch (tag) {
	case HTML_A: case HTML_B: case HTML_I: case HTML_EM: case HTML_STRONG:
	case HTML_SPAN: case HTML_SMALL: case HTML_U: case HTML_FONT:
	case HTML_TEXT:
		return true;
	default:
		return false;
	}
}

static uint32_t
block_of(const struct html *h, uint32_t node)
{
	while (node != HTML_NONE && is_line_part(h->nodes[node].tag))
		node = h->nodes[node].parent;
	return node;
}

static bool
is_in_wall(const struct facts *f, uint32_t node)
{
	const struct html *h = &f->page->html;

	for (int i = 0; i < CLIMB && node != HTML_NONE && node != h->body;
		i++) {
		if (f->made[node] & FACTS_WALL ||
			str_eq(html_attr(h, node, HTML_ROLE), STR("dialog")))
			return true;
		node = h->nodes[node].parent;
	}
	return false;
}

/* A list of links, a menu, a footer: what they offer is no gate. */
static bool
is_in_menu(const struct html *h, uint32_t node)
{
	for (; node != HTML_NONE; node = h->nodes[node].parent)
		if (h->nodes[node].tag == HTML_NAV ||
			h->nodes[node].tag == HTML_FOOTER ||
			h->nodes[node].tag == HTML_LI)
			return true;
	return false;
}

/* In lower case; ASCII is left as it is, for lexicon.h reads it as such. */
static struct str
lowered(struct str s, struct arena *arena)
{
	struct strbuf b;
	struct str low;

	if (utf8_skip_ascii(s).len == 0)
		return s;
	strbuf_init(&b, s.len * 3 + 16);
	unicode_add_lower(&b, s);
	low = arena_dup(arena, strbuf_str(&b));
	strbuf_release(&b);
	return low.ptr ? low : STR("");
}

/*
 * Whether the article's text has it; but a short block that is this and no
 * more was left there by mistake.
 */
static bool
is_article_text(const struct article *a, struct str text)
{
	for (size_t i = 0; i < a->blocks_count; i++)
		if (str_find(a->blocks[i].text, text) >= 0)
			return text.len >= GATE_BLOCK_BYTES ||
				a->blocks[i].text.len > text.len;
	return str_find(a->summary, text) >= 0 || str_find(a->title, text) >= 0;
}

/* Whether it is a whole block of the article, and no short one. */
static bool
is_block(const struct article *a, struct str text)
{
	for (size_t i = 0; i < a->blocks_count; i++)
		if (text.len >= GATE_BLOCK_BYTES &&
			str_eq(a->blocks[i].text, text))
			return true;
	return false;
}

/* The text of a block if it is what a gate says; "" otherwise. */
static struct str
read_block(const struct region *r, uint32_t block, const struct article *a)
{
	const struct html *h = &r->f->page->html;
	struct str text;

	if ((block < r->from || block >= r->to) && !is_in_wall(r->f, block))
		return STR("");
	text = facts_text(r->f, block, h->nodes[block].end, STR(" "),
		GATE_TEXT_BYTES + 1);
	if (text.len < SHORTEST || text.len > GATE_TEXT_BYTES ||
		is_in_menu(h, block))
		return STR("");
	if (is_block(a, text) || !wallwords_in(WALLWORDS_GATE,
		lowered(text, r->f->page->arena)) || is_article_text(a, text))
		return STR("");
	return utf8_cut(text, EVIDENCE_BYTES);
}

static struct str
find_words(const struct region *r, const struct article *a)
{
	const struct html *h = &r->f->page->html;
	uint32_t last = HTML_NONE, block;
	struct str said;

	for (uint32_t i = h->body == HTML_NONE ? 0 : h->body; i < h->count;
		i++) {
		if (h->nodes[i].tag != HTML_TEXT ||
			h->nodes[i].text.len < SHORTEST)
			continue;
		block = block_of(h, i);
		if (block == last || block == HTML_NONE)
			continue;
		last = block;
		said = read_block(r, block, a);
		if (said.len > 0)
			return said;
	}
	return STR("");
}

/* The gate's own words are not the article's. */
static void
drop_block(struct article *a, struct str said)
{
	size_t n = 0;

	for (size_t i = 0; i < a->blocks_count; i++)
		if (!str_eq(a->blocks[i].text, said))
			a->blocks[n++] = a->blocks[i];
	a->blocks_count = n;
}

void
gate_find(struct gate *out, const struct facts *f, const struct body *body,
	struct article *a)
{
	struct region r;

	read_region(&r, f, body);
	out->evidence = find_words(&r, a);
	out->said = out->evidence.len > 0;
	if (out->said)
		drop_block(a, out->evidence);
	else if (f->ld.paid)
		out->evidence = STR("isAccessibleForFree");
}
