/*
 * What could be the article's headline, and how much speaks for each: every
 * string that the page gives of it, with measures of where it is said and how
 * well it agrees with the others. title.c chooses by the weights of
 * titles.weights, which scripts/learn-titles makes from pages with known
 * titles.
 *
 *	struct titles t;
 *	titles_collect(&t, &facts, &body);
 *	... t.items[t.best].text
 *
 * A measure is 0 to 1 unless it says otherwise; shares of words are 0 where
 * the other text is not there.
 */
#ifndef STET_EXTRACT_TITLES_H
#define STET_EXTRACT_TITLES_H

#include <stdint.h>

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "common/base/str.h"

enum { TITLES_MAX = 32 };

/* The places that a title comes from, bits of titles_item.exact. */
enum titles_source {
	TITLES_LD,       /* headline of JSON-LD */
	TITLES_OG,
	TITLES_TWITTER,
	TITLES_ELEMENT,  /* the element title */
	TITLES_META,     /* other meta elements */
	TITLES_H1,       /* the first h1 that is a headline */
	TITLES_LATER_H1,
	TITLES_ITEMPROP, /* an element marked as the headline */
	TITLES_LOWER,    /* an h2 or h3 of the title's words */
	TITLES_FIRST,    /* the first element in a heading, the last, the */
	TITLES_LAST,     /*   longest: a kicker has its own */
	TITLES_LONGEST,
	TITLES_RAW,      /* with the site's name, as one of the above has it */
	TITLES_UNDATED,  /* one of the above without the date in front */
	TITLES_SOURCES
};

/* X(name): the measures, in the order of titles.weights. */
#define TITLES_MEASURES(X) \
	X(exact_ld) X(exact_og) X(exact_twitter) X(exact_element) \
	X(exact_meta) X(exact_h1) X(exact_later_h1) X(exact_itemprop) \
	X(exact_lower) X(exact_first) X(exact_last) X(exact_longest) \
	X(exact_raw) X(exact_undated) /* the same string is there */ \
	X(words_ld) X(words_og) X(words_element) X(words_h1) /* same words */ \
	X(agreeing)      /* share of the sources with the same words */ \
	X(in_ld) X(in_og) X(in_element) X(in_h1) /* its words found there */ \
	X(of_ld) X(of_og) X(of_element) X(of_h1) /* words there it has */ \
	X(in_slug) X(of_slug) /* the same for the address's words */ \
	X(short_)        /* fewer than three words */ \
	X(long_)         /* more than sixteen words */ \
	X(length)        /* words / 10, at most 2 */ \
	X(upper)         /* all in capitals */ \
	X(cut)           /* ends in "..." */ \
	X(site)          /* has the site's name at an end */ \
	X(site_alone)    /* is the site's name */ \
	X(separator)     /* has " | ", " - " and the like */ \
	X(colon)         /* has ": " */ \
	X(quoted)        /* begins with a quotation mark */ \
	X(news)          /* exact_ld, of a news article */ \
	X(only_h1)       /* words_h1, and there is one h1 */ \
	X(anchor)        /* its element is the body's heading */ \
	X(linked)        /* its element is in a link */ \
	X(tail_of_h1)    /* the h1 is a kicker and these words */ \
	X(tail_of_ld) X(tail_of_og) \
	X(head_of_h1)    /* the h1 is these words and more */ \
	X(shown)         /* its text is in the page outside of links and h1 */ \
	X(shown_first)   /* before or at the begin of the body */ \
	X(crumb)         /* its heading is for navigation or search */ \
	X(h1_and_og) X(h1_and_element) X(h1_and_ld) X(og_and_ld) \
	X(og_and_element) /* products of words_... */ \
	X(h1_alone)      /* words_h1, and no other has the same words */ \
	X(og_alone) X(ld_alone)

enum titles_measure {
#define X(name) TITLES_##name,
	TITLES_MEASURES(X)
#undef X
	TITLES_MEASURES_COUNT
};

struct titles_item {
	struct str text;
	unsigned exact; /* 1 << enum titles_source */
	uint32_t node;  /* the element it is the text of, or HTML_NONE */
	double score;
	double measures[TITLES_MEASURES_COUNT];
};

struct titles {
	struct titles_item items[TITLES_MAX];
	size_t count;
	size_t best; /* the item with the highest score; 0 when there is none */
};

/* The names of the measures, for those who learn the weights. */
extern const char *const titles_measure_names[TITLES_MEASURES_COUNT];

/* Collects, measures and scores; `body` may be NULL. */
void titles_collect(struct titles *out, const struct facts *f,
	const struct body *body);

#endif
