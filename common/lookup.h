/*
 * Which article a person means: by its key, by any address that leads to the
 * key or to an alias, or by its path in the archive.
 *
 *	if (lookup_article(&article, index, str_from(argv[1]), &arena,
 *			&err) == 0)
 *		... err says that there is none
 */
#ifndef STET_LOOKUP_H
#define STET_LOOKUP_H

#include "common/arena.h"
#include "common/err.h"
#include "common/index.h"
#include "common/str.h"

/* 1 found, strings in `arena`; 0 not, and err names what was asked for; -1
 * error. */
int lookup_article(struct index_article *out, struct index *index,
	struct str name, struct arena *arena, struct err *err);

#endif
