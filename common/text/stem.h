/*
 * Stems of words (Snowball), by which inflected forms are found: "bridges"
 * and "bridge" are both "bridg".
 *
 *	struct stem *stem = stem_open(STR("de-AT"));	NULL: not known
 *	stem_words(&out, stem, STR(" die brucken "));	" die bruck "
 *	stem_close(stem);
 */
#ifndef STET_STEM_H
#define STET_STEM_H

#include <stdbool.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

struct stem;

/* For a language's BCP 47 tag; NULL where there are no rules for it. */
struct stem *stem_open(struct str tag);
void stem_close(struct stem *stem);

/* Of one word in lower case; the view lives until the next call. */
struct str stem_word(struct stem *stem, struct str word);

/*
 * Appends folded text (common/search/fold.h) with each word's stem in its
 * place. As it is where `stem` is NULL.
 */
void stem_words(struct strbuf *out, struct stem *stem, struct str folded);

#endif
