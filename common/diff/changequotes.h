/*
 * Which words of a text stand within quotation marks, a part of
 * common/diff/change.h. A quotation that is not closed lasts to the end of the
 * text, as one that goes on in the next paragraph does.
 */
#ifndef STET_CHANGEQUOTES_H
#define STET_CHANGEQUOTES_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/text/words.h"

/* Sets quoted[i] for each token, to 1 within marks (the opening one
 * included), else 0. */
void changequotes_mark(unsigned char *quoted, const struct words *words);

/* Whether the token can open a quotation. */
bool changequotes_opens(const struct words_token *token);

/* The only character of a token, or 0 when it has more. */
uint32_t changequotes_character(const struct words_token *token);

#endif
