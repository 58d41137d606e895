/*
 * How alike texts are, by the words they share. A word weighs the more, the
 * longer it is and the rarer among the texts; scripts without spaces are
 * taken by pairs of characters.
 *
 *	struct similar *s = similar_new();
 *	size_t a = similar_add(s, text), b = similar_add(s, other);
 *	similar_weigh(s);
 *	if (similar_score(s, a, b) >= 400)
 *		...
 *	similar_free(s);
 *
 * Scores are 0 to SIMILAR_SAME, the same for the same texts in every run.
 */
#ifndef STET_SIMILAR_H
#define STET_SIMILAR_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"

enum { SIMILAR_SAME = 1000 };

struct similar;

/* Never NULL. */
struct similar *similar_new(void);
void similar_free(struct similar *s);

/* Forgets all texts, keeps the storage. */
void similar_reset(struct similar *s);

/* Adds a text, which need not stay; returns its number, from 0 on. */
size_t similar_add(struct similar *s, struct str text);

/* To be called after the last text was added, before anything below. */
void similar_weigh(struct similar *s);

/* How many words the text has. */
size_t similar_words(const struct similar *s, size_t text);

/*
 * The weight of the words that both have, against that of both (Dice); or
 * against that of the smaller one, at a discount, when it is nearly contained
 * in the larger.
 */
int similar_score(const struct similar *s, size_t a, size_t b);

/*
 * Of the weight of `part`, the share that is in `whole` once the words of
 * `taken` (NULL-like: taken_count 0) have been taken off `whole`.
 */
int similar_inside(struct similar *s, size_t part, size_t whole,
	const size_t *taken, size_t taken_count);

/*
 * The up to `max` texts from number `from` on that share most weight in rare
 * words with `text`, best first; returns how many.
 */
size_t similar_candidates(size_t *out, size_t max, struct similar *s,
	size_t text, size_t from);

#endif
