/*
 * What a change looks like from afar, a part of common/diff/change.h: how much
 * of the text stayed, whether it is cut, whether only short lines differ. By
 * these facts the judge of an archive tells an edit from what may be none.
 *
 *	change_judge_aligned(&verdict, c, a, &input, &err);
 *	changefacts_of(&facts, a, &input, verdict.classes);
 *	if (facts.light)
 *		... only lines differ that come and go with a template
 *	changefacts_settle(&calm, &facts, a, &input, &restless, &arena);
 */
#ifndef STET_CHANGEFACTS_H
#define STET_CHANGEFACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/diff/align.h"
#include "common/diff/change.h"

enum {
	CHANGEFACTS_PLACES = 16,
	CHANGEFACTS_LINE_BYTES = 120, /* a longer paragraph is no line */
	CHANGEFACTS_SMALL_BYTES = 250,
	CHANGEFACTS_ABSENT = 2        /* the value of a line that is away */
};

enum changefacts_part {
	PART_TITLE,
	PART_BYLINE,
	PART_SUMMARY,
	PART_BLOCK,
	PART_DATE
};

/* A place where the texts differ. */
struct changefacts_place {
	enum changefacts_part part;
	size_t row;     /* of the alignment, of a block */
	uint32_t place; /* a hash of what comes before it */
	uint32_t value; /* a hash of what is there now */
	bool light;     /* a line, or a field that came or went */
	bool counts;    /* something short in which only numbers differ */
	bool label;     /* a line that is no sentence, here and there */
};

struct changefacts {
	int kept;          /* of the text before, in thousandths of its bytes */
	int old;           /* of the text now, what was there before */
	bool beginning;    /* the text is how the one before begins */
	bool torn;         /* it ends within a paragraph of the one before */
	bool nothing_new;  /* every paragraph was there before */
	bool same_blocks;
	bool small;        /* too little text to tell by how much of it */
	bool form;         /* marks, spaces and letters in another form */
	bool other_language;
	int regrouped;     /* fields that came, went, changed place or form */
	bool light;        /* all places are light */
	bool fields;       /* byline, summary and dates alone differ */
	bool many;         /* more places than fit */
	struct changefacts_place places[CHANGEFACTS_PLACES];
	size_t places_count;
};

/* `a` has the rows of both texts, `classes` is change_judge's verdict. */
void changefacts_of(struct changefacts *out, const struct align *a,
	const struct change_input *in, unsigned classes);

/* What the title's place is called. */
uint32_t changefacts_title(void);

/* The only place that was edited, lines that come and go aside; NULL. */
const struct changefacts_place *changefacts_only(
	const struct changefacts *f);

/*
 * The text now as it would be if the places marked in `calm` (as many as the
 * facts have) had not changed. -1: the arena is full.
 */
int changefacts_settle(struct document *out, const struct changefacts *f,
	const struct align *a, const struct change_input *in,
	const bool *calm, struct arena *arena);

#endif
