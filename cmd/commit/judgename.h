/*
 * Which article a record is of: its key, and the path of a new one.
 */
#ifndef STET_COMMIT_JUDGENAME_H
#define STET_COMMIT_JUDGENAME_H

#include "cmd/commit/judge.h"

/* The key of a URL in the batch's arena; the URL itself where it has none. */
struct str judge_key_of(struct judge *judge, struct str url);

/*
 * Finds the record's article: fills key, known and row. The key is the
 * record's own unless that is a canonical URL which other articles share: a
 * page at another address with another headline and another text already
 * stands under it. Then the key of the page's own URL is taken; and a page
 * that was once stored under its own URL stays there. -1 error.
 */
int judge_find(struct judge *judge, struct record *r, struct err *err);

/*
 * The path for a new key, in the batch's arena: urlpath's, the second where the
 * folder of the first is full, or, where another article has that, with a
 * longer digest. 1; 0: the key has none, err says
 * why; -1 error.
 */
int judge_path(struct str *out, struct judge *judge, struct str key,
	struct err *err);

#endif
