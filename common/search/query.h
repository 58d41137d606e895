/*
 * What is asked for: words, "exact phrases", word* for what begins so, -word
 * for what must not occur. Whatever else stands in it is taken as text: no
 * query is malformed, and none reaches the index as its language.
 *
 *	struct query q;
 *	query_init(&q);
 *	query_add(&q, STR("\"two engineers\" bridge -ferry"));
 *	if (q.wanted == 0)
 *		... nothing to search for
 *	query_release(&q);
 */
#ifndef STET_QUERY_H
#define STET_QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { QUERY_TERMS = 32, QUERY_BYTES = 16 << 10 };

struct query_term {
	size_t start, len; /* in `folded`: " two engineers ", " bri" */
	bool prefix;       /* the space at its end is left off */
	bool excluded;
};

struct query {
	struct query_term terms[QUERY_TERMS];
	size_t count;
	size_t wanted; /* terms that are not excluded */
	bool too_many; /* terms were dropped */
	struct strbuf folded;
};

void query_init(struct query *q);
void query_release(struct query *q);

/* Adds the terms of `text`, valid UTF-8. */
void query_add(struct query *q, struct str text);

/* Appends the query in FTS5's language: the wanted terms, all of them. */
void query_match(struct strbuf *out, const struct query *q);

/* How often term i occurs in a folded text. */
size_t query_occurs(const struct query *q, size_t i, struct str folded);

/* Where the first wanted term stands in it: true with [*from, *to). */
bool query_place(const struct query *q, struct str folded, size_t *from,
	size_t *to);

#endif
