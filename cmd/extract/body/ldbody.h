/*
 * The text that JSON-LD gives of an article (articleBody) as a witness of
 * which passages of the page are the article's. It is not taken in place of
 * them: it has no paragraphs, is often cut, and on some pages is a teaser or
 * another story. Where it knows nearly all of what was chosen, what it does
 * not know is a card, a notice or a list of links, and what it knows outside
 * of the choice belongs to it. An edit may be younger than the ldbody: what
 * looks just like the paragraphs that it knows is never dropped.
 *
 *	struct ldbody w;
 *	if (ldbody_read(&w, hints->ld_body, arena) < 0 ||
 *		ldbody_gather(&w, &trim, arena) < 0)
 *		... the arena is full
 *	ldbody_judge(&w, &trim);
 */
#ifndef STET_EXTRACT_LDBODY_H
#define STET_EXTRACT_LDBODY_H

#include <stdbool.h>
#include <stdint.h>

#include "cmd/extract/body/trim.h"
#include "common/base/arena.h"
#include "common/base/str.h"

enum {
	LDBODY_RUN = 4, /* words that are looked at together */
	/* A shorter text is a teaser; a longer one is no article. */
	LDBODY_BYTES_MIN = 400,
	LDBODY_BYTES_MAX = 512 << 10
};

/* The runs of words of a text, as a set of hashes; empty when count is 0. */
struct ldbody {
	uint32_t *slots;    /* 0 is free */
	unsigned char *met; /* by slot: whether the choice has it */
	uint32_t mask, count;
	uint32_t last;      /* the text's last run */
};

/* Reads a text; out of the bounds above it says nothing. */
int ldbody_read(struct ldbody *out, struct str text, struct arena *arena);

/*
 * Adds to the body the paragraphs outside of the chosen elements that the
 * ldbody knows and the body has not. -1 when the arena is full.
 */
int ldbody_gather(struct ldbody *w, struct trim *t, struct arena *arena);

/*
 * Drops from the body, behind the first passage that the ldbody knows, what
 * it does not know and the page sets apart from what it knows: paragraphs,
 * and quotes and list items when it has those at all or when they hold links.
 * Headings, tables, embedded posts, corrections and credits stay, for many a
 * ldbody lacks them.
 */
void ldbody_judge(const struct ldbody *w, struct trim *t);

#endif
