/*
 * Boxes within a body that have no telling names: seen by what they hold. A
 * box here is an element of few passages.
 */
#ifndef STET_EXTRACT_TRIMBOX_H
#define STET_EXTRACT_TRIMBOX_H

#include "cmd/extract/body/trim.h"

/*
 * Marks as dropped the captions that stand with an image where the page has
 * no figure, and the cards of other articles: a linked headline or picture
 * with a short text.
 */
void trim_drop_boxes(struct trim *t);

#endif
