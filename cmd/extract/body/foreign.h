/*
 * What on a page is not of its article though nothing in its tags or classes
 * says so: comments, teasers, a second article, terms of use, a box with a
 * form. It is told by where it lies and how it is made, never by how much of
 * it there is: a page whose comments grow from none to five hundred has the
 * same article throughout.
 *
 * The article begins with the first prose below its headline. Once some of it
 * has been read, an element that follows is foreign when it is another story
 * (a headline of its own with a date or a byline), a row of posts or teasers,
 * a small box with a form or a link to follow, or when it shares next to no
 * words with what was read. What lies above the headline is foreign when
 * there is an article below it.
 */
#ifndef STET_EXTRACT_FOREIGN_H
#define STET_EXTRACT_FOREIGN_H

#include <stdint.h>

#include "cmd/extract/body/anchor.h"
#include "cmd/extract/body/body.h"
#include "cmd/extract/body/passage.h"

/*
 * Marks passages as BOILERPLATE_FOREIGN and takes their mass; `*taken` is all
 * of it. Without a lead the anchor marks nothing. The passages have their
 * reasons and masses; `suspects` are boilerplate_mark's. -1 when the arena is
 * full.
 */
int foreign_mark(struct passages *ps, const struct anchor *anchor,
	const unsigned char *suspects, const struct body_hints *hints,
	struct arena *arena, double *taken);

#endif
