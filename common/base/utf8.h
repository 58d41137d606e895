/*
 * UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, at most
 * U+10FFFF. Text is checked once, where it enters; later code relies on it.
 */
#ifndef STET_UTF8_H
#define STET_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

/* What utf8_decode gives for a byte sequence that is no character. */
#define UTF8_BAD 0xffffffffu

/*
 * Takes one character off the front of *s, which must not be empty. For a bad
 * sequence it takes the maximal subpart (WHATWG Encoding 4.1.1) and returns
 * UTF8_BAD.
 */
uint32_t utf8_decode(struct str *s);

/* Writes `c` (a scalar value) to out; returns its bytes, 1 to 4. */
size_t utf8_encode(char out[4], uint32_t c);
void utf8_add(struct strbuf *b, uint32_t c);

bool utf8_valid(struct str s);

/* What follows the ASCII at the start of s. */
struct str utf8_skip_ascii(struct str s);

/* Length of the valid part at the start of s. */
size_t utf8_valid_len(struct str s);

/*
 * Appends s to out with each bad sequence replaced by U+FFFD. Returns how
 * many were replaced.
 */
size_t utf8_clean(struct strbuf *out, struct str s);

/* Number of characters in valid UTF-8. */
size_t utf8_count(struct str s);

/* s cut to at most `max` bytes at a character's boundary. */
struct str utf8_cut(struct str s, size_t max);

/*
 * Whether a terminal or a reader's eye would be steered by the character: C0
 * but tab and newline, DEL, C1, line and paragraph separators, and the format
 * characters that turn text round or hide in it (all marks of direction,
 * invisible operators, tags, the byte order mark). Joiners within words and
 * emoji (U+200C, U+200D) and variation selectors are left alone, as scripts
 * need them.
 */
bool utf8_steers(uint32_t c);

/* Appends s with a visible "<U+202E>" in place of each such character. */
void utf8_add_visible(struct strbuf *out, struct str s);

#endif
