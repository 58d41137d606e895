/*
 * Why a passage is probably no part of an article: the element it lies in
 * says so by its tag, role, itemprop or the words of its class and id. Pages
 * call their own body "ad" or "sidebar" often enough that no reason counts
 * that would take a large part of the page's prose.
 */
#ifndef STET_EXTRACT_BOILER_H
#define STET_EXTRACT_BOILER_H

#include <stdint.h>

#include "cmd/extract/body/passage.h"
#include "common/base/str.h"

enum boiler {
	BOILER_NONE,
	BOILER_NAV,     /* nav, menus, breadcrumbs */
	BOILER_ASIDE,   /* aside, complementary, factual boxes */
	BOILER_FOOTER,
	BOILER_FORM,
	BOILER_CAPTION, /* captions and credits of pictures */
	BOILER_RELATED, /* links to other articles */
	BOILER_COMMENT,
	BOILER_CONSENT,
	BOILER_BYLINE,  /* authors, dates */
	BOILER_PROMO,   /* newsletters, subscriptions, shops */
	BOILER_SHARE,
	BOILER_AD,
	BOILER_HIDDEN,  /* by a class that style sheets hide */
	BOILER_SOFT     /* a word that is used for layout too */
};

/* What the words of a class or id say alone, by the tables. */
enum boiler boiler_of_words(struct str words);

/*
 * Marks every passage with the reason of the outermost element around it that
 * has one and is not too large for it. Fills `mass` of the passages, which
 * must have their weights without reasons; -1 when the arena is full.
 */
int boiler_mark(struct passages *ps, const struct page *page);

#endif
