/*
 * The language of an article, by what the page declares and what its text
 * shows. A declared language stands unless the text plainly is another, since
 * a site's template often says "en" to everything.
 */
#ifndef STET_EXTRACT_LANGUAGE_H
#define STET_EXTRACT_LANGUAGE_H

#include "cmd/extract/page/facts.h"
#include "common/article/article.h"
#include "common/base/str.h"

/*
 * The BCP 47 tag of the article, "" when nothing tells: "de", "en-GB",
 * "zh-Hant". The blocks are the article's text.
 */
struct str language_find(const struct facts *f, const struct block *blocks,
	size_t blocks_count);

#endif
