/*
 * Text as search sees it: words without case and accents, each between two
 * spaces, so that " the bridge " is found by bytes alone. Letters of scripts
 * without spaces (Han, kana, Thai) are a word each, which finds any part of a
 * text in them. The index and the check of its answers use the same folding,
 * so they cannot disagree.
 *
 *	"Élan of 1,200"  ->  " elan of 1 200 "
 */
#ifndef STET_FOLD_H
#define STET_FOLD_H

#include <stddef.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

/* Appends the words of `text`, valid UTF-8, with a space before the first and
 * after each; nothing when it has none. */
void fold_text(struct strbuf *out, struct str text);

/*
 * The part of `text` whose words, folded, are bytes [from, to) of what
 * fold_text gives for it.
 */
struct str fold_origin(struct str text, size_t from, size_t to);

#endif
