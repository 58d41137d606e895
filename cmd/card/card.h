/* stet-card: a change as a picture, or as the text that stands beside it. */
#ifndef STET_CARD_CARD_H
#define STET_CARD_CARD_H

#include <stdbool.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

struct card_options {
	const char *archive;
	struct str article;      /* URL, key or path */
	struct str left, right;  /* versions; empty: the last change */
	bool square, text;
};

/* Appends picture or text to `out`; the exit status, with err when it is not
 * STATUS_OK. */
int card_run(struct strbuf *out, const struct card_options *options,
	struct err *err);

#endif
