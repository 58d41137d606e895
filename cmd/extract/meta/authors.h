/*
 * Who wrote it: a list of names, and the byline as the page has it.
 *
 *	struct byline b;
 *	authors_find(&b, &facts, body_root);
 */
#ifndef STET_EXTRACT_AUTHORS_H
#define STET_EXTRACT_AUTHORS_H

#include "cmd/extract/page/facts.h"
#include "common/article/article.h"
#include "common/base/str.h"

enum { AUTHORS_MAX = 32, AUTHOR_WORDS = 6, AUTHOR_BYTES = 120 };

struct byline {
	struct str text;        /* names joined by ", " */
	struct strlist authors;
};

/*
 * Fills the byline from JSON-LD, else meta elements, else marked elements of
 * the page around `heading` (a node, or HTML_NONE). Empty when nobody is
 * named.
 */
void authors_find(struct byline *out, const struct facts *f, uint32_t heading);

/*
 * Appends the names in a line such as "By Ann Smith and Bo Li in Rome" to
 * `out`, whose items have room for AUTHORS_MAX. What is no name (a role, a
 * place, an address, a date) is left out.
 */
void authors_split(struct strlist *out, struct str line, struct arena *arena);

/* `line` without what introduces names: "By", "Text: von". */
struct str authors_without_opener(struct str line);

#endif
