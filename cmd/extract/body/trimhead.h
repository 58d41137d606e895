/* The head of a body, as far as its first paragraph: a part of trim.c. */
#ifndef STET_EXTRACT_TRIMHEAD_H
#define STET_EXTRACT_TRIMHEAD_H

#include "cmd/extract/body/trim.h"

/*
 * Takes out the title, who wrote and when, and the labels above the first
 * paragraph; marks a standfirst. trim_standfirst, of trim.h, is here too.
 */
void trim_head(struct trim *t);

#endif
