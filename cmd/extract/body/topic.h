/*
 * What a text is about, told by its long words: the parts of one article
 * share a third of them, two articles in one language a tenth. A word counts
 * by its first letters, so that its endings do not matter; in a script
 * without spaces two characters in a row are a word.
 *
 *	struct topic topic = { 0 };
 *	topic_add(&topic, paragraph);
 *	topic_count(&words, &known, &topic, other);
 *	if (words > 30 && known * 10 < words)
 *		... the other text is about something else
 */
#ifndef STET_EXTRACT_TOPIC_H
#define STET_EXTRACT_TOPIC_H

#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

enum {
	TOPIC_LETTERS = 5, /* a shorter word says nothing */
	TOPIC_BITS = 1 << 16
};

/* A set of words, as bits by their hashes. */
struct topic {
	uint64_t bits[TOPIC_BITS / 64];
	uint32_t words; /* that were added, each as often as it came */
	double own_words, own_known; /* of what was added last */
};

void topic_add(struct topic *t, struct str text);

/*
 * Which share of the words that were added last the topic had before: that of
 * one more paragraph of the same text. It grows as the text does.
 */
double topic_own(const struct topic *t);

/*
 * Counts the long words of a text, and those that the topic has: both are
 * added to.
 */
void topic_count(uint32_t *words, uint32_t *known, const struct topic *t,
	struct str text);

#endif
