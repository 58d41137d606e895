/*
 * Which changes stand in which list and feed, from one pass over the index.
 * Lists of changes are in the order of the history and only grow at their
 * end, so page 7 stays page 7; the three rankings hold their best alone.
 *
 *	struct catalog *catalog;
 *	if (catalog_load(&catalog, index, 0, &hidden, &err) < 0)
 *		...
 *	catalog_free(catalog);
 */
#ifndef STET_CATALOG_H
#define STET_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/archive/hidden.h"
#include "common/archive/index.h"
#include "common/base/err.h"
#include "common/base/str.h"

enum {
	CATALOG_RANKS = 500,
	CATALOG_LOCATIONS = 256 << 20 /* bytes of addresses moved to */
};

/* A commit in a list. */
struct catalog_entry {
	int64_t seq;
	int64_t article;
	int64_t number;
	int64_t weight; /* of a ranking: words, seconds or versions */
	bool ended;     /* gone or moved: no version */
};

struct catalog_list {
	struct catalog_entry *entries; /* oldest first; a ranking: best first */
	size_t count, cap;
};

struct catalog_source {
	struct str name;
	struct catalog_list changes;
	int64_t *articles; /* ids, as they were first stored */
	size_t articles_count, articles_cap;
	int64_t versions, withdrawn;
	int64_t last_s;   /* newest change; 0: none */
	int64_t last_seq; /* of its newest commit */
	size_t fresh;     /* articles that are new since `since_seq` */
};

/* A commit that moved its article. */
struct catalog_move {
	int64_t article;
	struct gitoid commit;
};

/* An article that ended where another one stands. */
struct catalog_end {
	int64_t to, from; /* ids */
};

/* Kinds of change and events that have a feed of their own. */
extern const char *const CATALOG_CLASSES[];
enum { CATALOG_CLASS_COUNT = 9 };

struct catalog {
	struct catalog_list changes; /* edits, withdrawals, returns, moves */
	struct catalog_list minor;
	struct catalog_list removed;
	struct catalog_list classes[CATALOG_CLASS_COUNT];
	struct catalog_list most, biggest, quickest;
	struct catalog_source *sources; /* by name */
	size_t sources_count;
	int64_t articles, versions;
	int64_t last_seq;
	int64_t *touched; /* ids of articles with commits since, sorted */
	size_t touched_count, touched_cap;
	bool moved;       /* an article's pages stand elsewhere since */
	struct catalog_move *moves;
	size_t moves_count, moves_cap;
	struct catalog_end *ends; /* by `to`, then by `from` */
	size_t ends_count, ends_cap;
};

/*
 * Reads the index. Hidden articles are in no ranking and no
 * count; they keep their places in the other lists. "Since" above means
 * after commit `since_seq`.
 */
int catalog_load(struct catalog **out, struct index *index, int64_t since_seq,
	const struct hidden *hidden, struct err *err);
void catalog_free(struct catalog *c);

/* Where in `ends` those begin that led to the article; their end when there
 * are none. */
size_t catalog_led(const struct catalog *c, int64_t article);

#endif
