/* The end of a body: a part of trim.c, and what all its parts share. */
#ifndef STET_EXTRACT_TRIMEND_H
#define STET_EXTRACT_TRIMEND_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/extract/body/trim.h"

/* The i-th passage of the body. */
const struct passage *trim_at(const struct trim *t, uint32_t i);

/* Marks as dropped what the rules know as no text of the article. */
void trim_drop_boilerplate(struct trim *t);

/* Takes out copies for another width of screen. */
void trim_drop_repeats(struct trim *t);

/* Marks it as dropped; trim_compact then closes the gaps. */
void trim_drop(struct trim *t, uint32_t i);
void trim_compact(struct trim *t);

/*
 * Marks a heading as dropped when all that it stands above, up to the next
 * heading, is marked.
 */
void trim_drop_empty_headings(struct trim *t);

/* Whether it reads as a paragraph; whether it says who wrote. */
bool trim_is_prose(const struct passage *p);
bool trim_is_byline(const struct passage *p);

/* Whether it points elsewhere, by its links and its first words. */
bool trim_is_promo(const struct passage *p);

/* Cuts what follows the article; marks credits and corrections. */
void trim_end(struct trim *t);

#endif
