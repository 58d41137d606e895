/*
 * What becomes of a record: the rules of the archive (stet-archive(5)) on one
 * record and the state of its article. Commits go through the session,
 * receipts are appended to a buffer.
 *
 *	judge_look(judge, records, count, &err)	all records of the batch
 *	judge_record(judge, record, &out, &err)	then for each, in order
 */
#ifndef STET_COMMIT_JUDGE_H
#define STET_COMMIT_JUDGE_H

#include <stdint.h>

#include "cmd/commit/late.h"
#include "cmd/commit/moves.h"
#include "cmd/commit/recall.h"
#include "cmd/commit/record.h"
#include "cmd/commit/session.h"
#include "cmd/commit/workers.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"

/* Why a redirect fails at whose end no article was seen. */
#define JUDGE_UNPROVED "redirect"

enum { TOUCHED_BITS = 1 << 16, JUDGE_NAMES = 64, JUDGE_REDIRECTS = 256 };

struct judge {
	struct session *session;
	struct moves *moves;
	struct recall *recall;
	struct late *late;
	struct workers *workers;
	struct arena *arena; /* of the batch */
	uint64_t touched[TOUCHED_BITS / 64]; /* keys changed in the batch */
	bool renamed;        /* an article took another key in the batch */
	int64_t latest_s;    /* captures after it are a wrong clock's */
	size_t failures;     /* records that could not be stored */
	size_t lates;        /* records that are kept for a merge */
	struct record *redirects[JUDGE_REDIRECTS]; /* of articles, in this */
	size_t redirects_count;                    /* batch */
	const struct move *names[JUDGE_NAMES]; /* redirects from addresses */
	size_t names_count;  /* without an article to the record's, */
	struct strlist aliases; /* and the keys that a commit is to tell */
};

/* Forgets what the last batch changed. */
void judge_begin(struct judge *judge, struct session *session,
	struct arena *arena);

/*
 * Looks the articles of all records up, makes their documents and compares
 * them with the newest versions, as far as they do not depend on each other.
 * -1: the archive cannot be read.
 */
int judge_look(struct judge *judge, struct record **records, size_t count,
	struct err *err);

/* Decides, commits where it is to be, appends the receipt. -1: stop. */
int judge_record(struct judge *judge, struct record *r, struct strbuf *out,
	struct err *err);

/* Appends the receipts of the redirects that were never proved. */
void judge_rest(struct judge *judge, struct strbuf *out);

#endif
