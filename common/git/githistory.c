/*
 * An archive's history is a line, and a line needs no sorting: following the
 * parents costs one read a commit, where libgit2's sorted walk keeps every
 * commit in memory. Where archives were merged the walk is libgit2's.
 */
#include <git2.h>
#include <string.h>

#include "common/base/number.h"
#include "common/base/xalloc.h"
#include "common/git/gitstore.h"
#include "common/git/gitstoreimpl.h"

/* "NAME <MAIL> SECONDS ZONE" */
static void
parse_person(struct str *name, int64_t *time_s, struct str line)
{
	struct str who = line, rest = line;
	ptrdiff_t mail = str_find_last(line, '<');
	ptrdiff_t end = str_find_last(line, '>');

	*name = str_trim(mail < 0 ? who : str_sub(who, 0, (size_t)mail));
	rest = str_trim(str_sub(line, end < 0 ? 0 : (size_t)end + 1, line.len));
	str_cut(&who, &rest, ' ');
	if (number_parse(time_s, who, 0, INT64_MAX) < 0)
		*time_s = 0;
}

static int
parse_header(struct gitcommit *out, struct str line)
{
	struct str name, ignored;
	int64_t author_s;

	str_cut(&name, &line, ' ');
	if (str_eq(name, STR("tree")))
		return gitoid_parse(&out->tree, line);
	if (str_eq(name, STR("parent")))
		return out->parents++ ? 0 : gitoid_parse(&out->parent, line);
	if (str_eq(name, STR("author")))
		parse_person(&out->author, &author_s, line);
	else if (str_eq(name, STR("committer")))
		parse_person(&ignored, &out->time_s, line);
	return 0;
}

int
gitstore_read_commit(struct gitcommit *out, struct gitstore *store,
	const struct gitoid *id, struct arena *arena, struct err *err)
{
	struct str rest, line;

	*out = (struct gitcommit){ .id = *id };
	if (gitstore_read(&rest, store, id, GIT_COMMIT_KIND, arena, err) < 0)
		return -1;
	while (str_cut(&line, &rest, '\n') && line.len > 0)
		if (parse_header(out, line) < 0)
			return err_set(err, "commit has a bad header");
	out->message = rest;
	return 0;
}

struct list {
	struct gitoid *items;
	size_t count, cap;
};

static void
list_add(struct list *list, const struct gitoid *id)
{
	list->items = xgrow(list->items, list->count, &list->cap,
		sizeof(*list->items));
	list->items[list->count++] = *id;
}

static void
list_reverse(struct list *list)
{
	for (size_t i = 0; i < list->count / 2; i++) {
		struct gitoid *a = &list->items[i];
		struct gitoid *b = &list->items[list->count - 1 - i];
		struct gitoid swap = *a;

		*a = *b;
		*b = swap;
	}
}

/* The parent of a commit without reading more than its headers: 1; 0: it has
 * none; 2: it has several. */
static int
only_parent(struct gitoid *out, struct gitstore *store,
	const struct gitoid *id, struct err *err)
{
	git_odb_object *object;
	struct str text, line;
	int parents = 0;

	if (gitstore_read_object(&object, store, id, err) < 0)
		return err_prefix(err, "cannot read the history");
	text = (struct str){ git_odb_object_data(object),
		git_odb_object_size(object) };
	while (str_cut(&line, &text, '\n') && line.len > 0) {
		if (!str_starts(line, STR("parent ")))
			continue;
		if (gitoid_parse(out, str_sub(line, 7, line.len)) == 0)
			parents++;
	}
	git_odb_object_free(object);
	return parents > 1 ? 2 : parents;
}

/* 1: the line from head to base; 0: a commit with several parents is met. */
static int
list_line(struct list *list, struct gitstore *store, const struct gitoid *base,
	const struct gitoid *head, struct err *err)
{
	struct gitoid at = *head, parent;

	for (;;) {
		int got;

		if (gitoid_eq(&at, base))
			return 1;
		list_add(list, &at);
		got = only_parent(&parent, store, &at, err);
		if (got < 0)
			return -1;
		if (got == 2)
			return 0;
		if (got == 0)
			break;
		at = parent;
	}
	/* The root is reached; was there to be a base before it? */
	return gitoid_is_zero(base) ? 1 : 2;
}

static int
list_graph(struct list *list, struct gitstore *store,
	const struct gitoid *head, struct err *err)
{
	git_revwalk *walk;
	git_oid id;
	struct gitoid ours;
	int got;

	list->count = 0;
	if (git_revwalk_new(&walk, store->repo) < 0)
		return gitstore_fail(err, "cannot walk the history");
	git_revwalk_sorting(walk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
	got = git_revwalk_push(walk, gitstore_oid(head));
	while (got == 0 && (got = git_revwalk_next(&id, walk)) == 0) {
		memcpy(ours.bytes, id.id, GITOID_BYTES);
		list_add(list, &ours);
	}
	git_revwalk_free(walk);
	return got == GIT_ITEROVER ? 0 :
		gitstore_fail(err, "cannot walk the history");
}

int
gitstore_list(struct gitoid **out, size_t *count, struct gitstore *store,
	const struct gitoid *base, const struct gitoid *head, bool *rewritten,
	struct err *err)
{
	struct list list = { NULL, 0, 0 };
	int got = gitoid_is_zero(head) ? gitoid_is_zero(base) ? 1 : 2 :
		list_line(&list, store, base, head, err);

	if (rewritten)
		*rewritten = false;
	if (got == 0)
		got = !gitoid_is_zero(base) ? 2 :
			list_graph(&list, store, head, err) < 0 ? -1 : 1;
	if (got == 2) {
		err_set(err, "the history was rewritten or merged");
		if (rewritten)
			*rewritten = true;
	}
	if (got != 1) {
		free(list.items);
		*out = NULL;
		*count = 0;
		return -1;
	}
	list_reverse(&list);
	*out = list.items;
	*count = list.count;
	return 0;
}
