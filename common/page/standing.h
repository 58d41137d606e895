/*
 * How an article stands, at the top of each of its pages: its headline, where
 * it is from, when it was seen and changed, whether it was withdrawn or has
 * moved, whether anybody still looks.
 */
#ifndef STET_STANDING_H
#define STET_STANDING_H

#include "common/article/document.h"
#include "common/base/strbuf.h"
#include "common/page/frame.h"
#include "common/page/view.h"

/*
 * Appends the headline as `<h1>` and the sentences about the article. The
 * document is that of the version shown.
 */
void standing_write(struct strbuf *out, const struct frame *f,
	const struct view *v, const struct document *doc);

#endif
