/*
 * In how many articles of a source a text was met in this run, a part of
 * common/diff/change.h: what stands in many is the site's. Bounded; when full
 * it forgets all and starts anew.
 *
 *	struct changeseen *s = changeseen_new();
 *	changeseen_add(s, source, key, text, CHANGESEEN_HERE);
 *	if (changeseen_articles(s, source, text, CHANGESEEN_HERE) >= 5)
 *		... boilerplate
 *	changeseen_free(s);
 */
#ifndef STET_CHANGESEEN_H
#define STET_CHANGESEEN_H

#include <stddef.h>

#include "common/base/str.h"

enum {
	CHANGESEEN_TEXT_BYTES = 600, /* longer texts are no boilerplate */
	CHANGESEEN_KEYS = 5,         /* it counts up to here */
	CHANGESEEN_MAX = 1 << 17     /* texts in memory */
};

enum changeseen_where {
	CHANGESEEN_HERE, /* it stands in the article now */
	CHANGESEEN_LOST  /* it stood there and is gone */
};

struct changeseen;

/* Never NULL. */
struct changeseen *changeseen_new(void);
void changeseen_free(struct changeseen *s);

/* Notes a text of the article `key`; the same article counts once. */
void changeseen_add(struct changeseen *s, struct str source, struct str key,
	struct str text, enum changeseen_where where);

/* The number of articles, at most CHANGESEEN_KEYS. */
size_t changeseen_articles(const struct changeseen *s, struct str source,
	struct str text, enum changeseen_where where);

#endif
