/*
 * Who could be the article's authors, and how much speaks for each answer:
 * every list of names that a place of the page gives, and the empty list.
 * authors.c takes the best by the weights of authorlists.weights, which
 * scripts/learn-weights makes from pages with known authors.
 *
 *	struct authorlists a;
 *	authorlists_collect(&a, &facts, &body, heading);
 *	... a.items[a.best].names
 *
 * Places that are never looked at: forms and their labels, comments, figures
 * and their captions.
 */
#ifndef STET_EXTRACT_AUTHORLISTS_H
#define STET_EXTRACT_AUTHORLISTS_H

#include <stdint.h>

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "common/article/article.h"
#include "common/base/str.h"

enum { AUTHORLISTS_MAX = 24, AUTHORLISTS_NAMES = 32 };

/* Where a list is from, bits of authorlists_item.from. */
enum authorlists_source {
	AUTHORLISTS_LD,         /* author of JSON-LD */
	AUTHORLISTS_META,       /* meta elements */
	AUTHORLISTS_LABELLED,   /* the "Written by" of a link preview */
	AUTHORLISTS_ITEMPROP,   /* elements marked with itemprop or rel */
	AUTHORLISTS_CLASS,      /* the first whose class speaks of authors */
	AUTHORLISTS_GROUP,      /* that and its likes beside it */
	AUTHORLISTS_LEAD,       /* a line that begins with "By" */
	AUTHORLISTS_NEXT,       /* what follows a line that is "By" alone */
	AUTHORLISTS_LINK,       /* a link to an author's page */
	AUTHORLISTS_LONE,       /* a line that is one name and no more */
	AUTHORLISTS_WHOLE_LD,   /* the whole value, no person's name: a team, */
	AUTHORLISTS_WHOLE_META, /*   a name on a log-in form */
	AUTHORLISTS_WHOLE_LEAD, /*   what follows a lead word */
	AUTHORLISTS_FIRST,      /* the first name of a line of several */
	AUTHORLISTS_SOURCES
};

/* X(name): the measures, in the order of authorlists.weights. */
#define AUTHORLISTS_MEASURES(X) \
	X(none)          /* the empty list */ \
	X(ld) X(meta) X(labelled) X(itemprop) X(class) X(group) X(lead) \
	X(next) X(link) X(lone) X(whole_ld) X(whole_meta) X(whole_lead) \
	X(first)         /* that place gives this list */ \
	X(news)          /* the page has JSON-LD of a news article */ \
	X(near)          /* it is given near the heading */ \
	X(foot)          /* it is given right below the text */ \
	X(inside)        /* it is given in the text's element */ \
	X(far)           /* it is given elsewhere */ \
	X(aside)         /* it is given in a list, nav, aside, footer */ \
	X(linked)        /* it is given in a link */ \
	X(several)       /* places that give it beyond the first, at most 3 */ \
	X(partly)        /* another list has some of these names */ \
	X(within)        /* another list has all of these names and more */ \
	X(beyond)        /* it has all names of another list and more */ \
	X(people)        /* JSON-LD calls them persons */ \
	X(site)          /* one of the names is the site's */ \
	X(like_site)     /* one of the names resembles the site's */ \
	X(two) X(many)   /* two names; three and more */ \
	X(one_word)      /* a name of one word */ \
	X(long_)         /* a name of more than three words */ \
	X(person)        /* each name is two or three capitalized words */ \
	X(hidden_person) /* person, and the name is not in the page */ \
	X(lower)         /* a name in lower case */ \
	X(odd)           /* a name with a dot in a word, a digit, "_" */ \
	X(whole)         /* its line is the names and nothing else */ \
	X(shown_near)    /* its first name stands near the heading */ \
	X(shown_foot)    /* its first name stands right below the text */ \
	X(shown)         /* its first name stands somewhere in the page */ \
	X(hidden_site)   /* site, and the name does not stand near */ \
	X(hidden_ld)     /* ld, and the name does not stand in the page */ \
	X(hidden_meta)   /* meta, and the name does not stand in the page */ \
	X(only_ld)       /* ld, and no other place gives a list */ \
	X(only_meta) \
	X(repeated)      /* many elements of the page are marked like it */ \
	X(several_site)  /* several, of a list with like_site */ \
	X(site_rival)    /* like_site, while a person is named elsewhere */ \
	X(lone_site)     /* lone alone gives it, and another list like_site */ \
	X(log_in)        /* a name of one word, and one in lower case */

enum authorlists_measure {
#define X(name) AUTHORLISTS_M_##name,
	AUTHORLISTS_MEASURES(X)
#undef X
	AUTHORLISTS_MEASURES_COUNT
};

struct authorlists_item {
	struct strlist names;
	struct str line; /* the one line that holds them all, or "" */
	struct str shown; /* such a line that people see, or "" */
	unsigned from;   /* 1 << enum authorlists_source */
	uint32_t node;   /* the element, HTML_NONE for what machines are told */
	bool signature;  /* a paragraph that is one emphasized name */
	double score;
	double measures[AUTHORLISTS_MEASURES_COUNT];
};

struct authorlists {
	struct authorlists_item items[AUTHORLISTS_MAX];
	size_t count;
	size_t best;
};

/* The names of the measures, for those who learn the weights. */
extern const char *const authorlists_measure_names[AUTHORLISTS_MEASURES_COUNT];

/*
 * Collects, measures and scores. `heading` is the title's node or HTML_NONE.
 * -1 when the arena is full; then there is nobody.
 */
int authorlists_collect(struct authorlists *out, const struct facts *f,
	const struct body *body, uint32_t heading);

#endif
