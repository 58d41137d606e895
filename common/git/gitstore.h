/*
 * The archive's git repository, through libgit2: opening and making it,
 * reading objects, walking the history, reading its configuration. Bare,
 * SHA-1, one branch. Writing is packwriter's work.
 *
 *	struct gitstore *store;
 *	if (gitstore_open(&store, "news.git", &err) < 0)
 *		...
 *	if (gitstore_head(&head, store, &err) > 0 &&
 *		gitstore_read_commit(&commit, store, &head, &arena, &err) == 0)
 *		... commit.message
 *	gitstore_read_blob(&bytes, store, &blob, &arena, &err);
 *	gitstore_close(store);
 *
 * Nothing outside the repository is read: no global or system configuration.
 * The owner of the folder is not checked, as stet runs no hook and no filter.
 * One thread uses a gitstore at a time.
 */
#ifndef STET_GITSTORE_H
#define STET_GITSTORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"

enum { GITOID_BYTES = 20, GITOID_HEX_BYTES = 41 };

/* The name of an object. */
struct gitoid {
	unsigned char bytes[GITOID_BYTES];
};

enum gitkind { GIT_COMMIT_KIND = 1, GIT_TREE_KIND = 2, GIT_BLOB_KIND = 3 };

struct gitstore;

/* Writes 40 hexadecimal digits and a NUL; returns `out`. */
const char *gitoid_hex(char out[GITOID_HEX_BYTES], const struct gitoid *id);
/* Exactly 40 hexadecimal digits, else -1. */
int gitoid_parse(struct gitoid *out, struct str hex);
bool gitoid_eq(const struct gitoid *a, const struct gitoid *b);
/* The name of no object. */
bool gitoid_is_zero(const struct gitoid *id);
/* The 20 bytes as a view, and back; -1 when s has another length. */
struct str gitoid_str(const struct gitoid *id);
int gitoid_from(struct gitoid *out, struct str s);
/* The name that git gives to an object (collision-detecting SHA-1). */
int gitoid_of(struct gitoid *out, enum gitkind kind, const void *bytes,
	size_t len, struct err *err);

/*
 * Opens the bare repository at `path`. -1 when there is none, when it is not
 * bare, or names its objects by SHA-256; nothing is changed.
 */
int gitstore_open(struct gitstore **out, const char *path, struct err *err);

/*
 * Makes a new archive at `path`, where nothing may be but an empty folder:
 * built under a temporary name beside it, then renamed, so that a killed
 * process leaves no half of one, and synced, so that a power cut leaves none
 * either. If another process was first, its archive is left as it is and 0
 * returned.
 */
int gitstore_init(const char *path, struct err *err);

/*
 * Syncs what a repository is made of besides objects and branches, and the
 * folder that it is in: from then on it outlives a power cut.
 */
int gitstore_sync(const char *path, struct err *err);

void gitstore_close(struct gitstore *store);

/* The folder of the repository as it was given. */
const char *gitstore_path(const struct gitstore *store);

/* The newest commit: 1; 0 when the branch has none yet (*out is zero). */
int gitstore_head(struct gitoid *out, struct gitstore *store, struct err *err);

/*
 * Moves the branch from `old` (zero: not there yet) to `new_head`, durably
 * and only if it still is at `old`. 1: done; 0: somebody else has moved it or
 * holds its lock; -1: error.
 */
int gitstore_move_head(struct gitstore *store, const struct gitoid *old,
	const struct gitoid *new_head, struct err *err);

/*
 * Removes a lock of the branch that a killed process left: one that is empty
 * or holds `intended` (hexadecimal), or is open nowhere and was not written
 * within GITSTORE_STALE_S of now_s, be that before or after: clocks jump.
 * Only for the holder of the archive's lock.
 */
enum { GITSTORE_STALE_S = 10 };
void gitstore_clean_lock(struct gitstore *store, const char *intended,
	int64_t now_s);

/* The bytes of an object of that kind, with a NUL behind them, in `arena`.
 * -1: not there, of another kind, or too large for the arena. */
int gitstore_read(struct str *out, struct gitstore *store,
	const struct gitoid *id, enum gitkind kind, struct arena *arena,
	struct err *err);
int gitstore_read_blob(struct str *out, struct gitstore *store,
	const struct gitoid *id, struct arena *arena, struct err *err);

struct gitcommit {
	struct gitoid id, tree;
	struct gitoid parent; /* the first; zero: none */
	size_t parents;
	int64_t time_s;       /* the committer's, seconds since 1970 UTC */
	struct str author;    /* name only */
	struct str message;
};

/* Reads a commit; strings lie in `arena`. */
int gitstore_read_commit(struct gitcommit *out, struct gitstore *store,
	const struct gitoid *id, struct arena *arena, struct err *err);

/*
 * The commits that `head` has and `base` (zero: none) has not, oldest first,
 * parents before children: an array of *count names that the caller frees.
 * -1 also when `head` is not reached from `base` on a line of commits with
 * one parent each: the history was rewritten or merged, which err says and
 * *rewritten (unless NULL) tells. From nothing every history can be listed.
 */
int gitstore_list(struct gitoid **out, size_t *count, struct gitstore *store,
	const struct gitoid *base, const struct gitoid *head, bool *rewritten,
	struct err *err);

/* The blob of a file in a commit's tree: 1; 0 when there is none (also: a
 * folder, a link or a submodule); -1: error. */
int gitstore_path_blob(struct gitoid *out, struct gitstore *store,
	const struct gitoid *commit, struct str path, struct err *err);

/*
 * Configuration of the archive, read when it was opened. Names are as git
 * prints them: "source.bbc.feed", section and variable in lower case.
 * gitstore_config: the last value of a name: 1, or 0 when it is not set.
 * gitstore_config_all: all its values in order.
 * gitstore_config_each: calls `each` for every variable below `prefix`
 * ("source."), in the file's order, until it returns non-zero; returns that.
 * Strings of the first two lie in `arena`, of the last until `each` returns.
 */
int gitstore_config(struct str *out, struct gitstore *store, const char *name,
	struct arena *arena, struct err *err);
int gitstore_config_all(struct strlist *out, struct gitstore *store,
	const char *name, struct arena *arena, struct err *err);
int gitstore_config_each(struct gitstore *store, const char *prefix,
	int (*each)(void *context, struct str name, struct str value),
	void *context, struct err *err);

/*
 * Splits "source.NAME.VARIABLE": false when `name` is not of that form. NAME
 * may hold dots.
 */
bool gitstore_config_source(struct str *source, struct str *variable,
	struct str name);

#endif
