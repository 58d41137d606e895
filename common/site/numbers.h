/*
 * What an archive's articles did, counted: of all and of each source.
 *
 *	struct numbers *n;
 *	if (numbers_load(&n, index, &hidden, &err) == 0)
 *		... n->total, n->sources
 *	numbers_free(n);
 */
#ifndef STET_NUMBERS_H
#define STET_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

#include "common/archive/hidden.h"
#include "common/archive/index.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/diff/change.h"

enum { NUMBERS_SOON = 6, NUMBERS_SIZES = 5, NUMBERS_HOURS = 24 };

struct numbers_month {
	int64_t month; /* year * 12 + month - 1 */
	int64_t seen, edits;
};

struct numbers_of {
	struct str source;   /* empty: of all */
	int64_t articles, versions, edits, minor;
	int64_t changed;     /* articles that were edited */
	int64_t withdrawn;   /* articles that are not there now */
	int64_t withdrawals, returns;
	int64_t soon[NUMBERS_SOON];   /* first edits by their delay */
	int64_t sizes[NUMBERS_SIZES]; /* edits by their words */
	int64_t hours[NUMBERS_HOURS]; /* edits by the hour, UTC */
	int64_t classes[CHANGE_CLASSES];
	struct numbers_month *months; /* sorted, without gaps */
	size_t months_count, months_cap;
};

struct numbers {
	struct numbers_of total;
	struct numbers_of *sources; /* by name */
	size_t sources_count, sources_cap;
};

/* Counts articles that are not hidden. */
int numbers_load(struct numbers **out, struct index *index,
	const struct hidden *hidden, struct err *err);
void numbers_free(struct numbers *n);

/* What a class of delays and of sizes is called. */
extern const char *const numbers_soon_names[NUMBERS_SOON];
extern const char *const numbers_size_names[NUMBERS_SIZES];

/* Calls `each` for every count but the sums: "month", "2026-03", 12. */
void numbers_each(const struct numbers_of *n,
	void (*each)(void *context, const char *measure, struct str key,
		int64_t count),
	void *context);

/* The sums in the order of the table, by name; NULL after the last. */
const char *numbers_sum(int64_t *out, const struct numbers_of *n, size_t i);

#endif
