/*
 * A page of HTML as a flat array of nodes in document order, parsed as a
 * browser does (gumbo) after a first pass that drops what no rule looks at:
 * bodies of script, style, svg and iframe, comments, most attributes, white
 * space. The walk is by index: there are no pointers to follow and nothing
 * recursive, however deep a page nests.
 *
 *	struct html h;
 *	if (html_parse(&h, utf8, NULL, &arena, &err) < 0)
 *		... the page is refused
 *	for (uint32_t i = html_first(&h, body); i != HTML_NONE;
 *		i = html_next(&h, i))
 *		if (h.nodes[i].tag == HTML_P)
 *			... html_attr(&h, i, HTML_CLASS)
 *
 * Everything lies in the arena or in the input, which must both outlive it.
 * The same bytes give the same nodes or the same refusal: the bounds below
 * count bytes and allocations, never time.
 *
 * Nobody maintains gumbo but Debian. To put another parser in its place: in
 * html.c parse() makes its tree with the arena as allocator, and flatten() and
 * what it calls walk it in document order, which asks of a node its kind,
 * parent, children, tag, attributes and text; in htmltag.c its numbers of tags
 * index the table, and htmltag_find asks it for a name's number. Nothing else
 * knows of gumbo, and HTMLTAG_NUMBERS is the most that it has.
 *
 * Bounds: the open elements are at most HTML_DEPTH (tags beyond are dropped,
 * their text stays, as browsers do), the open formatting elements at most
 * HTML_FORMATTING, the attributes read of one tag at most HTML_ATTRS.
 */
#ifndef STET_HTML_H
#define STET_HTML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"

enum {
	HTML_DEPTH = 512,
	HTML_FORMATTING = 64,
	HTML_ATTRS = 1000,
	HTML_KEPT_BYTES = 12 << 20, /* left after the first pass */
	HTML_SCRIPTS = 256
};

#define HTML_NONE UINT32_MAX

/* The tags that rules know; every other element is HTML_OTHER. */
enum html_tag {
	HTML_TEXT, /* not an element: a text node */
	HTML_OTHER,
	HTML_A, HTML_ABBR, HTML_ADDRESS, HTML_ARTICLE, HTML_ASIDE, HTML_AUDIO,
	HTML_B, HTML_BASE, HTML_BLOCKQUOTE, HTML_BODY, HTML_BR, HTML_BUTTON,
	HTML_CAPTION, HTML_CENTER, HTML_CITE, HTML_CODE, HTML_DD, HTML_DEL,
	HTML_DETAILS, HTML_DIV, HTML_DL, HTML_DT, HTML_EM, HTML_FIELDSET,
	HTML_FIGCAPTION, HTML_FIGURE, HTML_FONT, HTML_FOOTER, HTML_FORM,
	HTML_H1, HTML_H2, HTML_H3, HTML_H4, HTML_H5, HTML_H6, HTML_HEAD,
	HTML_HEADER, HTML_HGROUP, HTML_HR, HTML_HTML, HTML_I, HTML_IMG,
	HTML_INPUT, HTML_INS, HTML_LABEL, HTML_LEGEND, HTML_LI, HTML_LINK,
	HTML_MAIN, HTML_MATH, HTML_MENU, HTML_META, HTML_NAV, HTML_NOSCRIPT,
	HTML_OBJECT, HTML_OL, HTML_OPTION, HTML_P, HTML_PRE, HTML_Q, HTML_RP,
	HTML_RT, HTML_RUBY, HTML_S, HTML_SECTION, HTML_SELECT, HTML_SMALL,
	HTML_SPAN, HTML_STRONG, HTML_SUB, HTML_SUMMARY, HTML_SUP, HTML_TABLE,
	HTML_TBODY, HTML_TD, HTML_TEMPLATE, HTML_TEXTAREA, HTML_TFOOT,
	HTML_TH, HTML_THEAD, HTML_TIME, HTML_TITLE, HTML_TR, HTML_U, HTML_UL,
	HTML_VIDEO, HTML_WBR, HTML_TAGS
};

/* The attributes that are kept; all others are dropped unread. */
enum html_attr_name {
	HTML_ALTTEXT, HTML_ARIA_HIDDEN, HTML_ARIA_LABEL, HTML_CHARSET,
	HTML_CLASS, HTML_CONTENT, HTML_DATA_COMPONENT, HTML_DATA_TESTID,
	HTML_DATETIME, HTML_HIDDEN, HTML_HREF, HTML_HTTP_EQUIV, HTML_ID,
	HTML_ITEMPROP, HTML_ITEMSCOPE, HTML_ITEMTYPE, HTML_LANG, HTML_NAME,
	HTML_PROPERTY, HTML_PUBDATE, HTML_REL, HTML_ROLE,
	HTML_SHADOWROOTMODE,
	HTML_STYLE, /* only where it speaks of display or visibility */
	HTML_TYPE,
	HTML_ATTR_OTHER /* one of html_options.keep; its name is in `key` */
};

struct html_attr {
	enum html_attr_name name;
	struct str key;   /* lower case */
	struct str value; /* entities decoded */
};

struct html_node {
	enum html_tag tag;
	uint32_t parent; /* HTML_NONE for the root */
	uint32_t end;    /* index behind its last descendant */
	uint32_t attrs;  /* its attributes: [attrs, attrs + attrs_count) */
	uint32_t attrs_count;
	struct str text; /* of a text node; of an element: its name */
};

/* The body of a script that holds data, as it stands in the page. */
struct html_script {
	struct str type; /* its attribute, "application/ld+json"; raw */
	struct str id;   /* its attribute, "__NEXT_DATA__"; raw */
	struct str body;
};

struct html {
	struct html_node *nodes; /* [0] is the element html */
	uint32_t count;
	struct html_attr *attrs;
	uint32_t attrs_count;
	uint32_t head; /* HTML_NONE when there is none */
	uint32_t body;
	struct html_script *scripts; /* type is JSON, or id __NEXT_DATA__ */
	size_t scripts_count;
	size_t kept_bytes; /* what the first pass left for the parser */
	size_t dropped_tags; /* start tags beyond a bound */
};

struct html_options {
	const struct str *keep; /* further attributes, lower case */
	size_t keep_count;
	bool links; /* keep whole addresses of <a>, and <link> to feeds */
	bool plain; /* no first pass: for the tests that compare */
};

/*
 * Parses `page`, which is UTF-8 (bad bytes become U+FFFD in the parser).
 * `options` may be NULL. -1: more than HTML_KEPT_BYTES are left after the
 * first pass, or the tree needs more memory than the arena has, or the parser
 * wanted too many allocations for the size of the page.
 */
int html_parse(struct html *out, struct str page,
	const struct html_options *options, struct arena *arena,
	struct err *err);

/* The value of an attribute; ptr is NULL when the element lacks it. */
struct str html_attr(const struct html *h, uint32_t node,
	enum html_attr_name name);

/* The same for a name in lower case, for names that options.keep added. */
struct str html_attr_named(const struct html *h, uint32_t node,
	struct str name);

/* First child, next sibling; HTML_NONE when there is none. */
uint32_t html_first(const struct html *h, uint32_t node);
uint32_t html_next(const struct html *h, uint32_t node);

/* Whether `node` is `above` or lies in it. */
bool html_within(const struct html *h, uint32_t node, uint32_t above);

/* The next node after `from` (in document order, before `end`) with the tag. */
uint32_t html_find(const struct html *h, uint32_t from, uint32_t end,
	enum html_tag tag);

/*
 * The text below a node, one space for each run of white space, none at the
 * ends; script, style and the like are not in the tree. {NULL, 0} when the
 * arena is full.
 */
struct str html_text(const struct html *h, uint32_t node,
	struct arena *arena);

#endif
