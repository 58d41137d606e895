/*
 * What a character is (utf8proc): its class, its lower case, whether its
 * script puts spaces between words, and normalisation. No locale.
 */
#ifndef STET_UNICODE_H
#define STET_UNICODE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum unicode_class {
	UNICODE_OTHER,  /* controls, format characters, unassigned */
	UNICODE_SPACE,  /* every separator, tab and newline */
	UNICODE_PUNCT,
	UNICODE_SYMBOL, /* currency, mathematics, pictures */
	UNICODE_DIGIT,  /* every kind of number */
	UNICODE_UPPER,  /* title case too */
	UNICODE_LOWER,
	UNICODE_LETTER, /* of a script without case */
	UNICODE_MARK    /* goes with the character before it */
};

/* The class of a scalar value; UNICODE_OTHER for what is none. */
enum unicode_class unicode_class(uint32_t c);

/* Whether c belongs to a script that is written without spaces between
 * words: Han, kana, Thai, Lao, Khmer, Burmese. */
bool unicode_unspaced(uint32_t c);

/* Simple case mapping: one character to one. */
uint32_t unicode_lower(uint32_t c);
/*
 * What c is without case, accents and variants of form: "É" and "é" are "e",
 * "ﬁ" is "fi"; nothing is left of a mark. Returns how many characters were
 * written, at most UNICODE_FOLD_MAX.
 */
enum { UNICODE_FOLD_MAX = 18 };
size_t unicode_fold(uint32_t out[UNICODE_FOLD_MAX], uint32_t c);

/*
 * Whether s is seen at a glance to be in normalisation form C: false says
 * nothing, but for almost all text it is true.
 */
bool unicode_is_nfc(struct str s);

/* Appends s, valid UTF-8, in normalisation form C. */
void unicode_add_nfc(struct strbuf *out, struct str s);

/*
 * s in normalisation form C: itself where it is already, else a copy in
 * `arena`, {NULL, 0} when that is full.
 */
struct str unicode_nfc(struct str s, struct arena *arena);

/*
 * Appends the characters that c stands for when case and compatibility forms
 * are the same (NFKC_Casefold, but that nothing is ignored), decomposed.
 */
void unicode_add_folded(struct strbuf *out, uint32_t c);

/* Bidirectional class of a character, as far as host names ask (RFC 5893). */
enum unicode_bidi {
	UNICODE_BIDI_L,
	UNICODE_BIDI_R, /* R and AL */
	UNICODE_BIDI_AN,
	UNICODE_BIDI_EN,
	UNICODE_BIDI_NSM,
	UNICODE_BIDI_NEUTRAL, /* ES, CS, ET, ON, BN */
	UNICODE_BIDI_OTHER
};

enum unicode_bidi unicode_bidi(uint32_t c);

/* Whether c takes a consonant's vowel away (combining class 9). */
bool unicode_is_virama(uint32_t c);

/* Appends s with each character in lower case. */
void unicode_add_lower(struct strbuf *out, struct str s);

#endif
