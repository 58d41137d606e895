/*
 * All versions of an article as the paragraphs they are made of, each of
 * which is there once however many versions have it.
 *
 *	struct story s;
 *	if (story_load(&s, store, index, article_id, &arena, &err) > 0)
 *		... s.versions[n].parts, s.parts[i]
 */
#ifndef STET_STORY_H
#define STET_STORY_H

#include <stddef.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

enum { STORY_ARENA_BYTES = 512 << 20 };

struct story_version {
	struct index_version version;
	size_t *parts; /* indices into the story's, in the text's order */
	size_t parts_count;
	size_t known;  /* distinct paragraphs up to this version, it included */
};

struct story {
	struct index_article article;
	struct str lang;   /* of the first version; later ones change nothing */
	struct story_version *versions; /* oldest first */
	size_t versions_count;
	struct str *parts; /* as they first came up */
	size_t parts_count, parts_cap;
	size_t *table;     /* parts by their bytes: index + 1 */
	size_t table_cap;
	size_t unread;     /* versions whose text could not be read */
};

/*
 * Loads article `id` into `arena`: 1; 0 when there is none; -1. Headline,
 * byline and summary are paragraphs too. A version whose blob is damaged is
 * left out and counted.
 */
int story_load(struct story *out, struct gitstore *store, struct index *index,
	int64_t id, struct arena *arena, struct err *err);

#endif
