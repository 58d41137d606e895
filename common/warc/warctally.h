/*
 * What a stream of records was made of, so that a reader in whose output
 * nothing came can say why.
 *
 *	struct warctally tally = { 0 };
 *	while ((got = warc_next(in, &record, &err)) > 0)
 *		warctally_add(&tally, got, &record);
 *	if (warctally_tell(&err, &tally))
 *		msg_warn("%s", err.text);
 */
#ifndef STET_WARCTALLY_H
#define STET_WARCTALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/warc/warc.h"

struct warctally {
	uint64_t records, skipped;
	uint64_t answers; /* responses, revisits, failed fetches, resources */
	uint64_t wet, wat, others;
};

/* Counts a record as warc_next gave it (WARC_RECORD or WARC_SKIPPED). */
void warctally_add(struct warctally *t, int got, const struct warc_record *r);

/*
 * Whether there is something to be told, which is then in `out`: how many
 * records were passed over, or that they are of a kind that holds no pages
 * (WET, WAT, others), in which case nothing can have come of them.
 */
bool warctally_tell(struct err *out, const struct warctally *t);

#endif
