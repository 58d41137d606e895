/*
 * What a change is, in a line or two: of two compared documents the place
 * that tells most (the headline, else a paragraph with another number, quote
 * or name, else any), before and after, cut at words.
 *
 *	struct excerpt e;
 *	if (excerpt_find(&e, rows, &err) > 0)
 *		excerpt_html(out, &e);
 *
 * Where less than a third of the words stay, the old stands over the new as a
 * whole: marks on nearly all words would be confetti.
 */
#ifndef STET_EXCERPT_H
#define STET_EXCERPT_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/diff/wordsdiff.h"
#include "common/page/rows.h"

enum {
	EXCERPT_LINE = 110,     /* bytes of a side in a list */
	EXCERPT_TEXT = 220,     /* in words for a picture */
	EXCERPT_PICTURE = 420   /* on a picture */
};

enum excerpt_part {
	EXCERPT_HEADLINE,
	EXCERPT_BYLINE,
	EXCERPT_SUMMARY,
	EXCERPT_PARAGRAPH,
	EXCERPT_ADDED,   /* a paragraph that has nothing before it */
	EXCERPT_REMOVED,
	EXCERPT_MOVED    /* and nothing else changed */
};

struct excerpt {
	enum excerpt_part part;
	struct str before, after;      /* whole; empty: not there */
	const struct wordsdiff *words; /* NULL: marked as a whole */
};

/* 1; 0: the two are the same; -1. Valid until the rows are used again. */
int excerpt_find(struct excerpt *out, struct rows *r, struct err *err);

/* What the part is called: "Headline", "Paragraph taken out". */
const char *excerpt_name(enum excerpt_part part);

/*
 * Calls `put` for the stretches of one side, at most about `most` bytes round
 * what is marked; a cut end is told by an ellipsis.
 */
void excerpt_side(const struct excerpt *e, bool after, size_t most,
	void (*put)(void *context, struct str text, bool marked),
	void *context);

/* Appends `<del>...</del> → <ins>...</ins>` with the words beside. */
void excerpt_html(struct strbuf *out, const struct excerpt *e);

/* Appends "Before: ... After: ..." as text, for those who see no picture. */
void excerpt_text(struct strbuf *out, const struct excerpt *e);

/* Whether so few words stayed that they are not worth a mark. */
bool excerpt_rewritten(const struct wordsdiff *words);

#endif
