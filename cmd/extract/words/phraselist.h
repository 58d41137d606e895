/* The phrases themselves, for phrase.c alone; all in lower case. */
#ifndef STET_EXTRACT_PHRASELIST_H
#define STET_EXTRACT_PHRASELIST_H

#include "cmd/extract/words/phrase.h"

/* Each list ends with an empty view. */
extern const struct str *const phrase_lists[PHRASES];

/* What stands in that table. */
extern const struct str tail_phrases[];
extern const struct str promo_phrases[];
extern const struct str label_phrases[];
extern const struct str newsletter_phrases[];
extern const struct str credit_phrases[];
extern const struct str correction_phrases[];
extern const struct str byline_phrases[];
extern const struct str caption_phrases[];
extern const struct str contact_phrases[];
extern const struct str about_phrases[];
extern const struct str notice_phrases[];
extern const struct str legal_phrases[];

/* Words that dates are made of. */
extern const struct str phrase_date_words[];

/* "is a", and what follows it where a person is presented. */
extern const struct str phrase_bio_verbs[];
extern const struct str phrase_bio_roles[];

#endif
