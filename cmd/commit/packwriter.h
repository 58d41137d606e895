/*
 * A git pack written by stet itself: what libgit2 offers for new objects is a
 * file each, or a search for deltas that we know already (measured: a tenth
 * to a hundredth of the speed). One pack holds a batch: blobs and commits in
 * full, trees as deltas against the same folder's tree before.
 *
 *	struct packwriter *pack = packwriter_new(store);
 *	packwriter_add(pack, &id, GIT_BLOB_KIND, bytes, &err);
 *	...
 *	packwriter_finish(pack, PACK_FSYNC, &err)	on disk, kept
 *	... the branch is moved ...
 *	packwriter_settle(pack);			other git may repack
 *	packwriter_reset(pack);
 *
 * Order on disk: pack and index under temporary names, both synced; a .keep,
 * as `git repack` drops packs that nothing points to yet; pack renamed, then
 * index; the folder synced. What a killed process leaves is a temporary file
 * or a .keep, and packwriter_clean removes them.
 */
#ifndef STET_COMMIT_PACKWRITER_H
#define STET_COMMIT_PACKWRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

enum {
	PACK_BYTES_MAX = 512 << 20, /* a batch is closed long before */
	PACK_DELTA_DEPTH = 50
};

/* How an object's bytes are deflated; for packwriter_add_named. */
enum { PACK_DEFLATE_LEVEL = 1 };

enum pack_flags { PACK_FSYNC = 1, PACK_VERIFY = 2 };

struct packwriter;

/* A tree's place in the pack being written, to make a delta against. */
struct packbase {
	uint64_t serial; /* of the pack; another pack's base is none */
	uint64_t offset;
	size_t len;      /* of the tree's bytes */
	unsigned depth;
};

/* `store` is borrowed. */
struct packwriter *packwriter_new(struct gitstore *store);
void packwriter_free(struct packwriter *pack);

/* Names the object and adds it unless this pack has it. */
int packwriter_add(struct packwriter *pack, struct gitoid *out,
	enum gitkind kind, struct str bytes, struct err *err);

/*
 * The same for an object whose name is known already, and, where `stream` is
 * not empty, its zlib stream: what other threads have done.
 */
int packwriter_add_named(struct packwriter *pack, const struct gitoid *id,
	enum gitkind kind, struct str bytes, struct str stream,
	struct err *err);

/*
 * Adds a tree, of which `prefix` bytes at the start and `suffix` bytes at the
 * end are as in the tree that *base stands for: as a delta where *base is of
 * this pack, in full elsewhere. *base is then the new tree.
 */
int packwriter_add_tree(struct packwriter *pack, struct gitoid *out,
	struct str bytes, struct packbase *base, size_t prefix, size_t suffix,
	struct err *err);

/* The bytes of a blob or commit of this pack: 1; 0: not here; -1 error. */
int packwriter_read(struct str *out, struct packwriter *pack,
	const struct gitoid *id, struct arena *arena, struct err *err);

/*
 * Writes the pack into the repository. With PACK_VERIFY libgit2 indexes the
 * same bytes first, and its index must be ours byte for byte. -1: nothing of
 * it is left in the repository.
 */
int packwriter_finish(struct packwriter *pack, enum pack_flags flags,
	struct err *err);

/* Takes the .keep away: the objects are part of the history now. */
void packwriter_settle(struct packwriter *pack);

/*
 * Removes what packwriter_finish wrote. Only when no branch has been moved to
 * it, read back and not merely believed.
 */
void packwriter_discard(struct packwriter *pack);

/* Empties it for the next pack; bases of this one are void. */
void packwriter_reset(struct packwriter *pack);

/*
 * Removes what killed writers left behind in the repository. Only for the
 * holder of the archive's lock.
 */
int packwriter_clean(struct gitstore *store, struct err *err);

#endif
