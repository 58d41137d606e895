#include "cmd/extract/body/context.h"

#include "common/base/ascii.h"

enum {
	POP_UP_NODES = 100, /* larger, it is no box over the text */
	CELL_NODES = 64,
	CELL_BYTES = 200
};

static bool
is_heading(enum html_tag tag)
{
	return tag >= HTML_H1 && tag <= HTML_H6;
}

/* Whether what stands before element i is a heading with a button in it. */
static bool
follows_button(const struct html *h, uint32_t i)
{
	uint32_t before = i - 1, above = h->nodes[i].parent;

	while (before > above && (h->nodes[before].parent != above ||
				h->nodes[before].tag == HTML_TEXT))
		before = h->nodes[before].parent == above ? before - 1 :
			h->nodes[before].parent;
	return before > above && is_heading(h->nodes[before].tag) &&
		html_find(h, before, i, HTML_BUTTON) != HTML_NONE;
}

bool
context_unfolds(const struct html *h, uint32_t i)
{
	static const struct str names[] = { STR_INIT("accordion"),
		STR_INIT("collaps"), STR_INIT("tabpanel"),
		STR_INIT("tab-pane"), STR_INIT("faq") };
	struct str role = html_attr(h, i, HTML_ROLE);
	struct str class = html_attr(h, i, HTML_CLASS);

	if (str_eq(role, STR("region")) || str_eq(role, STR("tabpanel")))
		return true;
	for (size_t k = 0; k < sizeof(names) / sizeof(*names); k++)
		if (str_find_nocase(class, names[k]) >= 0)
			return true;
	return follows_button(h, i);
}

/* Whether an attribute or style of its own hides it. */
static bool
context_is_hidden(const struct html *h, uint32_t i)
{
	struct str id = html_attr(h, i, HTML_ID);
	struct str style = html_attr(h, i, HTML_STYLE);
	struct str hidden = html_attr(h, i, HTML_HIDDEN);
	struct str aria = html_attr(h, i, HTML_ARIA_HIDDEN);
	bool none = false;
	ptrdiff_t at;

	/* Parts that arrive later are put in their place by a script. */
	if (id.len > 2 && id.ptr[1] == ':' && ascii_upper(id.ptr[0]))
		return false;
	if (style.len) {
		struct str rest = style;

		at = str_find_nocase(rest, STR("display"));
		if (at >= 0) {
			rest = str_sub(rest, (size_t)at + 7, 12);
			none = str_find_nocase(rest, STR("none")) >= 0;
		}
		if (str_find_nocase(style, STR("visibility:hidden")) >= 0 ||
			str_find_nocase(style, STR("visibility: hidden")) >= 0)
			none = true;
	}
	return none || (hidden.ptr && !str_eq_nocase(hidden, STR("false"))) ||
		str_eq_nocase(aria, STR("true"));
}

/* Whether any of the names below can be in a class. */
static bool
may_be_aside(struct str class)
{
	for (size_t i = 0; i + 3 <= class.len; i++) {
		const char *p = class.ptr + i;

		if ((p[1] == 'o' && p[2] == 'l') || (p[0] == 's' &&
				p[1] == 'r') || (p[1] == 'e' && p[2] == 'n') ||
			(p[1] == 'a' && p[2] == 'l') ||
			(p[0] == 'o' && p[1] == 'f' && p[2] == 'f'))
			return true;
	}
	return false;
}

bool
context_is_aside(const struct html *h, uint32_t i, bool in_sentence)
{
	static const struct str names[] = { STR_INIT("tooltip"),
		STR_INIT("sr-only"), STR_INIT("screen-reader"),
		STR_INIT("visually-hidden"), STR_INIT("visuallyhidden"),
		STR_INIT("offscreen") };
	struct str class = html_attr(h, i, HTML_CLASS);
	bool may = may_be_aside(class);

	if (str_eq(html_attr(h, i, HTML_ROLE), STR("tooltip")))
		return true;
	for (size_t k = 0; may && k < sizeof(names) / sizeof(*names);
		k++)
		if (str_find(class, names[k]) >= 0)
			return true;
	return in_sentence && context_is_hidden(h, i);
}

static bool
is_embed(const struct html *h, uint32_t i)
{
	struct str c = html_attr(h, i, HTML_CLASS);

	return c.len && h->nodes[i].tag == HTML_BLOCKQUOTE &&
		(str_find(c, STR("twitter-")) >= 0 ||
			str_find(c, STR("instagram-media")) >= 0 ||
			str_find(c, STR("tiktok-embed")) >= 0 ||
			str_find(c, STR("bluesky-embed")) >= 0 ||
			str_find(c, STR("mastodon-embed")) >= 0 ||
			str_find(c, STR("reddit-")) >= 0);
}

/* Whether a cell is made of blocks, or has a text that is prose. */
static bool
is_layout_cell(const struct html *h, uint32_t i)
{
	uint32_t blocks = 0;
	size_t bytes = 0;

	for (uint32_t k = i + 1; k < h->nodes[i].end; k++) {
		enum html_tag tag = h->nodes[k].tag;

		blocks += tag == HTML_P || tag == HTML_DIV ||
			tag == HTML_BLOCKQUOTE || is_heading(tag);
		if (tag == HTML_TEXT)
			bytes += str_trim(h->nodes[k].text).len;
	}
	return blocks >= 2 || bytes >= CELL_BYTES;
}

/*
 * A table that has no header cells and cells with blocks or prose in them, or
 * that holds another table, is how a page was laid out.
 */
static bool
is_layout_table(const struct html *h, uint32_t table)
{
	bool layout = false;

	for (uint32_t i = table + 1; i < h->nodes[table].end; i++) {
		enum html_tag tag = h->nodes[i].tag;

		if (tag == HTML_TH || tag == HTML_THEAD || tag == HTML_CAPTION)
			return false;
		if (tag == HTML_TABLE)
			return true;
		if (tag == HTML_TD && !layout)
			layout = is_layout_cell(h, i);
	}
	return layout;
}

/*
 * A row with two cells or more is a row of data; but a cell with much in it
 * is a column of a page that is laid out as a table.
 */
static bool
is_data_cell(const struct html *h, uint32_t i)
{
	uint32_t row = h->nodes[i].parent, n = 0;

	if (h->nodes[i].end - i > CELL_NODES)
		return false;
	for (uint32_t c = html_first(h, row); c != HTML_NONE && n < 2;
		c = html_next(h, c))
		n += h->nodes[c].tag == HTML_TD || h->nodes[c].tag == HTML_TH;
	return n > 1;
}

/*
 * Whether a link leads away from what it stands in. A heading's to a place
 * on the page is its own address, or opens what stands below it.
 */
static bool
leads_away(const struct html *h, uint32_t i, uint32_t above)
{
	struct str href = html_attr(h, i, HTML_HREF);
	uint32_t first = html_first(h, i);

	if (!href.len || *href.ptr != '#')
		return href.len > 0;
	return !(above & PASSAGE_HEADING) && (first == HTML_NONE ||
		!is_heading(h->nodes[first].tag));
}

uint32_t
context_of(const struct html *h, uint32_t i, uint32_t above)
{
	enum html_tag tag = h->nodes[i].tag;
	uint32_t own = above & INHERITED;

	if (h->nodes[i].attrs_count && context_is_hidden(h, i) &&
		!context_unfolds(h, i))
		own |= PASSAGE_HIDDEN;
	switch (tag) {
	case HTML_A:
		return leads_away(h, i, above) ? own | IN_LINK : own;
	case HTML_FIGURE:
	case HTML_FIGCAPTION:
		return own | PASSAGE_FIGURE;
	case HTML_BLOCKQUOTE:
		return own | (is_embed(h, i) ? PASSAGE_EMBED : PASSAGE_QUOTE);
	case HTML_H1: case HTML_H2: case HTML_H3:
	case HTML_H4: case HTML_H5: case HTML_H6:
		return own | PASSAGE_HEADING;
	case HTML_LI:
		return (own | PASSAGE_ITEM) & ~(uint32_t)PASSAGE_PARAGRAPH;
	case HTML_DT:
		return own | PASSAGE_TERM;
	case HTML_P:
		return own | PASSAGE_PARAGRAPH;
	case HTML_PRE:
		return own | PASSAGE_PRE;
	case HTML_NOSCRIPT:
		return own | PASSAGE_NOSCRIPT;
	case HTML_TABLE:
		/* A table may stand in a figure; it is no picture. */
		own &= ~(uint32_t)(PASSAGE_FIGURE | IN_LAYOUT);
		return is_layout_table(h, i) ? own | IN_LAYOUT : own;
	case HTML_TD:
	case HTML_TH:
		own &= ~(uint32_t)(PASSAGE_CELL | PASSAGE_ITEM);
		return !(own & IN_LAYOUT) && is_data_cell(h, i) ?
			own | PASSAGE_CELL : own;
	default:
		return own;
	}
}

/* Whether any of the words below can be in a class: every element is asked. */
static bool
may_be_pop_up(struct str class)
{
	for (size_t i = 0; i + 3 <= class.len; i++) {
		const char *p = class.ptr + i;

		if ((p[0] == 'o' && p[1] == 'v' && p[2] == 'e') ||
			(p[0] == 'p' && p[1] == 'u' && p[2] == 'p') ||
			(p[0] == 'l' && p[1] == 't' && p[2] == 'i'))
			return true;
	}
	return false;
}

bool
context_is_pop_up(const struct html *h, uint32_t i)
{
	static const struct str first[] = { STR_INIT("tooltip"),
		STR_INIT("popover"), STR_INIT("popup"), STR_INIT("rollover"),
		STR_INIT("hovercard") };
	static const struct str second[] = { STR_INIT("block"),
		STR_INIT("content"), STR_INIT("box"), STR_INIT("inner"),
		STR_INIT("card"), STR_INIT("body") };
	struct str class = html_attr(h, i, HTML_CLASS), c;

	if (h->nodes[i].end - i > POP_UP_NODES || !may_be_pop_up(class))
		return false;
	while (class.len && str_field(&c, &class, ' '))
		for (size_t k = 0; k < sizeof(first) / sizeof(*first); k++) {
			ptrdiff_t at = str_find(c, first[k]);

			if (at < 0)
				continue;
			c = str_sub(c, (size_t)at + first[k].len, c.len);
			for (size_t n = 0;
				n < sizeof(second) / sizeof(*second); n++)
				if (str_find(c, second[n]) >= 0)
					return true;
		}
	return false;
}

bool
context_hides(struct str class)
{
	static const struct str names[] = { STR_INIT("hidden"),
		STR_INIT("hide"), STR_INIT("is-hidden"),
		STR_INIT("u-hidden"), STR_INIT("display-none") };
	struct str one;

	while (str_field(&one, &class, ' '))
		for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
			if (str_eq(one, names[i]))
				return true;
	return false;
}
