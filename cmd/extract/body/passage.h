/*
 * A page as a flat array of passages, the runs of text between two blocks'
 * borders, and for each element the half-open range of passages that it
 * covers. Everything later is arithmetic on these ranges.
 */
#ifndef STET_EXTRACT_PASSAGE_H
#define STET_EXTRACT_PASSAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/extract/page/page.h"
#include "common/article/article.h"

enum { PASSAGES_MAX = 100000 };

enum passage_flags {
	PASSAGE_FIGURE = 1 << 0,   /* within figure or figcaption */
	PASSAGE_HIDDEN = 1 << 1,   /* hidden by attribute or style */
	PASSAGE_EMBED = 1 << 2,    /* an embedded post: body whatever it is */
	PASSAGE_SENTENCE = 1 << 3, /* ends like a sentence */
	PASSAGE_HEADING = 1 << 4,
	PASSAGE_ITEM = 1 << 5,     /* of a list */
	PASSAGE_QUOTE = 1 << 6,
	PASSAGE_CELL = 1 << 7,     /* of a table with several columns */
	PASSAGE_PRE = 1 << 8,
	PASSAGE_PARAGRAPH = 1 << 9, /* in a p */
	PASSAGE_NOSCRIPT = 1 << 10,
	PASSAGE_BOLD = 1 << 11,    /* all of it in b or strong */
	PASSAGE_DROPPED = 1 << 12, /* by the rules within the root */
	PASSAGE_BODY = 1 << 13,    /* within what was chosen */
	PASSAGE_TERM = 1 << 14,    /* dt */
	PASSAGE_LINKED = 1 << 15,  /* holds a link */
	/* 1 << 16 to 1 << 18 are enum context's */
	PASSAGE_FOREIGN = 1 << 19  /* its mass was taken: foreign.h */
};

struct passage {
	struct str text;
	uint32_t node;   /* the deepest element that holds all of it */
	uint32_t block;  /* the block element whose text it is */
	uint32_t chars;  /* characters; CJK and Hangul count three */
	uint32_t link_chars;
	uint32_t flags;
	uint8_t level;   /* of a heading, 1 to 6 */
	uint8_t reason;  /* enum boilerplate; 0: none */
	float mass;      /* its weight before any reason, if positive */
	float weight;
};

struct passages {
	struct passage *items;
	uint32_t count;
	uint32_t *from, *to; /* by node: its range */
	const struct html *html;
};

/*
 * Reads the page below body. `dropped` (by node) names elements whose
 * subtrees are left out, or is NULL. -1 when the arena is full or there are
 * more than PASSAGES_MAX.
 */
int passages_read(struct passages *out, const struct page *page,
	const bool *dropped);

/* Share of the characters that lie in links, 0 to 1. */
double passage_link_share(const struct passage *p);

/* The block kind that a passage becomes. */
enum block_kind passage_kind(const struct passage *p);

#endif
