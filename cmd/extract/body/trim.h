/*
 * What of the chosen elements is the article's text: boilerplate within them,
 * what stands above the first paragraph, what follows the last one.
 */
#ifndef STET_EXTRACT_TRIM_H
#define STET_EXTRACT_TRIM_H

#include "cmd/extract/body/body.h"
#include "cmd/extract/body/passage.h"
#include "cmd/extract/words/wordhash.h"

struct ldbody;

/* The kinds that the rules find beside those of the tags. */
enum trim_mark { TRIM_NONE, TRIM_SUMMARY, TRIM_CREDIT, TRIM_CORRECTION };

/* Passages [0, count) of the body, in order, as indexes; marks by position. */
struct trim {
	struct passages *ps;
	const struct ldbody *ldbody; /* or NULL */
	const struct body_hints *hints;
	struct wordhashes titles[BODY_TITLES]; /* of the hints */
	uint32_t heading; /* passage of the title heading, or HTML_NONE */
	uint32_t *items;
	unsigned char *marks;
	uint32_t count;
};

/* Sets what the page tells of its article. */
void trim_init(struct trim *t, const struct body_hints *hints);

/*
 * Takes out of t what is no text of the article; what is left keeps its
 * order. A standfirst, credits and corrections stay, with their mark.
 */
void trim_body(struct trim *t);

/*
 * The standfirst that stands above the body, between the title heading and
 * passage `first`, the body's first; HTML_NONE when there is none.
 */
uint32_t trim_standfirst(const struct trim *t, uint32_t first);

#endif
