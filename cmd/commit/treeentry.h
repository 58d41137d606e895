/*
 * The entries of a git tree object: "MODE NAME\0ID" one behind the other, in
 * an order in which a folder's name sorts as if it ended in '/'.
 */
#ifndef STET_COMMIT_TREEENTRY_H
#define STET_COMMIT_TREEENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"

/* An entry in the bytes of a tree, or the place where it would be. */
struct treeentry {
	size_t at, len; /* len 0: no such entry */
	bool is_tree;
	bool is_blob;   /* a plain file, no link and no submodule */
	const char *id; /* its 20 bytes */
};

/* Finds `name`; or where it goes, as a tree or as a file. */
struct treeentry treeentry_find(struct str tree, struct str name, bool as_tree);

/* Whether the bytes are entries to their end. */
bool treeentry_sound(struct str tree);

#endif
