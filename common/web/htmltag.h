/*
 * What the two halves of the HTML parser know about tags and attributes, for
 * html.c and htmlscan.c alone.
 */
#ifndef STET_HTMLTAG_H
#define STET_HTMLTAG_H

#include <stdint.h>

#include "common/base/str.h"
#include "common/web/html.h"

enum htmltag_flags {
	TAG_VOID = 1 << 0,       /* has no end tag */
	TAG_BLOCK = 1 << 1,      /* white space beside its tags is nothing */
	TAG_FORMATTING = 1 << 2, /* is re-opened in every block till closed */
	TAG_OMIT = 1 << 3,       /* the tag goes, what it holds stays */
	TAG_GONE = 1 << 4,       /* goes with everything in it */
	TAG_RAW = 1 << 5,        /* its content holds no tags */
	TAG_PRE = 1 << 6,        /* white space in it counts */
	TAG_BREAKOUT = 1 << 7    /* ends an open svg */
};

struct htmltag {
	enum html_tag tag;
	uint16_t flags;
};

/* By the parser's own number of a tag. */
extern const struct htmltag htmltag_known[];

/* What is known of the tag with this name, in any case; never NULL. */
const struct htmltag *htmltag_find(struct str name, unsigned *number);

/* How many numbers there are. */
enum { HTMLTAG_NUMBERS = 160 };

/* The names of the kept attributes, HTML_ATTR_OTHER of them. */
extern const struct str htmltag_attrs[HTML_ATTR_OTHER];

#endif
