#include "cmd/commit/treeentry.h"

#include <string.h>

#include "common/git/gitstore.h"

/* The entry at *p: its name, mode and whole length; 0 when it is none. */
static size_t
entry_at(struct str *name, bool *is_tree, bool *is_blob, const char *p,
	size_t left)
{
	const char *space = memchr(p, ' ', left < 8 ? left : 8);
	const char *end = space ? memchr(space, '\0',
		left - (size_t)(space - p)) : NULL;

	if (!end || left - (size_t)(end - p) < 1 + GITOID_BYTES)
		return 0;
	*is_tree = p[0] == '4';
	*is_blob = p[0] == '1' && p[1] == '0';
	*name = (struct str){ space + 1, (size_t)(end - space) - 1 };
	return (size_t)(end - p) + 1 + GITOID_BYTES;
}

/* git's order of the entries of a tree. */
static int
entry_order(struct str a, bool a_tree, struct str b, bool b_tree)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = memcmp(a.ptr, b.ptr, len);
	unsigned char x, y;

	if (order != 0)
		return order;
	x = len < a.len ? (unsigned char)a.ptr[len] : a_tree ? '/' : 0;
	y = len < b.len ? (unsigned char)b.ptr[len] : b_tree ? '/' : 0;
	return x - y;
}

struct treeentry
treeentry_find(struct str tree, struct str name, bool as_tree)
{
	struct treeentry goes = { tree.len, 0, false, false, NULL };
	bool found_place = false, is_tree, is_blob;
	struct str at_name;
	size_t at = 0, len;

	for (; at < tree.len; at += len) {
		len = entry_at(&at_name, &is_tree, &is_blob, tree.ptr + at,
			tree.len - at);
		if (len == 0)
			break;
		if (str_eq(at_name, name))
			return (struct treeentry){ at, len, is_tree, is_blob,
				tree.ptr + at + len - GITOID_BYTES };
		if (!found_place &&
			entry_order(name, as_tree, at_name, is_tree) < 0) {
			goes.at = at;
			found_place = true;
		}
	}
	return goes;
}

bool
treeentry_sound(struct str tree)
{
	struct str name;
	bool is_tree, is_blob;

	for (size_t at = 0, step; at < tree.len; at += step) {
		step = entry_at(&name, &is_tree, &is_blob, tree.ptr + at,
			tree.len - at);
		if (step == 0)
			return false;
	}
	return true;
}
