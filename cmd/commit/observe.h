/*
 * What a look at an article has shown, and what is to be remembered of it: the
 * memory of the article and the facts of the change go to the rules, and a
 * doubt that was seen often enough becomes an edit.
 *
 *	observe(&seen, judge, record, &err);
 *	if (seen.kind == SIGHT_SOLID)
 *		... a version; then observe_stored(&seen, record)
 */
#ifndef STET_COMMIT_OBSERVE_H
#define STET_COMMIT_OBSERVE_H

#include "cmd/commit/judge.h"
#include "cmd/commit/rules.h"
#include "common/base/isotime.h"

struct observation {
	enum sight_kind kind; /* solid also for a doubt that is confirmed */
	const struct rule *rule;
	struct change_verdict verdict; /* but for the places that never rest */
	bool contested;       /* what differs went back and forth */
	bool unaccountable;   /* the extractor is another than before */
	char first_seen[ISOTIME_BYTES]; /* of what was confirmed; or "" */
};

/*
 * Compares the record's text with the newest version, in the light of its
 * memory, which is brought up to date. The record is of a known article whose
 * text differs. -1: the archive cannot be read.
 */
int observe(struct observation *out, struct judge *judge, struct record *r,
	struct err *err);

/* Brings the memory up to date after the first version was stored: a headline
 * that the rest of the page does not know may be one that is tried on readers.
 * Then after each other one. */
void observe_first(struct record *r);
void observe_stored(struct record *r);

/* The text is that of the newest version. */
void observe_same(struct record *r);

/*
 * A new address: 1 when it is to be stored now, 0 when it waits (the memory
 * says for what) or is another address of a known article, which the record is
 * of from then on; -1. *twin is the key of the article whose text it has;
 * empty where none has.
 */
int observe_new(struct str *twin, struct judge *judge, struct record *r,
	struct err *err);

#endif
