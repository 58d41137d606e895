#include "cmd/extract/page/facts.h"

#include <string.h>

#include "cmd/extract/words/plain.h"
#include "common/base/ascii.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"

static void
add_mark(struct facts *f, enum mark_kind kind, uint32_t node,
	struct str value, bool sure)
{
	struct marks *m = &f->marks[kind];

	if (m->count < FACTS_MARKS)
		m->items[m->count++] = (struct mark){ node, value, sure };
}

static int
read_meta(struct facts *f, uint32_t node)
{
	const struct html *h = &f->page->html;
	static const enum html_attr_name names[] = { HTML_PROPERTY, HTML_NAME,
		HTML_HTTP_EQUIV };
	struct str content = html_attr(h, node, HTML_CONTENT);
	struct str item = html_attr(h, node, HTML_ITEMPROP);
	enum meta_key key = META_NONE;

	for (size_t i = 0; i < 3 && key == META_NONE; i++)
		key = facts_meta_key(html_attr(h, node, names[i]));
	if (content.len == 0)
		return 0;
	content = plain_text(utf8_cut(content, FACTS_VALUE_BYTES),
		f->page->arena);
	if (!content.ptr)
		return -1;
	if (str_eq_nocase(item, STR("datePublished")))
		add_mark(f, MARK_DATE_PUBLISHED, node, content, true);
	else if (str_eq_nocase(item, STR("dateModified")))
		add_mark(f, MARK_DATE_MODIFIED, node, content, true);
	else if (str_eq_nocase(item, STR("author")))
		add_mark(f, MARK_AUTHOR, node, content, true);
	if (key != META_NONE && content.len > 0 &&
		f->metas_count < FACTS_METAS)
		f->metas[f->metas_count++] = (struct meta_fact){ key, content };
	return 0;
}

static bool
has_word(struct str list, struct str word)
{
	struct str part;

	while (str_field(&part, &list, ' '))
		if (str_eq_nocase(part, word))
			return true;
	return false;
}

static void
read_link(struct facts *f, uint32_t node)
{
	const struct html *h = &f->page->html;

	if (f->canonical.len == 0 &&
		has_word(html_attr(h, node, HTML_REL), STR("canonical")))
		f->canonical = str_trim(html_attr(h, node, HTML_HREF));
}

static void
read_class(struct facts *f, uint32_t node, struct str s)
{
	uint32_t lists = classwords_read(&f->classwords, s);

	if (lists & CLASSWORDS_AUTHOR)
		add_mark(f, MARK_AUTHOR_CLASS, node, STR(""), false);
	if (lists & (CLASSWORDS_DATE | CLASSWORDS_DATE_SURE))
		add_mark(f, MARK_DATE_CLASS, node, STR(""),
			lists & CLASSWORDS_DATE_SURE);
	if (lists & (CLASSWORDS_COMMENT | CLASSWORDS_RELATED |
		CLASSWORDS_CAPTION))
		f->made[node] |= FACTS_BESIDE;
	if (lists & CLASSWORDS_WALL)
		f->made[node] |= FACTS_WALL;
	f->captchas += (lists & CLASSWORDS_CHALLENGE) != 0;
	f->consents += (lists & CLASSWORDS_CONSENT) != 0;
}

static void
read_itemprop(struct facts *f, uint32_t node, struct str s)
{
	const struct html *h = &f->page->html;
	struct str value = html_attr(h, node, HTML_CONTENT);

	if (value.len == 0)
		value = html_attr(h, node, HTML_DATETIME);
	if (has_word(s, STR("datePublished")))
		add_mark(f, MARK_DATE_PUBLISHED, node, value, true);
	else if (has_word(s, STR("dateModified")))
		add_mark(f, MARK_DATE_MODIFIED, node, value, true);
	else if (has_word(s, STR("author")))
		add_mark(f, MARK_AUTHOR, node, STR(""), true);
	else if (has_word(s, STR("headline")))
		add_mark(f, MARK_HEADLINE, node, STR(""), true);
}

static void
read_attributes(struct facts *f, uint32_t node)
{
	const struct html *h = &f->page->html;
	const struct html_node *n = &h->nodes[node];

	for (uint32_t i = n->attrs; i < n->attrs + n->attrs_count; i++) {
		struct str v = h->attrs[i].value;

		switch (h->attrs[i].name) {
		case HTML_CLASS:
		case HTML_ID:
		case HTML_DATA_TESTID:
		case HTML_DATA_COMPONENT:
			read_class(f, node, v);
			break;
		case HTML_ITEMPROP:
			read_itemprop(f, node, v);
			break;
		case HTML_REL:
			if (has_word(v, STR("author")))
				add_mark(f, MARK_AUTHOR, node, STR(""), true);
			break;
		case HTML_TYPE:
			f->passwords += n->tag == HTML_INPUT &&
				str_eq_nocase(v, STR("password"));
			break;
		default:
			break;
		}
	}
}

static void
read_time(struct facts *f, uint32_t node)
{
	const struct html *h = &f->page->html;

	add_mark(f, MARK_TIME, node, html_attr(h, node, HTML_DATETIME),
		html_attr(h, node, HTML_PUBDATE).ptr != NULL);
}

static int
read_node(struct facts *f, uint32_t node)
{
	const struct html *h = &f->page->html;

	switch (h->nodes[node].tag) {
	case HTML_META:
		return read_meta(f, node);
	case HTML_LINK:
		read_link(f, node);
		return 0;
	case HTML_BASE:
		if (f->base.len == 0)
			f->base = html_attr(h, node, HTML_HREF);
		return 0;
	case HTML_TITLE:
		if (f->title.len == 0)
			f->title =
				plain_text(html_text(h, node, f->page->arena),
					f->page->arena);
		return f->title.ptr ? 0 : -1;
	case HTML_H1:
		add_mark(f, MARK_H1, node, STR(""), true);
		break;
	case HTML_TIME:
		read_time(f, node);
		break;
	case HTML_A:
		f->links++;
		break;
	case HTML_ARTICLE:
		f->articles++;
		break;
	default:
		break;
	}
	read_attributes(f, node);
	return 0;
}

int
facts_read(struct facts *out, const struct page *page)
{
	const struct html *h = &page->html;
	struct jsonld_hints hints;

	memset(out, 0, sizeof(*out));
	out->page = page;
	memset(&out->classwords, 0, sizeof(out->classwords));
	out->title = out->canonical = out->base = STR("");
	out->made = arena_calloc(page->arena, h->count + 1,
		sizeof(*out->made));
	if (!out->made)
		return -1;
	out->html_lang = str_trim(html_attr(h, 0, HTML_LANG));
	for (uint32_t i = 0; i < h->count; i++)
		if (h->nodes[i].tag != HTML_TEXT && read_node(out, i) < 0)
			return -1;
	hints = (struct jsonld_hints){ out->canonical, page->url,
		facts_meta(out, META_OG_TITLE, 0) };
	if (hints.title.len == 0)
		hints.title = out->title;
	jsonld_read(&out->ld, h, &hints, page->arena);
	return 0;
}

struct str
facts_meta(const struct facts *f, enum meta_key key, size_t i)
{
	for (size_t k = 0; k < f->metas_count; k++)
		if (f->metas[k].key == key && i-- == 0)
			return f->metas[k].value;
	return STR("");
}

/* Elements within a line: no white space stands for their tags. */
static bool
is_inline(enum html_tag tag)
{
	switch (tag) {
	case HTML_A:
	case HTML_ABBR:
	case HTML_B:
	case HTML_CITE:
	case HTML_CODE:
	case HTML_DEL: case HTML_EM: case HTML_FONT: case HTML_I: case HTML_INS:
	case HTML_Q: case HTML_S: case HTML_SMALL: case HTML_SPAN:
	case HTML_STRONG: case HTML_SUB: case HTML_SUP: case HTML_TIME:
	case HTML_U: case HTML_WBR: case HTML_LABEL:
		return true;
	default:
		return false;
	}
}

struct str
facts_text(const struct facts *f, uint32_t from, uint32_t to,
	struct str between, size_t max)
{
	const struct html *h = &f->page->html;
	struct strbuf b;
	struct str text;
	uint32_t block_end = to;

	strbuf_init(&b, max + between.len);
	for (uint32_t i = from; i < to && i < h->count && b.len < max; i++) {
		const struct html_node *n = &h->nodes[i];

		if (i >= block_end) {
			strbuf_adds(&b, between);
			block_end = to;
		}
		if (n->tag == HTML_TEXT) {
			strbuf_adds(&b, utf8_cut(n->text, max - b.len));
		} else if (!is_inline(n->tag)) {
			strbuf_adds(&b, between);
			block_end = n->end;
		}
	}
	text = between.ptr[0] == '\n' ?
		plain_lines(strbuf_str(&b), f->page->arena) :
		plain_text(strbuf_str(&b), f->page->arena);
	strbuf_release(&b);
	return text;
}

struct str
facts_mark_text(const struct facts *f, const struct mark *m)
{
	if (m->value.len > 0)
		return plain_text(utf8_cut(m->value, FACTS_VALUE_BYTES),
			f->page->arena);
	return facts_text(f, m->node, f->page->html.nodes[m->node].end,
		STR(" "), FACTS_VALUE_BYTES);
}

uint32_t
facts_node_before(const struct html *h, uint32_t node, size_t bytes)
{
	size_t n = 0;

	while (node > 0 && n < bytes) {
		node--;
		if (h->nodes[node].tag == HTML_TEXT)
			n += h->nodes[node].text.len + 1;
	}
	return node;
}

uint32_t
facts_node_after(const struct html *h, uint32_t node, size_t bytes)
{
	size_t n = 0;

	while (node < h->count && n < bytes) {
		if (h->nodes[node].tag == HTML_TEXT)
			n += h->nodes[node].text.len + 1;
		node++;
	}
	return node;
}
