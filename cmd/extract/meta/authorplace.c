#include "cmd/extract/meta/authorplace.h"

#include "cmd/extract/meta/authors.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/ascii.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/text/date.h"
#include "common/text/lexicon.h"
#include "common/text/unicode.h"

enum { PROFILE = 1 };

#define IN(list) list
#include "cmd/extract/meta/profiles.inc"
#undef IN

enum { LEAD_BYTES = 40, CLIMB = 24 };

void
authorplace_init(struct authorplace *out, const struct facts *f,
	const struct body *body, uint32_t heading)
{
	const struct html *h = &f->page->html;

	*out = (struct authorplace){ .f = f, .heading = heading,
		.root = body ? body->root : HTML_NONE };
	if (heading == HTML_NONE)
		heading = out->root;
	if (heading != HTML_NONE) {
		out->from = facts_node_before(h, heading,
			AUTHORPLACE_BEFORE_BYTES);
		out->to = facts_node_after(h, heading, AUTHORPLACE_AFTER_BYTES);
	}
	if (out->root != HTML_NONE) {
		out->end = h->nodes[out->root].end;
		out->foot = facts_node_after(h, out->end,
			AUTHORPLACE_FOOT_BYTES);
		if (out->end > heading && out->to > out->end)
			out->to = out->end;
	}
}

enum authorplace_kind
authorplace_of(const struct authorplace *p, uint32_t node)
{
	if (node >= p->from && node < p->to)
		return AUTHORPLACE_NEAR;
	if (p->root != HTML_NONE && html_within(&p->f->page->html, node,
		p->root))
		return AUTHORPLACE_INSIDE;
	return node >= p->end && node < p->foot ? AUTHORPLACE_FOOT :
		AUTHORPLACE_FAR;
}

/* Whether an element holds the heading or the text: then it is no part. */
static bool
holds_article(const struct authorplace *p, uint32_t node)
{
	const struct html *h = &p->f->page->html;

	return (p->heading != HTML_NONE && html_within(h, p->heading, node)) ||
		(p->root != HTML_NONE && html_within(h, p->root, node));
}

static bool
is_foreign_element(const struct authorplace *p, uint32_t node)
{
	switch (p->f->page->html.nodes[node].tag) {
	case HTML_FORM:
	case HTML_LABEL:
	case HTML_FIGURE:
	case HTML_FIGCAPTION:
	case HTML_BLOCKQUOTE:
		return true;
	default:
		return p->f->made[node] & FACTS_BESIDE;
	}
}

bool
authorplace_is_foreign(const struct authorplace *p, uint32_t node)
{
	const struct html *h = &p->f->page->html;

	for (int i = 0; i < CLIMB && node != HTML_NONE; i++) {
		if (holds_article(p, node))
			return false;
		if (is_foreign_element(p, node))
			return true;
		node = h->nodes[node].parent;
	}
	return false;
}

static bool
is_below_headline(const struct authorplace *p, uint32_t node)
{
	const struct html *h = &p->f->page->html;

	for (uint32_t i = p->end; i < node; i++) {
		enum html_tag tag = h->nodes[i].tag;

		if ((tag == HTML_H1 || tag == HTML_H2 || tag == HTML_H3) &&
			wordhash_count(facts_text(p->f, i, h->nodes[i].end,
			STR(" "), AUTHORPLACE_BOX_BYTES)) >=
			AUTHORPLACE_HEADLINE_WORDS)
			return true;
	}
	return false;
}

/* Whether the box that a node is the head of has a date. */
static bool
is_beside_date(const struct authorplace *p, uint32_t node)
{
	const struct html *h = &p->f->page->html;
	struct date d;
	size_t start, end;

	for (int i = 0; i < 3; i++) {
		uint32_t up = h->nodes[node].parent;

		if (up == HTML_NONE || holds_article(p, up))
			break;
		node = up;
		if (date_find(&d, facts_text(p->f, node,
			h->nodes[node].end, STR(" | "), AUTHORPLACE_BOX_BYTES),
			DATE_NO_TIME, &start, &end))
			return true;
	}
	return false;
}

bool
authorplace_is_other(const struct authorplace *p, uint32_t node)
{
	const struct html *h = &p->f->page->html;

	if (node < p->from)
		return node >= (h->body == HTML_NONE ? 0 : h->body);
	if (node < p->to)
		return false;
	if (node < p->end)
		return is_beside_date(p, node);
	for (uint32_t i = node; i != HTML_NONE && !holds_article(p, i);
		i = h->nodes[i].parent)
		if (h->nodes[i].tag == HTML_ARTICLE)
			return true;
	return is_below_headline(p, node) || is_beside_date(p, node);
}

bool
authorplace_is_aside(const struct authorplace *p, uint32_t node)
{
	const struct html *h = &p->f->page->html;

	for (int i = 0; i < CLIMB && node != HTML_NONE; i++) {
		enum html_tag tag = h->nodes[node].tag;

		if (holds_article(p, node))
			return false;
		if (tag == HTML_NAV || tag == HTML_ASIDE || tag == HTML_LI ||
			tag == HTML_FOOTER)
			return true;
		node = h->nodes[node].parent;
	}
	return false;
}

bool
authorplace_is_linked(const struct authorplace *p, uint32_t node)
{
	const struct html *h = &p->f->page->html;
	uint32_t end = h->nodes[node].end;

	for (uint32_t i = node; i != HTML_NONE; i = h->nodes[i].parent)
		if (h->nodes[i].tag == HTML_A)
			return true;
	return html_find(h, node + 1, end, HTML_A) != HTML_NONE;
}

static bool
is_block(enum html_tag tag)
{
	switch (tag) {
	case HTML_P: case HTML_DIV: case HTML_LI: case HTML_TD: case HTML_TH:
	case HTML_SECTION: case HTML_ARTICLE: case HTML_HEADER:
	case HTML_FOOTER: case HTML_ASIDE: case HTML_MAIN: case HTML_BODY:
	case HTML_H1: case HTML_H2: case HTML_H3: case HTML_H4: case HTML_H5:
	case HTML_H6: case HTML_UL: case HTML_OL: case HTML_DL: case HTML_DT:
	case HTML_DD: case HTML_ADDRESS: case HTML_HGROUP: case HTML_CENTER:
	case HTML_NAV: case HTML_FIGURE: case HTML_FIGCAPTION: case HTML_TR:
	case HTML_TABLE: case HTML_FORM: case HTML_BUTTON:
		return true;
	default:
		return false;
	}
}

static uint32_t
block_of(const struct html *h, uint32_t node)
{
	node = h->nodes[node].parent;
	while (node != HTML_NONE && !is_block(h->nodes[node].tag))
		node = h->nodes[node].parent;
	return node;
}

bool
authorplace_begins_line(const struct authorplace *p, uint32_t node)
{
	const struct html *h = &p->f->page->html;
	uint32_t block = block_of(h, node);

	if (str_trim(h->nodes[node].text).len == 0)
		return false;
	for (uint32_t i = node; i > 0 && i - 1 > block; i--) {
		enum html_tag tag = h->nodes[i - 1].tag;

		if (tag == HTML_BR || is_block(tag) || tag == HTML_SPAN)
			return true;
		if (tag == HTML_TEXT &&
			str_trim(h->nodes[i - 1].text).len > 1)
			return false;
	}
	return true;
}

uint32_t
authorplace_line_end(const struct authorplace *p, uint32_t node)
{
	const struct html *h = &p->f->page->html;
	uint32_t block = block_of(h, node);
	uint32_t end = block == HTML_NONE ? h->count : h->nodes[block].end;

	for (uint32_t i = node + 1; i < end; i++)
		if (h->nodes[i].tag == HTML_BR || is_block(h->nodes[i].tag))
			return i;
	return end;
}

/* Lead words that are common words as well: "About us", "From Monday". */
static bool
is_vague(struct str line)
{
	static const char *const words[] = { "about ", "from ", "mit ", "di ",
		"da ", "av ", "af ", "reviewed ", "medically ", "photos ",
		"edited ", NULL };

	for (size_t i = 0; words[i]; i++)
		if (str_starts_nocase(line, str_from(words[i])))
			return true;
	return false;
}

bool
authorplace_has_lead(struct str line)
{
	line = str_trim(line);
	if (line.len == 0 || is_vague(line))
		return false;
	return authors_without_opener(line).len < line.len ||
		authorplace_is_lead_alone(line);
}

bool
authorplace_is_lead_alone(struct str line)
{
	char bytes[LEAD_BYTES + 2];
	struct str s;

	line = str_trim(line);
	if (line.len == 0 || line.len > LEAD_BYTES - 2)
		return false;
	for (size_t i = 0; i < line.len; i++)
		bytes[i] = line.ptr[i];
	bytes[line.len] = ' ';
	bytes[line.len + 1] = 'X';
	s = authors_without_opener((struct str){ bytes, line.len + 2 });
	return s.len == 1;
}

bool
authorplace_is_profile(struct str href)
{
	ptrdiff_t at = str_find_byte(href, '/');

	while (at >= 0) {
		href = str_sub(href, (size_t)at + 1, href.len);
		at = str_find_byte(href, '/');
		if (at > 0 && lexicon_find(&profiles,
				str_sub(href, 0, (size_t)at)))
			return true;
	}
	return false;
}

static enum unicode_class
class_of(uint32_t c)
{
	return unicode_class(c == UTF8_BAD ? ' ' : c);
}

/* A capital, or a letter of a script without case, then more letters. */
static bool
is_name_word(struct str word)
{
	enum unicode_class k = class_of(utf8_decode(&word));

	if (k != UNICODE_UPPER && k != UNICODE_LETTER)
		return false;
	while (word.len > 0) {
		uint32_t c = utf8_decode(&word);

		k = class_of(c);
		if (c != '.' && c != '-' && c != '\'' && c != 0x2019 &&
			k != UNICODE_LOWER && k != UNICODE_UPPER &&
			k != UNICODE_LETTER)
			return false;
	}
	return true;
}

bool
authorplace_is_person(struct str s)
{
	size_t words = 0;
	struct str word;

	while (str_field(&word, &s, ' ')) {
		if (word.len == 0)
			continue;
		if (!is_name_word(word))
			return false;
		words++;
	}
	return words == 2 || words == 3;
}

bool
authorplace_is_signature(const struct authorplace *p, uint32_t node)
{
	const struct html *h = &p->f->page->html;
	uint32_t up = h->nodes[node].parent, block = block_of(h, node);
	enum html_tag tag = up == HTML_NONE ? HTML_TEXT : h->nodes[up].tag;

	if (tag != HTML_STRONG && tag != HTML_B && tag != HTML_EM &&
		tag != HTML_I)
		return false;
	return block != HTML_NONE && h->nodes[block].tag == HTML_P &&
		p->root != HTML_NONE && html_within(h, node, p->root) &&
		facts_text(p->f, block, h->nodes[block].end, STR(" "),
		AUTHORPLACE_BOX_BYTES).len ==
		str_trim(h->nodes[node].text).len;
}

bool
authorplace_is_cased(struct str s)
{
	return s.len > 0 && class_of(utf8_decode(&s)) == UNICODE_UPPER;
}

bool
authorplace_is_odd(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if (ascii_digit(name.ptr[i]) || name.ptr[i] == '_' ||
			(name.ptr[i] == '.' && i + 1 < name.len &&
			ascii_lower(name.ptr[i + 1])))
			return true;
	return false;
}

struct str
authorplace_text(const struct authorplace *p, uint32_t from, uint32_t to)
{
	const struct html *h = &p->f->page->html;
	struct strbuf b;
	struct str s;

	strbuf_init(&b, AUTHORPLACE_TEXT_BYTES + 8);
	for (uint32_t i = from; i < to && i < h->count &&
		b.len < AUTHORPLACE_TEXT_BYTES; i++) {
		if (h->nodes[i].tag == HTML_TEXT) {
			strbuf_adds(&b, utf8_cut(h->nodes[i].text,
				AUTHORPLACE_TEXT_BYTES - b.len));
			if (b.len > 0 && b.ptr[b.len - 1] != ' ')
				strbuf_addc(&b, ' ');
		} else if (is_foreign_element(p, i) && !holds_article(p, i)) {
			i = h->nodes[i].end - 1;
		}
	}
	s = arena_dup(p->f->page->arena, strbuf_str(&b));
	strbuf_release(&b);
	return s.ptr ? s : STR("");
}
