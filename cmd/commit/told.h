/*
 * Records that stet-export made of the commits of another archive: each has
 * its commit's message, which says what was decided then, and nothing is
 * decided again. So the same history is made: the same names of commits.
 */
#ifndef STET_COMMIT_TOLD_H
#define STET_COMMIT_TOLD_H

#include "cmd/commit/judge.h"

/* Whether the record is one. */
bool told_is(const struct record *r);

/*
 * Stores what the message says, if it follows on what the archive has of the
 * article, and appends the receipt: `same` where it is stored already, else
 * failed with the reason. -1: stop.
 */
int told_record(struct judge *judge, struct record *r, struct strbuf *out,
	struct err *err);

#endif
