/*
 * An article's metadata from the facts of its page: who, when, in which
 * language, where.
 *
 *	facts_read(&facts, &page);
 *	body_find(&body, ...);
 *	metadata_fill(&article, &facts, &body);
 */
#ifndef STET_EXTRACT_METADATA_H
#define STET_EXTRACT_METADATA_H

#include "cmd/extract/body/body.h"
#include "cmd/extract/page/facts.h"
#include "common/article/article.h"

/*
 * Fills title, byline, authors, published, modified, lang, site, canonical
 * and key of `out`; nothing else. `out->blocks` are read for the language.
 */
void metadata_fill(struct article *out, const struct facts *f,
	const struct body *body);

#endif
