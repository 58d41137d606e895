/*
 * The articles with commits that the search index has not seen.
 *
 *	struct backlog b;
 *	if (backlog_load(&b, index, seq, &err) == 0)
 *		... b.articles
 *	backlog_release(&b);
 */
#ifndef STET_BACKLOG_H
#define STET_BACKLOG_H

#include <stddef.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/base/err.h"
#include "common/git/gitstore.h"

struct backlog {
	int64_t *articles; /* ids, sorted, each once */
	size_t count, cap;
	int64_t last_seq;  /* the newest commit, and its place */
	struct gitoid last;
};

/* Fills out with what came after commit number `since`; release it also
 * after -1. */
int backlog_load(struct backlog *out, struct index *index, int64_t since,
	struct err *err);
void backlog_release(struct backlog *b);

#endif
