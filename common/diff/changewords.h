/*
 * The vocabulary by which common/diff/change.h tells a date line, a note of
 * correction or the site's own text from an article's. Words of the larger
 * European languages, Russian, Chinese and Japanese; a language that is not
 * there only loses the finer class, never an edit.
 */
#ifndef STET_CHANGEWORDS_H
#define STET_CHANGEWORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"
#include "common/text/words.h"

/* What a word can be in a date line. */
enum changewords_role {
	ROLE_NONE,
	ROLE_NUMBER, /* any number */
	ROLE_DAY,    /* month, day of the week, "today" */
	ROLE_ZONE,   /* "GMT", "pm" */
	ROLE_UPDATE, /* "updated", "published" */
	ROLE_UNIT,   /* "minutes" */
	ROLE_AGO,    /* "ago" */
	ROLE_FILLER  /* "last", "on", "this article was" */
};

/* The role of a token that is no punctuation. */
enum changewords_role changewords_role(const struct words_token *token);

/* Whether a word, in any case, is a number ("twelve", "dozen"). */
bool changewords_is_number(struct str word);

/* Whether a character writes a number in Chinese or Japanese; and whether it
 * is what is counted there. */
bool changewords_is_numeral(struct str character);
bool changewords_is_counted(struct str character);

/*
 * Whether tokens are a date line and nothing else: it says that something was
 * updated, or how long ago; or, when `bare` is set, is just a date or a time.
 */
bool changewords_is_dateline(const struct words_token *tokens, size_t count,
	bool bare);

/* Whether a paragraph is a note of correction, by how it begins. */
bool changewords_is_correction(struct str text);

/* Whether a short paragraph is the site's own: "Read more", "12 comments". */
bool changewords_is_boilerplate(struct str text);

#endif
