#include "cmd/extract/body/passage.h"

#include <string.h>

#include "cmd/extract/body/context.h"
#include "cmd/extract/words/plain.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

enum shape { SHAPE_INLINE, SHAPE_BLOCK, SHAPE_BREAK, SHAPE_GONE };

static const unsigned char shapes[HTML_TAGS] = {
	[HTML_ADDRESS] = SHAPE_BLOCK, [HTML_ARTICLE] = SHAPE_BLOCK,
	[HTML_ASIDE] = SHAPE_BLOCK, [HTML_BLOCKQUOTE] = SHAPE_BLOCK,
	[HTML_BODY] = SHAPE_BLOCK, [HTML_CAPTION] = SHAPE_BLOCK,
	[HTML_CENTER] = SHAPE_BLOCK, [HTML_DD] = SHAPE_BLOCK,
	[HTML_DETAILS] = SHAPE_BLOCK, [HTML_DIV] = SHAPE_BLOCK,
	[HTML_DL] = SHAPE_BLOCK, [HTML_DT] = SHAPE_BLOCK,
	[HTML_FIELDSET] = SHAPE_BLOCK, [HTML_FIGCAPTION] = SHAPE_BLOCK,
	[HTML_FIGURE] = SHAPE_BLOCK, [HTML_FOOTER] = SHAPE_BLOCK,
	[HTML_FORM] = SHAPE_BLOCK, [HTML_H1] = SHAPE_BLOCK,
	[HTML_H2] = SHAPE_BLOCK, [HTML_H3] = SHAPE_BLOCK,
	[HTML_H4] = SHAPE_BLOCK, [HTML_H5] = SHAPE_BLOCK,
	[HTML_H6] = SHAPE_BLOCK, [HTML_HEADER] = SHAPE_BLOCK,
	[HTML_HGROUP] = SHAPE_BLOCK, [HTML_HR] = SHAPE_BLOCK,
	[HTML_HTML] = SHAPE_BLOCK, [HTML_LEGEND] = SHAPE_BLOCK,
	[HTML_LI] = SHAPE_BLOCK, [HTML_MAIN] = SHAPE_BLOCK,
	[HTML_MENU] = SHAPE_BLOCK, [HTML_NAV] = SHAPE_BLOCK,
	[HTML_OL] = SHAPE_BLOCK, [HTML_P] = SHAPE_BLOCK,
	[HTML_PRE] = SHAPE_BLOCK, [HTML_SECTION] = SHAPE_BLOCK,
	[HTML_SUMMARY] = SHAPE_BLOCK, [HTML_TABLE] = SHAPE_BLOCK,
	[HTML_TBODY] = SHAPE_BLOCK, [HTML_TD] = SHAPE_BLOCK,
	[HTML_TFOOT] = SHAPE_BLOCK, [HTML_TH] = SHAPE_BLOCK,
	[HTML_THEAD] = SHAPE_BLOCK, [HTML_TR] = SHAPE_BLOCK,
	[HTML_UL] = SHAPE_BLOCK, [HTML_BR] = SHAPE_BREAK,
	[HTML_HEAD] = SHAPE_GONE, [HTML_SELECT] = SHAPE_GONE,
	[HTML_OPTION] = SHAPE_GONE, [HTML_BUTTON] = SHAPE_GONE,
	[HTML_INPUT] = SHAPE_GONE, [HTML_TEXTAREA] = SHAPE_GONE,
	[HTML_OBJECT] = SHAPE_GONE, [HTML_AUDIO] = SHAPE_GONE,
	[HTML_VIDEO] = SHAPE_GONE, [HTML_MATH] = SHAPE_GONE,
	[HTML_TITLE] = SHAPE_GONE, [HTML_LABEL] = SHAPE_GONE,
	[HTML_RT] = SHAPE_GONE, [HTML_RP] = SHAPE_GONE,
};

/* The passage that is being put together. */
struct reader {
	struct passages *out;
	const struct html *h;
	struct arena *arena;
	const bool *dropped;
	uint32_t *context;  /* by node */
	char *to, *start;   /* of the text; one buffer for the whole page */
	uint32_t node, block, chars, link_chars, flags;
	uint32_t bold_chars, cap;
	size_t breaks;      /* br one behind the other */
	bool gap;           /* white space is due before more text */
	bool gap_newline;   /* it had a line break in it */
	uint32_t last;      /* the last character */
	bool full;
};

double
passage_link_share(const struct passage *p)
{
	return p->chars ? (double)p->link_chars / p->chars : 0;
}

static uint32_t
last_character(struct str *s)
{
	size_t i = s->len;
	struct str one;

	while (i > 0 && ((unsigned char)s->ptr[i - 1] & 0xc0) == 0x80)
		i--;
	if (i > 0)
		i--;
	one = (struct str){ s->ptr + i, s->len - i };
	s->len = i;
	return one.len ? utf8_decode(&one) : 0;
}

static bool
is_closing(uint32_t c)
{
	return c == '"' || c == '\'' || c == ')' || c == ']' || c == '*' ||
		c == ' ' || c == 0xbb || c == 0xab || c == 0x2019 ||
		c == 0x201d || c == 0x201c || c == 0x203a || c == 0x300d ||
		c == 0x300f || c == 0xff09;
}

static bool
is_stop(uint32_t c)
{
	return c == '.' || c == '!' || c == '?' || c == 0x2026 ||
		c == 0x3002 || c == 0xff01 || c == 0xff1f || c == 0xff0e ||
		c == 0x61f || c == 0x6d4 || c == 0x964 || c == 0x203c;
}

/* Whether text ends like a sentence, in any script. */
static bool
passage_ends_sentence(struct str text)
{
	uint32_t c = 0;
	bool note = false;

	for (int i = 0; i < 6 && text.len; i++) {
		c = last_character(&text);
		if (c >= '0' && c <= '9')
			note = true; /* "so it was.12": a footnote's */
		else if (!is_closing(c) && !(note && c == '['))
			break;
	}
	return is_stop(c) &&
		!(note && text.len && ascii_digit(text.ptr[text.len - 1]));
}

enum block_kind
passage_kind(const struct passage *p)
{
	if (p->flags & PASSAGE_EMBED)
		return BLOCK_EMBED;
	if (p->flags & PASSAGE_HEADING)
		return p->level <= 2 ? BLOCK_H2 :
			(enum block_kind)(BLOCK_H2 + p->level - 2);
	if (p->flags & PASSAGE_PRE)
		return BLOCK_PRE;
	if (p->flags & PASSAGE_CELL)
		return BLOCK_ROW;
	if (p->flags & PASSAGE_QUOTE)
		return BLOCK_QUOTE;
	if (p->flags & PASSAGE_ITEM)
		return BLOCK_LI;
	return BLOCK_P;
}

/* Ends the passage in hand, if it has text. */
static void
flush(struct reader *r)
{
	struct passages *ps = r->out;
	struct passage *p;

	r->gap = r->gap_newline = false;
	r->breaks = 0;
	if (r->to == r->start)
		return;
	if (ps->count == r->cap) {
		uint32_t cap = r->cap ? r->cap * 2 : 512;

		p = arena_grow(r->arena, ps->items, r->cap * sizeof(*p),
			cap * sizeof(*p));
		if (!p || cap > PASSAGES_MAX * 2) {
			r->full = true;
			return;
		}
		ps->items = p;
		r->cap = cap;
	}
	p = &ps->items[ps->count++];
	*p = (struct passage){
		.text = { r->start, (size_t)(r->to - r->start) },
		.node = r->node, .block = r->block, .chars = r->chars,
		.link_chars = r->link_chars,
		.flags = r->flags & (INHERITED | PASSAGE_LINKED) & 0xffff
	};
	if (r->bold_chars * 10 >= r->chars * 9)
		p->flags |= PASSAGE_BOLD;
	if (passage_ends_sentence(p->text))
		p->flags |= PASSAGE_SENTENCE;
	if (p->flags & PASSAGE_HEADING)
		for (uint32_t n = r->node; n != HTML_NONE;
			n = r->h->nodes[n].parent) {
			enum html_tag t = r->h->nodes[n].tag;

			if (t >= HTML_H1 && t <= HTML_H6) {
				p->level = (uint8_t)(t - HTML_H1 + 1);
				break;
			}
		}
	*r->to++ = '\0';
	r->start = r->to;
	r->chars = r->link_chars = r->bold_chars = r->flags = 0;
	r->last = 0;
}

/* The white space that is due, unless it is a line break within CJK text. */
static void
put_gap(struct reader *r, uint32_t next)
{
	if (r->to > r->start &&
		!(r->gap_newline && r->last > 0x2e7f && next > 0x2e7f &&
			(unicode_unspaced(r->last) || plain_is_cjk(r->last)) &&
			(unicode_unspaced(next) || plain_is_cjk(next)))) {
		*r->to++ = ' ';
		r->chars++;
	}
	r->gap = r->gap_newline = false;
}

/* Characters that are white space or nothing at all: 1, 2; else 0. */
static int
is_blank(uint32_t c)
{
	if (c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
		c == 0x205f || c == 0x3000 || c == 0x2028 || c == 0x2029 ||
		c == 0x85 || c == 0x1680)
		return 1;
	if (c == 0xad || c == 0x200b || c == 0x2060 || c == 0xfeff ||
		(c >= 0x80 && c < 0xa0) || c < 0x20 || c == 0x7f)
		return 2;
	return 0;
}

static uint32_t
width(uint32_t c)
{
	return c >= 0x2e80 && (plain_is_cjk(c) ||
				      (c >= 0xac00 && c <= 0xd7a3)) ? 3 : 1;
}

static void
put_char(struct reader *r, uint32_t c, const char *bytes, size_t len)
{
	if (r->breaks > 1)
		r->breaks = 0;
	if (r->gap)
		put_gap(r, c);
	memcpy(r->to, bytes, len);
	r->to += len;
	r->chars += width(c);
	r->last = c;
}

static bool
is_graphic(char c)
{
	return c > ' ' && c < 127;
}

/*
 * A run of ASCII that needs no look at each character: words with single
 * spaces between them, a word alone where spaces are kept.
 */
static size_t
put_ascii(struct reader *r, struct str s, bool pre)
{
	size_t n = 0;

	while (n < s.len && is_graphic(s.ptr[n])) {
		n++;
		if (!pre && n + 1 < s.len && s.ptr[n] == ' ' &&
			is_graphic(s.ptr[n + 1]))
			n++;
	}
	if (n == 0)
		return 0;
	if (r->gap)
		put_gap(r, (unsigned char)s.ptr[0]);
	memcpy(r->to, s.ptr, n);
	r->to += n;
	r->chars += (uint32_t)n;
	r->last = (unsigned char)s.ptr[n - 1];
	return n;
}

static void
put_text(struct reader *r, struct str s, bool pre)
{
	while (s.len) {
		size_t n = put_ascii(r, s, pre);
		const char *at = s.ptr + n;
		uint32_t c;

		s.ptr += n;
		s.len -= n;
		if (!s.len)
			break;
		c = utf8_decode(&s);
		if (c == '\n' && pre && r->to > r->start) {
			*r->to++ = '\n';
			r->gap = false;
		} else if (c == ' ' && pre) {
			*r->to++ = ' ';
		} else if (c < 128 && ascii_space((char)c)) {
			r->gap = true;
			r->gap_newline |= c == '\n';
		} else if (c == UTF8_BAD || is_blank(c) == 2) {
			continue;
		} else if (is_blank(c)) {
			r->gap = true;
			r->gap_newline = false;
		} else {
			put_char(r, c, at, (size_t)(s.ptr - at));
		}
	}
}

static bool
has_visible(struct str s)
{
	while (s.len) {
		uint32_t c = utf8_decode(&s);

		if (c != UTF8_BAD && !(c < 128 && ascii_space((char)c)) &&
			!is_blank(c))
			return true;
	}
	return false;
}

/* The nearest block element at or above the node. */
static uint32_t
block_of(const struct html *h, uint32_t node)
{
	while (node != HTML_NONE && shapes[h->nodes[node].tag] != SHAPE_BLOCK)
		node = h->nodes[node].parent;
	return node == HTML_NONE ? 0 : node;
}

static bool
in_bold(const struct html *h, uint32_t node, uint32_t block)
{
	for (; node != block && node != HTML_NONE; node = h->nodes[node].parent)
		if (h->nodes[node].tag == HTML_B ||
			h->nodes[node].tag == HTML_STRONG)
			return true;
	return false;
}

static void
add_text(struct reader *r, uint32_t i)
{
	const struct html_node *n = &r->h->nodes[i];
	uint32_t context = r->context[n->parent], before = r->chars;

	if (!has_visible(n->text)) {
		if (context & PASSAGE_PRE)
			put_text(r, n->text, r->to > r->start);
		else if (r->to > r->start)
			put_text(r, n->text, false);
		return;
	}
	if (r->to == r->start) {
		r->node = n->parent;
		r->block = block_of(r->h, n->parent);
		r->flags = context;
	} else {
		while (r->node != HTML_NONE && !html_within(r->h, i, r->node))
			r->node = r->h->nodes[r->node].parent;
	}
	r->breaks = 0;
	put_text(r, n->text, context & PASSAGE_PRE);
	if (context & IN_LINK) {
		r->link_chars += r->chars - before;
		r->flags |= PASSAGE_LINKED;
	}
	if (in_bold(r->h, n->parent, r->block))
		r->bold_chars += r->chars - before;
}

static void
add_break(struct reader *r)
{
	if (++r->breaks > 1 && r->to > r->start) {
		flush(r);
		r->breaks = 2;
	} else {
		r->gap = true;
	}
}

/* Elements without a tag of their own: windows, and what AMP loads later. */
static bool
is_gone_name(struct str name)
{
	static const struct str names[] = { STR_INIT("dialog"),
		STR_INIT("canvas"), STR_INIT("amp-ad"), STR_INIT("amp-embed"),
		STR_INIT("amp-list"), STR_INIT("amp-consent"),
		STR_INIT("amp-sticky-ad"), STR_INIT("amp-lightbox"),
		STR_INIT("amp-sidebar"), STR_INIT("amp-user-notification") };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(name, names[i]))
			return true;
	return false;
}

static bool
is_gone(const struct reader *r, uint32_t i)
{
	const struct html_node *n = &r->h->nodes[i];

	if (shapes[n->tag] == SHAPE_GONE || (r->dropped && r->dropped[i]))
		return true;
	if (n->tag == HTML_TEMPLATE)
		return !html_attr(r->h, i, HTML_SHADOWROOTMODE).ptr;
	if (n->tag == HTML_OTHER)
		return is_gone_name(n->text);
	return n->attrs_count && (context_is_pop_up(r->h, i) ||
		(shapes[n->tag] == SHAPE_INLINE && n->parent != HTML_NONE &&
			!(r->context[n->parent] & PASSAGE_HEADING) &&
			context_is_aside(r->h, i, r->to > r->start)));
}

/* Takes element i; returns the next node to look at. */
static uint32_t
open_element(struct reader *r, uint32_t i, bool gone)
{
	const struct html_node *n = &r->h->nodes[i];
	unsigned shape = shapes[n->tag];

	if (shape == SHAPE_BLOCK)
		flush(r);
	r->out->from[i] = r->out->to[i] = r->out->count;
	if (gone) {
		for (uint32_t k = i; k < n->end; k++)
			r->out->from[k] = r->out->to[k] = r->out->count;
		return n->end;
	}
	if (shape == SHAPE_BREAK) {
		if (n->parent != HTML_NONE &&
			r->context[n->parent] & PASSAGE_PRE)
			put_text(r, STR("\n"), true);
		else
			add_break(r);
	}
	r->context[i] = context_of(r->h, i,
		n->parent == HTML_NONE ? 0 : r->context[n->parent]);
	return i + 1;
}

/* Element i has been read whole. */
static void
close_element(struct reader *r, uint32_t i)
{
	if (shapes[r->h->nodes[i].tag] == SHAPE_BLOCK)
		flush(r);
	r->out->to[i] = r->out->count + (r->to > r->start);
}

static int
prepare(struct reader *r, const struct page *page)
{
	const struct html *h = &page->html;
	size_t text = 64;

	for (uint32_t i = 0; i < h->count; i++)
		if (h->nodes[i].tag == HTML_TEXT)
			text += h->nodes[i].text.len + 2;
		else
			text += 2;
	r->out->from = arena_calloc(page->arena, h->count, sizeof(uint32_t));
	r->out->to = arena_calloc(page->arena, h->count, sizeof(uint32_t));
	r->context = arena_calloc(page->arena, h->count, sizeof(uint32_t));
	r->start = r->to = arena_alloc(page->arena, text);
	return r->out->from && r->out->to && r->context && r->start ? 0 : -1;
}

int
passages_read(struct passages *out, const struct page *page,
	const bool *dropped)
{
	struct reader r = { .out = out, .h = &page->html, .arena = page->arena,
		.dropped = dropped };
	const struct html *h = &page->html;
	uint32_t open = HTML_NONE, i = 0;
	bool gone;

	*out = (struct passages){ .html = h };
	if (prepare(&r, page) < 0)
		return -1;
	while (i < h->count && !r.full) {
		while (open != HTML_NONE && i >= h->nodes[open].end) {
			close_element(&r, open);
			open = h->nodes[open].parent;
		}
		if (h->nodes[i].tag == HTML_TEXT) {
			add_text(&r, i++);
			continue;
		}
		gone = is_gone(&r, i);
		if (h->nodes[i].end > i + 1 && !gone)
			open = i;
		i = open_element(&r, i, gone);
	}
	for (; open != HTML_NONE; open = h->nodes[open].parent)
		close_element(&r, open);
	return r.full ? -1 : 0;
}
