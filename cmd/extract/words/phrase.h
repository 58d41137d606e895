/*
 * What a short passage says by its first words, in some twenty languages:
 * "Read more", "Lesen Sie auch", "関連記事". The phrases are in phrases.words,
 * no names of sites or people among them.
 */
#ifndef STET_EXTRACT_PHRASE_H
#define STET_EXTRACT_PHRASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"

enum phrase {
	PHRASE_TAIL,       /* begins what follows an article: "Related" */
	PHRASE_PROMO,      /* points to another article: "Read more:" */
	PHRASE_LABEL,      /* stands alone: "Advertisement", "Photo" */
	PHRASE_NEWSLETTER, /* asks for a subscription */
	PHRASE_CREDIT,     /* "Reporting by": who worked on it */
	PHRASE_CORRECTION, /* "An earlier version of this article" */
	PHRASE_BYLINE,     /* "By", "Von", "Par": a name follows */
	PHRASE_CAPTION,    /* "Photo:", "Image credit" */
	PHRASE_CONTACT,    /* how to reach the writer */
	PHRASE_ABOUT,      /* "About": a company's or author's note */
	PHRASE_NOTICE,     /* of the page to its reader, not of the article */
	PHRASE_LEGAL,      /* whose it is: "Copyright", "Citation:" */
	PHRASES
};

enum { PHRASE_BYTES = 192 };

/* The start of a passage in lower case, without marks in front. */
struct phrase_text {
	char bytes[PHRASE_BYTES];
	size_t len;
	bool whole; /* all of the passage is here */
	uint32_t begun, all; /* kinds: it begins with one, it is one; bits */
};

void phrase_lower(struct phrase_text *out, struct str text);

/* Whether the text begins with one of the phrases, and a word ends there. */
bool phrase_starts(const struct phrase_text *text, enum phrase kind);

/* Whether the text is one of the phrases and nothing more but marks. */
bool phrase_is(const struct phrase_text *text, enum phrase kind);

/* Whether one of the phrases stands anywhere in the text. */
bool phrase_within(const struct phrase_text *text, enum phrase kind);

/*
 * Whether the text is a date or a time and hardly anything else: digits, the
 * names of months and days, "updated", "min read".
 */
bool phrase_is_date(struct str text);

/* Whether the text presents a person: "X is a reporter at". */
bool phrase_is_bio(struct str text);

#endif
