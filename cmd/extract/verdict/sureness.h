/*
 * How sure it is that what was taken is the article and nothing else: from
 * measures of the text, of the page around it and of what machines are told,
 * by the weights of sureness.weights, which scripts/learn-weights makes from
 * pages with known articles. The scale is set there: of those pages with a
 * value over 0.9 two in a hundred have an F1 under 0.8, and seven in ten of all
 * with such an F1 have 0.5 or less.
 *
 *	struct sureness s;
 *	sureness_find(&s, &facts, &body, &article);
 *	article.confidence = s.value;
 */
#ifndef STET_EXTRACT_SURENESS_H
#define STET_EXTRACT_SURENESS_H

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "common/article/article.h"

/* X(name): the measures, 0 to 1 unless they say otherwise. */
#define SURENESS_MEASURES(X) \
	X(always)      /* 1 */ \
	X(mass)        /* of the page's prose that lies in the root */ \
	X(kept)        /* taken, of the page's text outside of links */ \
	X(kept_all)    /* taken, of the page's text */ \
	X(links)       /* of the page's text that is in links */ \
	X(heading)     /* there is a heading with the title */ \
	X(marked)      /* signals: the page marks the element */ \
	X(chunks) X(small_share) X(hidden) X(all_prose) /* signals */ \
	X(ld_text)     /* the text is JSON-LD's or the program's */ \
	X(tiny)        /* under 400 characters */ \
	X(short_)      /* under 1200 */ \
	X(size)        /* characters / 10000, at most 2 */ \
	X(prose)       /* of the blocks that read as sentences */ \
	X(brief)       /* of the blocks under 40 characters, no headings */ \
	X(headings) X(items) X(rows) X(quotes) /* of the blocks */ \
	X(long_block)  /* characters of an average block / 500, at most 2 */ \
	X(repeated)    /* blocks that begin as another does */ \
	X(description) /* words of the description in the text */ \
	X(described)   /* there is a description */ \
	X(ld_body)     /* words of articleBody that are in the text */ \
	X(has_ld_body) \
	X(ld_article) X(ld_news) X(og_article) X(dated) X(named) \
	X(articles)    /* elements article / 10, at most 1 */ \
	X(one_article) \
	X(teasers)     /* headings that are links / 20, at most 1 */ \
	X(bare_path) \
	X(slug)        /* words of the title in the address */ \
	X(gate)

enum sureness_measure {
#define X(name) SURENESS_##name,
	SURENESS_MEASURES(X)
#undef X
	SURENESS_MEASURES_COUNT
};

struct sureness {
	double measures[SURENESS_MEASURES_COUNT];
	double value; /* 0 to 1 */
};

/* The names of the measures, for those who learn the weights. */
extern const char *const sureness_measure_names[SURENESS_MEASURES_COUNT];

/* `a` has all but its confidence. */
void sureness_find(struct sureness *out, const struct facts *f,
	const struct body *body, const struct article *a);

#endif
