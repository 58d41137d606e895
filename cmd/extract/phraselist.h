/* The phrases themselves, for phrase.c alone; all in lower case. */
#ifndef STET_EXTRACT_PHRASELIST_H
#define STET_EXTRACT_PHRASELIST_H

#include "cmd/extract/phrase.h"

/* Each list ends with an empty view. */
extern const struct str *const phrase_lists[PHRASES];

/* Words that dates are made of. */
extern const struct str phrase_date_words[];

/* "is a", and what follows it where a person is presented. */
extern const struct str phrase_bio_verbs[];
extern const struct str phrase_bio_roles[];

#endif
