/*
 * Plain text out of a value that a page gives of itself: attribute contents,
 * JSON strings. They hold entities that were escaped twice, tags, line breaks
 * and no-break spaces; what comes out is one line.
 */
#ifndef STET_EXTRACT_PLAIN_H
#define STET_EXTRACT_PLAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/str.h"

enum { PLAIN_PASSES = 2 }; /* entities are decoded this often at most */

/*
 * s with character references decoded, tags taken out, white space of every
 * kind folded to one space and trimmed, characters that show nothing dropped.
 * {NULL, 0} when the arena is full.
 */
struct str plain_text(struct str s, struct arena *arena);

/*
 * The same for a long text of several paragraphs: line breaks, and the ends
 * of block elements, stay as '\n' (one for a run).
 */
struct str plain_lines(struct str s, struct arena *arena);

/* Number of characters; a CJK or Hangul one counts as three. */
size_t plain_length(struct str s);

/* ASCII, Latin, Greek and Cyrillic letters in lower case, others as given. */
uint32_t plain_lower(uint32_t c);

/* Whether c is a letter or a digit of some script. */
bool plain_is_word(uint32_t c);

/* Whether c belongs to a script written without spaces (Han, kana). */
bool plain_is_cjk(uint32_t c);

#endif
