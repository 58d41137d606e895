/*
 * The newest tree of the archive in memory: folders are read when first
 * needed, changed in place and made into objects again only where something
 * changed, each as a delta against itself before.
 *
 *	struct treecache *trees = treecache_new(store, LIMIT_BYTES);
 *	treecache_load(trees, &root, &err);
 *	treecache_set(trees, path, &blob, &err);
 *	treecache_write(trees, pack, &new_root, &err);
 *
 * A path is refused that git or a checkout could take for something else:
 * only [A-Za-z0-9._~+-] in its components, none empty, longer than 255 bytes
 * or starting with '.' or '-'. A file is never put where a folder is, nor a
 * folder where a file is.
 */
#ifndef STET_COMMIT_TREECACHE_H
#define STET_COMMIT_TREECACHE_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/commit/packwriter.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

struct treecache;

/* `limit_bytes`: above it treecache_trim drops folders long unused. */
struct treecache *treecache_new(struct gitstore *store, size_t limit_bytes);
void treecache_free(struct treecache *trees);

/*
 * Makes `root` (zero: the empty tree) the current state. Folders that are the
 * same as before are kept. Changes not written are lost.
 */
int treecache_load(struct treecache *trees, const struct gitoid *root,
	struct err *err);

/*
 * Puts the blob at `path`; NULL takes the file away, and folders that are
 * empty then (no file there: nothing happens). -1: the path is not good, or
 * is taken by something of another kind, and the state is as before.
 */
int treecache_set(struct treecache *trees, struct str path,
	const struct gitoid *blob, struct err *err);

/*
 * Whether a file that is new at `path` would make no folder grow that is full:
 * whose tree has TREECACHE_FULL_BYTES or more (some 1,000 entries). Each commit
 * names, and now and then stores, the whole tree of each folder that it
 * changes, so that a folder without a limit costs the square of its files.
 * Hosts and what is directly below them are not counted. Where the folders
 * cannot be read there is room: treecache_set says what is wrong.
 */
enum { TREECACHE_FULL_BYTES = 64 << 10 };
bool treecache_has_room(struct treecache *trees, struct str path);

/* Adds the changed trees to the pack. *out: the root. */
int treecache_write(struct treecache *trees, struct packwriter *pack,
	struct gitoid *out, struct err *err);

/* Drops folders above the limit; call between batches. */
void treecache_trim(struct treecache *trees);

#endif
