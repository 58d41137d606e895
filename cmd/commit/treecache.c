/*
 * A folder's tree object is kept as git writes it: entries "MODE NAME\0ID" in
 * git's order, where a folder sorts as if its name ended in '/'. An edit is
 * one splice, and what of the object stays the same before and behind the
 * splices is all that a delta needs to know.
 *
 * The list of changed folders grows from the root towards the leaves, so
 * that written from its end every folder comes before the one that holds it.
 */
#include "cmd/commit/treecache.h"

#include <string.h>

#include "cmd/commit/treeentry.h"
#include "common/base/ascii.h"
#include "common/base/xalloc.h"

enum {
	PATH_PARTS_MAX = 64,
	PART_BYTES_MAX = 255,
	TREE_BYTES_MAX = 256 << 20
};

struct dir {
	struct str name;
	struct dir *parent;
	struct dir **children; /* read so far, by name */
	size_t count, cap;
	struct gitoid id; /* of the tree as it was read or written */
	char *raw;
	size_t len, raw_cap;
	bool read, dirty;
	struct packbase base;
	size_t prefix, suffix; /* unchanged since `base` */
	uint64_t used;
};

struct treecache {
	struct gitstore *store;
	struct dir *root;
	struct dir **dirty;
	size_t dirty_count, dirty_cap;
	size_t bytes, limit;
	uint64_t clock;
};

static struct dir *
dir_new(struct treecache *trees, struct str name, struct dir *parent)
{
	struct dir *d = xcalloc(1, sizeof(*d));

	d->name = (struct str){ xmemdup0(name.ptr, name.len), name.len };
	d->parent = parent;
	trees->bytes += sizeof(*d) + name.len + 32;
	return d;
}

static void
dir_free(struct treecache *trees, struct dir *d)
{
	for (size_t i = 0; i < d->count; i++)
		dir_free(trees, d->children[i]);
	trees->bytes -= sizeof(*d) + d->name.len + 32 + d->raw_cap;
	free(d->children);
	free((char *)(uintptr_t)d->name.ptr);
	free(d->raw);
	free(d);
}

struct treecache *
treecache_new(struct gitstore *store, size_t limit_bytes)
{
	struct treecache *trees = xcalloc(1, sizeof(*trees));

	trees->store = store;
	trees->limit = limit_bytes;
	trees->root = dir_new(trees, STR(""), NULL);
	trees->root->read = true;
	return trees;
}

void
treecache_free(struct treecache *trees)
{
	if (!trees)
		return;
	dir_free(trees, trees->root);
	free(trees->dirty);
	free(trees);
}

static bool
part_ok(struct str part)
{
	if (part.len == 0 || part.len > PART_BYTES_MAX ||
		part.ptr[0] == '.' || part.ptr[0] == '-' ||
		part.ptr[part.len - 1] == '.' ||
		str_starts_nocase(part, STR("git~")))
		return false;
	for (size_t i = 0; i < part.len; i++)
		if (!ascii_alnum(part.ptr[i]) && !strchr("._~+-", part.ptr[i]))
			return false;
	return memchr(part.ptr, '\0', part.len) == NULL;
}

/* Whether the path is one that treecache_set takes. */
static bool
treecache_path_ok(struct str path)
{
	struct str part;
	size_t parts = 0;

	while (str_field(&part, &path, '/'))
		if (!part_ok(part) || ++parts > PATH_PARTS_MAX)
			return false;
	return parts > 1;
}

/* Where child `name` is among the children, or belongs. */
static size_t
child_place(const struct dir *d, struct str name, bool *found)
{
	size_t low = 0, high = d->count;

	*found = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = str_cmp(d->children[middle]->name, name);

		if (order == 0) {
			*found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static struct dir *
child_add(struct treecache *trees, struct dir *d, struct str name)
{
	bool found;
	size_t at = child_place(d, name, &found);
	struct dir *child;

	if (found)
		return d->children[at];
	child = dir_new(trees, name, d);
	d->children = xgrow(d->children, d->count, &d->cap,
		sizeof(struct dir *));
	memmove(d->children + at + 1, d->children + at,
		(d->count - at) * sizeof(struct dir *));
	d->children[at] = child;
	d->count++;
	return child;
}

static void
child_remove(struct treecache *trees, struct dir *d, size_t at)
{
	dir_free(trees, d->children[at]);
	d->count--;
	memmove(d->children + at, d->children + at + 1,
		(d->count - at) * sizeof(struct dir *));
}

static struct str
raw_of(const struct dir *d)
{
	return (struct str){ d->raw, d->len };
}

static void
set_capacity(struct treecache *trees, struct dir *d, size_t cap)
{
	trees->bytes += cap - d->raw_cap;
	d->raw = xrealloc(d->raw, cap ? cap : 1);
	d->raw_cap = cap;
}

/* Takes the tree `id` as the folder's state. */
static int
read_tree(struct treecache *trees, struct dir *d, const struct gitoid *id,
	struct err *err)
{
	struct arena arena;
	struct str bytes = STR("");
	int result = 0;

	arena_init(&arena, TREE_BYTES_MAX);
	if (!gitoid_is_zero(id))
		result = gitstore_read(&bytes, trees->store, id, GIT_TREE_KIND,
			&arena, err);
	if (result == 0 && !treeentry_sound(bytes))
		result = err_set(err, "a tree of the archive is damaged");
	if (result == 0) {
		set_capacity(trees, d, bytes.len + 64);
		if (bytes.len)
			memcpy(d->raw, bytes.ptr, bytes.len);
		d->len = bytes.len;
		d->id = *id;
		d->read = true;
		d->dirty = false;
		d->base.serial = 0;
	}
	arena_release(&arena);
	return result;
}

/* Makes the folder what `id` says, keeping what is the same below it. */
static int
sync_dir(struct treecache *trees, struct dir *d, const struct gitoid *id,
	struct err *err)
{
	if (d->read && !d->dirty && gitoid_eq(&d->id, id))
		return 0;
	if (!d->read) {
		d->id = *id;
		return 0;
	}
	if (read_tree(trees, d, id, err) < 0)
		return -1;
	for (size_t i = d->count; i-- > 0;) {
		struct treeentry p = treeentry_find(raw_of(d),
			d->children[i]->name, true);
		struct gitoid child;

		if (!p.is_tree) {
			child_remove(trees, d, i);
			continue;
		}
		memcpy(child.bytes, p.id, GITOID_BYTES);
		if (sync_dir(trees, d->children[i], &child, err) < 0)
			return -1;
	}
	return 0;
}

int
treecache_load(struct treecache *trees, const struct gitoid *root,
	struct err *err)
{
	/* A new folder that was never written has no id to compare: it is in
	 * no tree, so that its parent, which is changed too, drops it. */
	trees->dirty_count = 0;
	return sync_dir(trees, trees->root, root, err);
}

/* The folder below `d`: 1; 0: there is none; -1: error or a file is there. */
static int
step_into(struct dir **out, struct treecache *trees, struct dir *d,
	struct str name, struct err *err)
{
	struct dir *child;
	struct treeentry p;
	bool found;
	size_t at = child_place(d, name, &found);

	if (found) {
		child = d->children[at];
	} else {
		p = treeentry_find(raw_of(d), name, true);
		if (p.len == 0)
			return 0;
		if (!p.is_tree)
			return err_set(err, "a file is where '%.*s' would be "
				"a folder", STR_ARGS(name));
		child = child_add(trees, d, name);
		memcpy(child->id.bytes, p.id, GITOID_BYTES);
	}
	if (!child->read && read_tree(trees, child, &child->id, err) < 0)
		return -1;
	child->used = trees->clock;
	*out = child;
	return 1;
}

/*
 * Follows the folders of *path as far as they exist; what is left of the
 * path, at least the file's name, stays in *path.
 */
static int
walk(struct dir **out, struct treecache *trees, struct str *path,
	struct err *err)
{
	struct dir *d = trees->root;
	struct str rest = *path, part;

	d->used = ++trees->clock;
	while (str_find_byte(rest, '/') >= 0) {
		int got;

		*path = rest;
		str_cut(&part, &rest, '/');
		got = step_into(&d, trees, d, part, err);
		if (got < 0)
			return -1;
		if (got == 0) {
			*out = d;
			return 0;
		}
	}
	*path = rest;
	*out = d;
	return 0;
}

/* The folder and those above it are to be written. */
static void
mark(struct treecache *trees, struct dir *d)
{
	if (d->dirty)
		return;
	if (d->parent)
		mark(trees, d->parent);
	d->dirty = true;
	d->prefix = d->suffix = d->len;
	trees->dirty = xgrow(trees->dirty, trees->dirty_count,
		&trees->dirty_cap, sizeof(struct dir *));
	trees->dirty[trees->dirty_count++] = d;
}

/* Puts `bytes` in the place of `old` bytes at `at`. */
static void
splice(struct treecache *trees, struct dir *d, size_t at, size_t old,
	struct str bytes)
{
	size_t behind = d->len - at - old;

	if (d->prefix > at)
		d->prefix = at;
	if (d->suffix > behind)
		d->suffix = behind;
	if (d->len - old + bytes.len > d->raw_cap)
		set_capacity(trees, d, (d->len + bytes.len) * 3 / 2);
	memmove(d->raw + at + bytes.len, d->raw + at + old, behind);
	if (bytes.len)
		memcpy(d->raw + at, bytes.ptr, bytes.len);
	d->len = d->len - old + bytes.len;
}

/* Sets or inserts the entry of `name`. */
static void
put(struct treecache *trees, struct dir *d, struct str name, bool as_tree,
	const struct gitoid *id)
{
	char entry[16 + PART_BYTES_MAX + 1 + GITOID_BYTES];
	struct treeentry p = treeentry_find(raw_of(d), name, as_tree);
	size_t len;

	if (p.len > 0) {
		splice(trees, d, p.at + p.len - GITOID_BYTES, GITOID_BYTES,
			gitoid_str(id));
		return;
	}
	len = (size_t)snprintf(entry, sizeof(entry), "%s %.*s",
		as_tree ? "40000" : "100644", STR_ARGS(name)) + 1;
	memcpy(entry + len, id->bytes, GITOID_BYTES);
	splice(trees, d, p.at, 0, (struct str){ entry, len + GITOID_BYTES });
}

bool
treecache_has_room(struct treecache *trees, struct str path)
{
	struct str rest = path;
	struct dir *d;

	return walk(&d, trees, &rest, NULL) < 0 || !d->parent ||
		!d->parent->parent || d->len < TREECACHE_FULL_BYTES ||
		treeentry_find(raw_of(d), rest, false).len > 0;
}

static struct dir *
make_folders(struct treecache *trees, struct dir *d, struct str *path)
{
	struct str part;

	while (str_find_byte(*path, '/') >= 0) {
		str_cut(&part, path, '/');
		d = child_add(trees, d, part);
		d->read = true;
		d->used = trees->clock;
	}
	return d;
}

int
treecache_set(struct treecache *trees, struct str path,
	const struct gitoid *blob, struct err *err)
{
	struct str rest = path;
	struct dir *d;
	struct treeentry p;

	if (!treecache_path_ok(path))
		return err_set(err, "path '%.*s' cannot be stored",
			STR_ARGS(path));
	if (walk(&d, trees, &rest, err) < 0)
		return -1;
	if (str_find_byte(rest, '/') >= 0) {
		if (!blob)
			return 0;
		d = make_folders(trees, d, &rest);
	}
	p = treeentry_find(raw_of(d), rest, false);
	if (p.len > 0 && !p.is_blob)
		return err_set(err, "'%.*s' is no file in the archive",
			STR_ARGS(path));
	if (!blob && p.len == 0)
		return 0;
	mark(trees, d);
	if (blob)
		put(trees, d, rest, false, blob);
	else
		splice(trees, d, p.at, p.len, STR(""));
	return 0;
}

/* An empty folder is no entry of the one above it. */
static void
drop_empty(struct treecache *trees, struct dir *d)
{
	struct dir *parent = d->parent;
	struct treeentry p = treeentry_find(raw_of(parent), d->name, true);
	bool found;
	size_t at = child_place(parent, d->name, &found);

	if (p.len > 0)
		splice(trees, parent, p.at, p.len, STR(""));
	child_remove(trees, parent, at);
}

int
treecache_write(struct treecache *trees, struct packwriter *pack,
	struct gitoid *out, struct err *err)
{
	while (trees->dirty_count > 0) {
		struct dir *d = trees->dirty[--trees->dirty_count];

		if (d->len == 0 && d->parent) {
			drop_empty(trees, d);
			continue;
		}
		if (packwriter_add_tree(pack, &d->id,
			    (struct str){ d->raw, d->len }, &d->base,
			    d->prefix, d->suffix, err) < 0)
			return -1;
		d->dirty = false;
		if (d->parent)
			put(trees, d->parent, d->name, true, &d->id);
	}
	*out = trees->root->id;
	return 0;
}

/* Drops the folders below `d` that were last used before `cutoff`. */
static void
drop_before(struct treecache *trees, struct dir *d, uint64_t cutoff)
{
	for (size_t i = d->count; i-- > 0;) {
		if (d->children[i]->used < cutoff)
			child_remove(trees, d, i);
		else
			drop_before(trees, d->children[i], cutoff);
	}
}

void
treecache_trim(struct treecache *trees)
{
	uint64_t cutoff = 0;

	if (trees->bytes <= trees->limit || trees->dirty_count > 0)
		return;
	while (trees->bytes > trees->limit / 4 * 3 && cutoff < trees->clock) {
		cutoff += (trees->clock - cutoff + 1) / 2;
		drop_before(trees, trees->root, cutoff);
	}
}
