/*
 * Which elements hold the article: weights of passages, their sums over the
 * ranges of elements, and what marks an element as the body.
 */
#ifndef STET_EXTRACT_ROOT_H
#define STET_EXTRACT_ROOT_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/extract/body/body.h"
#include "cmd/extract/body/passage.h"

enum { ROOTS_MAX = 64 };

struct root {
	uint32_t nodes[ROOTS_MAX]; /* the chunks of the body, in order */
	size_t count;
	uint32_t heading;          /* passage of the title heading, or NONE */
	double mass;               /* of the chunks */
	double page_mass;
	bool marked;               /* the page itself calls it the body */
};

/* What counts beside the prose that shows. */
enum root_mode {
	ROOT_SHOWN,
	ROOT_HIDDEN, /* hidden passages too */
	ROOT_NOSCRIPT, /* what stands in place of a script */
	ROOT_LISTS   /* links do not count against the text around them */
};

/* Gives each passage its mass, what it weighs as prose whatever it lies in. */
void root_weigh(struct passages *ps, enum root_mode mode);

/* Takes the reasons into account: fills `weight` from `mass`. */
void root_apply_reasons(struct passages *ps);

/* The passage whose heading repeats one of the titles, or HTML_NONE. */
uint32_t root_heading(const struct passages *ps,
	const struct body_hints *hints);

/* Chooses; count is 0 when no passage has weight. -1: the arena is full. */
int root_choose(struct root *out, const struct passages *ps,
	const struct page *page, const struct body_hints *hints);

#endif
