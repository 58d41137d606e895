/*
 * Where the tokens of HTML5 end (HTML 13.2.5), for htmlscan.c and refresh.c.
 * All functions take the place `p` within a page that goes to `end` and never
 * read behind it; an end that is missing is the end of the page.
 */
#ifndef STET_HTMLTOKEN_H
#define STET_HTMLTOKEN_H

#include <stdbool.h>

#include "common/base/str.h"

struct htmltoken_attr {
	struct str name;
	struct str value; /* raw, without quotes */
	bool has_value;
	char quote; /* or 0 */
};

/* Whether the name of a tag ends before p. */
bool htmltoken_ends_name(const char *p, const char *end);

/* Whether the name is at p and ends there. */
bool htmltoken_name_at(const char *p, const char *end, struct str name);

/* The "</NAME" that ends raw text. */
const char *htmltoken_raw_end(const char *p, const char *end, struct str name);

/* The same for script data with its escaped states (13.2.5.15 to 30). */
const char *htmltoken_script_end(const char *p, const char *end);

/* Behind the comment that begins at p ("<!", "<?" or "</" and no letter). */
const char *htmltoken_comment_end(const char *p, const char *end);

/*
 * The next attribute of the tag at *at (behind its name). 1; 0 with *at
 * behind the '>'; -1 when the page ends within the tag.
 */
int htmltoken_attr(struct htmltoken_attr *a, const char **at, const char *end);

#endif
