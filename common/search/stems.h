/*
 * The stemmers of the languages that an archive's articles are in.
 *
 *	struct stems stems = { 0 };
 *	struct stem *stem = stems_of(&stems, STR("de-AT"));	NULL: none
 *	stems_release(&stems);
 */
#ifndef STET_STEMS_H
#define STET_STEMS_H

#include <stddef.h>

#include "common/base/str.h"
#include "common/text/stem.h"

enum { STEMS_MAX = 40, STEMS_TAG_BYTES = 4 };

struct stems {
	struct stem *items[STEMS_MAX];
	char tags[STEMS_MAX][STEMS_TAG_BYTES]; /* "de" */
	size_t count;
};

/* That of a language's tag, opened where it was not; NULL: it has none. */
struct stem *stems_of(struct stems *stems, struct str tag);
void stems_release(struct stems *stems);

#endif
