/*
 * Pages that came with status 200 and are no article: a consent dialogue, a
 * proof of being human, the stub before a paywall, "not found" in words, a
 * front or section page, an empty frame for a script, a site under repair, a
 * server's error. Each is told by what
 * such a page is made of, with its title or its few words as the witness; a
 * page with a real text is an article whatever words it has.
 */
#ifndef STET_EXTRACT_NOTARTICLE_H
#define STET_EXTRACT_NOTARTICLE_H

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "common/article/article.h"
#include "common/base/str.h"

/*
 * A short text that no element stood out for, of less confidence and on a page
 * that is links for the most part, is none.
 */
#define NOTARTICLE_LIMIT 0.08

enum notarticle_kind {
	NOTARTICLE_NONE, /* it is an article */
	NOTARTICLE_BOT_WALL,
	NOTARTICLE_CONSENT,
	NOTARTICLE_PAYWALL,
	NOTARTICLE_SOFT_404,
	NOTARTICLE_HOME,
	NOTARTICLE_SECTION,
	NOTARTICLE_EMPTY,
	NOTARTICLE_JAVASCRIPT,
	NOTARTICLE_REGION,      /* not for readers of this country */
	NOTARTICLE_AGE,         /* the reader's age is asked for */
	NOTARTICLE_PARKED,      /* a name without a site */
	NOTARTICLE_MAINTENANCE,
	NOTARTICLE_ERROR,       /* of a server, a cache, a host */
	NOTARTICLE_NOTHING      /* links and footers, and no text stood out */
};

/*
 * What the page is. `a` has its title, summary, blocks, signals and
 * confidence, `body` how they were found.
 */
enum notarticle_kind notarticle_judge(const struct facts *f,
	const struct body *body, const struct article *a);

/* The reason in an article record: "bot-wall"; "" for NOTARTICLE_NONE. */
struct str notarticle_reason(enum notarticle_kind kind);

/* EVENT_BLOCKED for a wall before the article, else EVENT_FAILED. */
enum article_event notarticle_event(enum notarticle_kind kind);

#endif
