/*
 * packwriter's other half: from the entries in memory to the files of a pack,
 * in an order that a kill at any moment leaves the repository whole. No other
 * module includes it.
 */
#ifndef STET_COMMIT_PACKFILE_H
#define STET_COMMIT_PACKFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/commit/packwriter.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/git/gitstore.h"

struct packentry {
	struct gitoid id;
	uint32_t crc;
	uint64_t offset;
	size_t size; /* of the object */
	unsigned depth;
	bool full;   /* no delta */
};

struct packfile {
	char name[GITOID_HEX_BYTES]; /* "pack-NAME.pack"; empty: not written */
};

/*
 * Completes `pack` (the number of objects, the checksum) and writes it with
 * its index; the entries are sorted by name.
 */
int packfile_write(struct packfile *out, struct gitstore *store,
	struct strbuf *pack, struct packentry *entries, size_t count,
	enum pack_flags flags, struct err *err);

void packfile_settle(struct packfile *file, struct gitstore *store);
void packfile_discard(struct packfile *file, struct gitstore *store);
int packfile_clean(struct gitstore *store, struct err *err);

#endif
