/*
 * Who wrote it: a list of names, and the byline as the page has it.
 *
 *	struct byline b;
 *	authors_find(&b, &facts, &body, heading);
 */
#ifndef STET_EXTRACT_AUTHORS_H
#define STET_EXTRACT_AUTHORS_H

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "common/article/article.h"
#include "common/base/str.h"

enum { AUTHORS_MAX = 32, AUTHOR_WORDS = 6, AUTHOR_BYTES = 120 };

struct byline {
	struct str text;        /* names joined by ", " */
	struct strlist authors;
};

/*
 * Fills the byline with the best of what authorlists.h collects about
 * `heading` (the title's node, or HTML_NONE) and the body. Empty when nobody
 * is named, or no name is likely enough.
 */
void authors_find(struct byline *out, const struct facts *f,
	const struct body *body, uint32_t heading);

/*
 * Appends the names in a line such as "By Ann Smith and Bo Li in Rome" to
 * `out`, whose items have room for AUTHORS_MAX. What is no name (a role, a
 * place, an address, a date) is left out.
 */
void authors_split(struct strlist *out, struct str line, struct arena *arena);

/* `line` without what introduces names: "By", "Text: von". */
struct str authors_without_opener(struct str line);

#endif
