/*
 * Why a passage is probably no part of an article: the element it lies in
 * says so by its tag, role, itemprop or the words of its class and id. Pages
 * call their own body "ad" or "sidebar" often enough that no reason counts
 * alone that would take a large part of the page's prose: foreign.h asks what
 * the text is about.
 */
#ifndef STET_EXTRACT_BOILERPLATE_H
#define STET_EXTRACT_BOILERPLATE_H

#include <stdint.h>

#include "cmd/extract/body/passage.h"
#include "common/base/str.h"

enum boilerplate {
	BOILERPLATE_NONE,
	BOILERPLATE_NAV,     /* nav, menus, breadcrumbs */
	BOILERPLATE_ASIDE,   /* aside, complementary, factual boxes */
	BOILERPLATE_FOOTER,
	BOILERPLATE_FORM,
	BOILERPLATE_CAPTION, /* captions and credits of pictures */
	BOILERPLATE_RELATED, /* links to other articles */
	BOILERPLATE_COMMENT,
	BOILERPLATE_CONSENT,
	BOILERPLATE_BYLINE,  /* authors, dates */
	BOILERPLATE_PROMO,   /* newsletters, subscriptions, shops */
	BOILERPLATE_SHARE,
	BOILERPLATE_AD,
	BOILERPLATE_HIDDEN,  /* by a class that style sheets hide */
	BOILERPLATE_SOFT,    /* a word that is used for layout too */
	BOILERPLATE_FOREIGN  /* by its place and make (foreign.h) */
};

/*
 * Marks every passage with the reason of the outermost element around it that
 * has one and is not too large for it; what holds the passage `heading` has
 * none (HTML_NONE: no such passage). The passages must have their masses.
 * `suspects` becomes, by node, the reason of an element that is too large: it
 * may be the article, or comments that have outgrown it. -1 when the arena is
 * full.
 */
int boilerplate_mark(struct passages *ps, const struct page *page,
	uint32_t heading, unsigned char **suspects);

#endif
