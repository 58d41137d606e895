/*
 * What is asked for: words in all their forms, "exact phrases", word* for what
 * begins so, -word for what must not occur. Whatever else is in it is taken as
 * text: no query is malformed, and none reaches the index as its language.
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
#include "common/search/stems.h"

enum { QUERY_TERMS = 32, QUERY_BYTES = 16 << 10 };

struct query_term {
	size_t start, len; /* in `folded`: " two engineers ", " bri" */
	bool prefix;       /* the space at its end is left off */
	bool excluded;
	bool inflects;     /* a word of which every form is meant */
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

/*
 * Before a stem in the index, where it is not the word itself: no word begins
 * so, and the index takes it for a letter.
 */
#define QUERY_STEM "\u00b7"

/*
 * Appends the query in FTS5's language: the wanted terms, all of them, in the
 * forms of each of the languages.
 */
void query_match(struct strbuf *out, const struct query *q,
	const struct stems *stems);

/* A text as terms are looked for in it. */
struct query_text {
	struct stem *stem;      /* of its language; may be NULL */
	struct strbuf folded;
	struct strbuf stemmed;  /* the same words' stems */
};

void query_text_init(struct query_text *t);
void query_text_release(struct query_text *t);
void query_text_read(struct query_text *t, struct str text);

/* How often term i occurs in it. */
size_t query_occurs(const struct query *q, size_t i,
	const struct query_text *t);

/* Where the first wanted term is in t->folded: true with [*from, *to). */
bool query_place(const struct query *q, const struct query_text *t,
	size_t *from, size_t *to);

#endif
