/*
 * The text within the cells of a difference: paragraphs with the words that
 * went in `<del>` and those that came in `<ins>`.
 */
#ifndef STET_ROWTEXT_H
#define STET_ROWTEXT_H

#include <stdbool.h>

#include "common/article/article.h"
#include "common/base/strbuf.h"
#include "common/diff/wordsdiff.h"
#include "common/text/words.h"

/* Appends blocks, each wholly within `mark` ("del", "ins"; NULL: none). */
void rowtext_blocks(struct strbuf *out, const struct block *blocks,
	size_t count, const char *mark);

/*
 * Append the left (right) side of a comparison of `blocks`, joined by a
 * newline, with what is on this side alone marked.
 */
void rowtext_left(struct strbuf *out, const struct block *blocks, size_t count,
	const struct wordsdiff *words);
void rowtext_right(struct strbuf *out, const struct block *blocks,
	size_t count, const struct wordsdiff *words);

/* Appends one side of a comparison of texts of one line, marked alike. */
void rowtext_side(struct strbuf *out, const struct wordsdiff *words,
	bool right);

/* For feeds: both sides in one run of text; whole blocks of one side. */
void rowtext_spans(struct strbuf *out, const struct wordsdiff *words);
void rowtext_whole(struct strbuf *out, enum gitdiff_op op,
	const struct block *blocks, size_t count);

/* Appends `<p>` or `<pre>` (and its end) as a block of this kind wants it. */
#endif
