/*
 * ARCHIVE/stet/index.db: which articles there are, where they lie and which
 * versions they have, so that no question needs a walk through the history.
 * It is a pure function of the history (stet-archive(5)): made from the
 * commits' messages alone, caught up when behind, thrown away without loss.
 *
 *	struct index *index;
 *	if (index_open(&index, store, &err) < 0)	caught up by now
 *		...
 *	if (index_find(&article, index, key, &arena, &err) > 0) {
 *		index_versions(&cursor, index, article.id, &err);
 *		while ((got = index_next_version(&version, cursor, &err)) > 0)
 *			... version.number, version.blob
 *		index_cursor_free(cursor);
 *	}
 *	index_close(index);
 *
 * Writing (stet-commit, and whoever catches up) is one transaction:
 * index_begin, index_apply for each commit in order, index_commit. Readers
 * meanwhile see the state before.
 */
#ifndef STET_INDEX_H
#define STET_INDEX_H

#include <stdbool.h>
#include <stdint.h>

#include "common/article/message.h"
#include "common/article/receipt.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

enum index_state {
	INDEX_LIVE,
	INDEX_GONE, /* withdrawn: the newest commit deleted the file */
	INDEX_MOVED /* at another address, under whose key another article
	               stands already; `location` says which */
};

struct index_article {
	int64_t id;
	struct str key;
	struct str path;
	struct str url;    /* where it was first seen */
	struct str source;
	struct str title;  /* headline of the newest version, <= 200 bytes */
	enum index_state state;
	int64_t versions;  /* number of the newest version, from 1 */
	int64_t first_s;   /* capture times of the first and of the newest */
	int64_t last_s;    /* commit of it (seconds since 1970 UTC) */
	struct gitoid commit; /* of the newest version */
	struct gitoid blob;   /* of the newest version, also when it is gone */
	struct str location;
	struct str digest;    /* of the payload of the newest version, */
	struct str extractor; /* what read it, */
	struct str etag;      /* and its validators */
	struct str last_modified;
	uint64_t sketch;      /* of its text (common/article/sketch.h) */
};

/*
 * A commit of an article. `number` is that of the version that it made; a
 * gone or moved commit makes none and bears the number of the newest version
 * before it, with `blob` zero for gone.
 */
struct index_version {
	int64_t seq; /* place in the archive's history, from 1, growing */
	int64_t article;
	int64_t number;
	enum receipt_status event; /* as in struct message */
	struct gitoid commit;
	struct gitoid blob;
	int64_t fetched_s; /* capture time */
	struct str title;  /* headline, cut at 200 bytes */
	struct str classes; /* "headline, numbers" */
	int64_t words_added, words_removed;
	struct str reason;  /* of gone and moved */
	struct str location; /* of moved: where to */
	int64_t twin;        /* 0; see index_twin */
};

struct index;
struct index_cursor;

/* Whether the commit made a version with a text of its own. */
bool index_is_version(const struct index_version *v);

/*
 * Opens the index of the archive, made or caught up with its history. One that
 * is damaged, foreign or of a later stet is moved aside and made anew, which
 * err_tell says. Where the folder cannot be written the index is read as it
 * is, or, where that does not do, made in memory. `store` is borrowed. -1:
 * error.
 */
int index_open(struct index **out, struct gitstore *store, struct err *err);
void index_close(struct index *index);

/* The same without writing anything: it may be behind. */
int index_open_read(struct index **out, struct gitstore *store,
	struct err *err);

/* Whether it could not be written and is in memory alone. */
bool index_in_memory(const struct index *index);

/* The commit up to which the index goes; zero: the history is empty. */
int index_head(struct gitoid *out, struct index *index, struct err *err);

/*
 * Applies what the history has more than the index; after a rewritten
 * history the index is made anew. *applied (may be NULL): how many commits.
 */
int index_catch_up(struct index *index, int64_t *applied, struct err *err);

/* Throws all away and applies the whole history. */
int index_rebuild(struct index *index, int64_t *applied, struct err *err);

/*
 * Makes the index anew to the side and compares: *same says whether it was
 * what the history makes of it. Nothing is changed.
 */
int index_check(bool *same, struct index *index, struct err *err);

/*
 * Look-ups: 1 found, 0 not, -1 error; strings lie in `arena`.
 * index_find: by key, else as an alias of a key.
 * index_find_path: by the file's path in the archive.
 * index_get: by id.
 */
int index_find(struct index_article *out, struct index *index, struct str key,
	struct arena *arena, struct err *err);
int index_find_path(struct index_article *out, struct index *index,
	struct str path, struct arena *arena, struct err *err);
int index_get(struct index_article *out, struct index *index, int64_t id,
	struct arena *arena, struct err *err);

/*
 * Up to `max` articles whose sketch is one of the `count` (at most 4) given.
 * Returns how many; -1.
 */
int index_like(struct index_article *out, size_t max, struct index *index,
	const uint64_t *sketches, size_t count, struct arena *arena,
	struct err *err);

/* The version with that number: 1, 0, -1. */
int index_version(struct index_version *out, struct index *index,
	int64_t article, int64_t number, struct arena *arena, struct err *err);

/*
 * Sets v->twin: how many versions of the article were stored before it that
 * were captured in the same second. What is stored later never changes it.
 */
int index_twin(struct index_version *v, struct index *index, struct err *err);

/* Whether an earlier version has this blob: its number, 0, or -1. */
int64_t index_number_of_blob(struct index *index, int64_t article,
	const struct gitoid *blob, struct err *err);

/* All articles, versions (commits without gone and moved) and aliases. */
struct index_counts {
	int64_t articles, versions, commits, aliases;
};
int index_count(struct index_counts *out, struct index *index,
	struct err *err);

/*
 * Cursors. Rows are read with the matching index_next_*: 1 a row, whose
 * strings are valid until the next call; 0 the end; -1 error.
 * index_articles: all, by id (the order in which they were first stored);
 *   of one source when `source` (borrowed by the cursor) is not empty.
 * index_articles_after: those with a greater id.
 * index_versions: the commits of an article, oldest first.
 * index_moved: those that ended at another address, by id.
 * index_aliases_of: the aliases, of any article, that begin with `prefix`
 *   (borrowed by the cursor); index_next_alias_of tells whose each is.
 * index_history: all commits with seq in [from, to], newest first.
 * index_all_versions: all commits, oldest first.
 * index_aliases: the aliases of an article.
 */
int index_articles(struct index_cursor **out, struct index *index,
	struct str source, struct err *err);
int index_articles_after(struct index_cursor **out, struct index *index,
	int64_t id, struct err *err);
int index_moved(struct index_cursor **out, struct index *index,
	struct err *err);
int index_aliases_of(struct index_cursor **out, struct index *index,
	struct str prefix, struct err *err);
int index_versions(struct index_cursor **out, struct index *index,
	int64_t article, struct err *err);
int index_history(struct index_cursor **out, struct index *index, int64_t from,
	int64_t to, struct err *err);
int index_all_versions(struct index_cursor **out, struct index *index,
	struct err *err);
int index_aliases(struct index_cursor **out, struct index *index,
	int64_t article, struct err *err);
int index_next_article(struct index_article *out, struct index_cursor *cursor,
	struct err *err);
int index_next_version(struct index_version *out, struct index_cursor *cursor,
	struct err *err);
int index_next_alias(struct str *out, struct index_cursor *cursor,
	struct err *err);
int index_next_alias_of(struct str *out, int64_t *article,
	struct index_cursor *cursor, struct err *err);
void index_cursor_free(struct index_cursor *cursor);

/*
 * Writing. index_begin waits for other writers; when it returns, the index is
 * at the newest commit or index_head tells where it is. index_apply adds one
 * commit (time_s: the commit's, for messages without Fetched). index_commit
 * records `head` and ends the transaction.
 */
int index_begin(struct index *index, struct err *err);
int index_apply(struct index *index, const struct gitoid *commit,
	int64_t time_s, const struct message *m, struct err *err);
int index_commit(struct index *index, const struct gitoid *head,
	struct err *err);
void index_rollback(struct index *index);

#endif
