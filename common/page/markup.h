/*
 * Putting text that came from the network into HTML, XML and link-format.
 * Nothing reaches a page but through these functions or as a literal of the
 * program: `out` is markup, every struct str is text.
 *
 *	markup_add(out, "<h1>");
 *	markup_text(out, title);
 *	markup_add(out, "</h1>");
 */
#ifndef STET_MARKUP_H
#define STET_MARKUP_H

#include <stdbool.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

/* Appends markup of the program's own. */
void markup_add(struct strbuf *out, const char *literal);

/*
 * Appends text so that it stands literally between tags and within a quoted
 * attribute, in HTML and in XML alike: & < > " ' as references; characters
 * that XML 1.0 section 2.2 does not allow, and the controls of bidirectional
 * text that could reach beyond their element, as U+FFFD.
 */
void markup_text(struct strbuf *out, struct str text);

/* Appends ` NAME="TEXT"`. */
void markup_attr(struct strbuf *out, const char *name, struct str text);

/* Whether the address may stand in a link: absolute, http or https. */
bool markup_linkable(struct str url);

/*
 * Appends an address with every byte that RFC 3986 does not allow in one, and
 * ', as %XX: safe within quotes and within the < > of link-format.
 */
void markup_uri(struct strbuf *out, struct str url);

/* The same with & as &amp;, for an attribute or an element. */
void markup_url(struct strbuf *out, struct str url);

/*
 * Appends a link with the address as its target and `text` (or, when empty,
 * the address) as its words; text alone when it is not linkable.
 */
void markup_link(struct strbuf *out, struct str url, struct str text,
	const char *rel);

#endif
