/* The part of the judge that makes commits; only judge.c uses it. */
#ifndef STET_COMMIT_JUDGESTORE_H
#define STET_COMMIT_JUDGESTORE_H

#include "cmd/commit/judge.h"
#include "common/article/receipt.h"
#include "common/diff/change.h"

/* Notes that the article of the key changes in this batch. */
void judge_touch(struct judge *judge, struct str key);

/* Marks the record as one that cannot be stored. Returns 0. */
int judge_fail(struct record *r, struct arena *arena, const char *reason);

/* What every receipt says of its record and the article's newest version.
 * Without an arena no commit is named. */
void judge_fill(struct receipt *out, const struct record *r,
	struct arena *arena);

/*
 * Whether the state (blob; NULL: withdrawn) is one that the article has gone
 * back and forth to too often to be stored now: 1, 0, -1 error. *kind (may be
 * NULL) says how it stands to the earlier states.
 */
int judge_waits(struct judge *judge, const struct record *r,
	const struct gitoid *blob, enum change_return *kind, struct err *err);

/* Fills the receipt of a state that waits. Returns 0. */
int judge_waiting(struct judge *judge, struct receipt *out);

/*
 * The record is of a time before the newest version, and the archive has
 * something else of that time, or nothing: it is kept, with its receipt.
 */
void judge_is_late(struct judge *judge, struct record *r,
	struct receipt *out);

/* Whether it is so, and what follows. 0; -1 error. */
int judge_late(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err);

int judge_store_article(struct judge *judge, struct record *r,
	struct receipt *out, struct err *err);
int judge_follow_twin(struct judge *judge, struct record *r,
	struct strbuf *out, struct err *err);
int judge_store_gone(struct judge *judge, struct record *r,
	struct receipt *out, struct err *err);

/* Renames the moved article to the key of `here`, or records that it is gone
 * there; appends the receipt of the redirect. */
int judge_store_move(struct judge *judge, const struct move *move,
	struct record *here, struct strbuf *out, struct err *err);

#endif
