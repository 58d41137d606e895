/*
 * Redirects that wait for their proof. A redirect alone says little: walls of
 * consent and logins redirect too. Only when the page at the other end turns
 * out to be an article, or to be unchanged, has the article moved. Until then
 * the `moved` record waits, through as many hops as there are, to the end of
 * the input at most.
 *
 *	moves_add(moves, record, location_key);
 *	while ((move = moves_find(moves, key, MOVE_ARTICLE)))
 *		... move->record has moved to key
 *	moves_accept(moves) after the batch is stored, moves_revert(moves)
 *	when it is begun again
 */
#ifndef STET_COMMIT_MOVES_H
#define STET_COMMIT_MOVES_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/commit/record.h"
#include "common/base/arena.h"

enum { MOVES_MAX = 4096 }; /* more waiting at once are not followed */

struct move {
	struct arena arena;   /* of the record's strings */
	struct record record; /* event moved; `row` is the article */
	struct str target;    /* key of where it is said to be */
	bool taken;           /* in this batch */
	bool new_here;        /* added in this batch */
};

struct moves;

struct moves *moves_new(void);
void moves_free(struct moves *moves);

/*
 * Lets a record wait for an article at `target`: the record of an article of
 * the archive, or of an address that the archive knows nothing of, which will
 * be no more than another name. Both have their receipts still to come. False:
 * too many wait.
 */
bool moves_add(struct moves *moves, const struct record *record,
	struct str target);

/* Those that wait for `from` wait for `to`, where it redirects to. */
void moves_follow(struct moves *moves, struct str from, struct str to);

enum move_kind { MOVE_ARTICLE, MOVE_NAME };

/* Takes one of the kind that waits for `key`; NULL: none. */
const struct move *moves_find(struct moves *moves, struct str key,
	enum move_kind kind);

/* Takes any that is left; NULL: none. */
const struct move *moves_rest(struct moves *moves);

void moves_accept(struct moves *moves);
void moves_revert(struct moves *moves);

#endif
