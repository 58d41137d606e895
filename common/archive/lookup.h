/*
 * Which article a person means: by its key, by any address that leads to the
 * key or to an alias, with its scheme or without, or by its path in the
 * archive.
 *
 *	if (lookup_article(&article, index, str_from(argv[1]), &arena,
 *			&err) == 0)
 *		... err says that there is none
 */
#ifndef STET_LOOKUP_H
#define STET_LOOKUP_H

#include "common/archive/index.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"

/* 1 found, strings in `arena`; 0 not, and err names what was asked for; -1
 * error. */
int lookup_article(struct index_article *out, struct index *index,
	struct str name, struct arena *arena, struct err *err);

/*
 * How the article was withdrawn, where it is: when, and its reason. 1 it is,
 * strings in `arena`; 0 it is not; -1 error.
 */
int lookup_withdrawn(struct index_version *out, struct index *index,
	const struct index_article *article, struct arena *arena,
	struct err *err);

/*
 * As lookup_article, for a person who named it: where there is none, err also
 * names the article whose address is nearly that, which takes a look at all.
 */
int lookup_asked(struct index_article *out, struct index *index,
	struct str name, struct arena *arena, struct err *err);

/* The number of the newest version, as lookup_version tells it. */
enum { LOOKUP_LATEST = -1 };

/*
 * Which version a person means: a number from 0 on, "first" or "latest".
 * -1: none of these.
 */
int lookup_version(int64_t *out, struct str text);

#endif
