/*
 * stet-search: which versions of which articles say something, or said it,
 * or came to say it.
 */
#ifndef STET_SEARCH_H
#define STET_SEARCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/search/query.h"

enum search_mode {
	SEARCH_TEXT,    /* versions that have it, as runs of versions */
	SEARCH_REMOVED, /* versions that have less of it than the one before */
	SEARCH_ADDED    /* versions that have more of it */
};

struct search_options {
	const char *archive;
	enum search_mode mode;
	struct str source;      /* empty: all */
	int64_t since_s, until_s; /* of the version; until is exclusive */
	size_t limit;           /* hits; 0: all */
	bool rebuild;
	bool best;              /* articles that match best come first */
	bool update;            /* there may be nothing asked */
	bool reading;           /* nothing is written */
	size_t skip;            /* hits to pass over first */
	struct str class;       /* only versions of this kind; empty: all */
	void (*progress)(int64_t done, int64_t all);
};

struct search_hit {
	const struct index_article *article;
	const struct index_version *version; /* the first that has it */
	const struct index_version *last;    /* the last of the run */
	bool newest;                         /* and that is the newest one */
	struct str before, match, after;     /* the place in the text */
};

struct search_report {
	size_t hits;
	size_t unread; /* versions whose text could not be read */
	bool more;     /* the limit was reached */
};

/*
 * Calls `hit` for each, articles stored last first, versions oldest first;
 * what a hit points to lives until it returns. -1: no archive, or it cannot
 * be read.
 */
int search_run(struct search_report *report,
	const struct search_options *options, const struct query *query,
	void (*hit)(void *context, const struct search_hit *hit), void *context,
	struct err *err);

#endif
