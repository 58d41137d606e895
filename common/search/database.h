/*
 * ARCHIVE/stet/search.db: an FTS5 index with a row for each article that
 * holds every paragraph the article ever had, folded. It tells which articles
 * can have what is asked for; whether and when they had it is then seen in
 * the history. Beside the words are the stems of those that have another, by
 * the language of the article (common/text/stem.h). So the index stays small
 * (a paragraph is in it once, however many versions have it) and answers are
 * exact. It is a pure function of the history and may be thrown away.
 *
 *	struct database *db;
 *	if (database_open(&db, store, index, progress, &err) < 0)
 *		...					caught up by now
 *	database_find(db, match, &err);
 *	while ((got = database_next(&article_id, db, &err)) > 0)
 *		...
 *	database_close(db);
 */
#ifndef STET_DATABASE_H
#define STET_DATABASE_H

#include <stdbool.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"
#include "common/search/stems.h"

struct database;

struct database_options {
	bool rebuild;
	bool reading; /* nothing is written: what is there is used */
	bool best;    /* those that match best come first */
	void (*progress)(int64_t done, int64_t all); /* versions; or NULL */
};

/*
 * Opens the index, made or caught up with the history. Where the archive
 * cannot be written what is there is used; -1 when there is nothing.
 */
int database_open(struct database **out, struct gitstore *store,
	struct index *index, const struct database_options *options,
	struct err *err);
void database_close(struct database *db);

/* Whether the archive has an index at all. */
bool database_there(struct gitstore *store);

/* Of the languages that the index has. */
struct stems *database_stems(struct database *db);

/* Asks for the articles that match, those stored last first, or the best. */
int database_find(struct database *db, struct str match, struct err *err);
/* The next of them: 1, 0, -1. */
int database_next(int64_t *article, struct database *db, struct err *err);

#endif
