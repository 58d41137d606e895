/*
 * XML as it is found in feeds: libxml2's push parser in recovery, behind a
 * first pass that mends what would stop or mislead it. Nothing outside the
 * document is ever read: the pass takes out document type declarations, so
 * that the parser sees no entity, no external subset and no file name.
 *
 *	static const struct xml_events events = { open, close, text };
 *	if (xml_parse(utf8, &events, &state, &err) < 0)
 *		... the rest of the document is lost; what came is valid
 *
 * The first pass (tests/WILD.md has each malformation and its reason):
 * leading junk, comments, processing instructions and DOCTYPE are dropped;
 * bytes that XML 1.0 forbids are dropped; "&" that begins no reference and
 * "<" that begins no markup are escaped; HTML's named entities become
 * characters, unknown ones stay as they are written; references to the C1
 * controls mean windows-1252.
 *
 * Limits: a start tag of XML_TAG_BYTES or XML_ATTRS attributes, elements
 * nested deeper than XML_DEPTH, and libxml2's own (names of 50,000 bytes,
 * text of 10 MB in one piece).
 */
#ifndef STET_LINKS_XML_H
#define STET_LINKS_XML_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum { XML_ATTRS = 1000, XML_TAG_BYTES = 1 << 20, XML_DEPTH = 4096 };

struct xml_attr {
	struct str ns; /* empty: none */
	struct str name;
	struct str value;
};

struct xml_element {
	struct str ns;     /* of the declaration in force, else empty */
	struct str prefix; /* as written */
	struct str name;   /* without prefix */
	const struct xml_attr *attrs;
	size_t attrs_count;
};

/*
 * What is called while the document is read; views are valid within the call
 * only. Each open gets its close, in mis-nested documents at another place
 * than written, unless the document ends before. `text` may come in any
 * number of pieces. A non-zero result ends the reading.
 */
struct xml_events {
	int (*open)(void *context, const struct xml_element *element);
	int (*close)(void *context, const struct xml_element *element);
	int (*text)(void *context, struct str text);
};

/*
 * Reads `doc`, which must be valid UTF-8 (whatever encoding it declares).
 * Returns 0, or what an event returned, or -1 when a limit or a malformation
 * that cannot be mended ended the reading early.
 */
int xml_parse(struct str doc, const struct xml_events *events, void *context,
	struct err *err);

/* The first attribute of that name in any namespace; {NULL, 0} without. */
struct str xml_attr(const struct xml_element *element, struct str name);

/* The character of an HTML 4 or XML entity's name ("eacute"), or 0. */
uint32_t xml_entity(struct str name);

/*
 * What the number of a character reference means in HTML: 128 to 159 are
 * windows-1252; 0 for what is no character of XML.
 */
uint32_t xml_reference(uint64_t number);

#endif
