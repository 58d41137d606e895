#include <git2.h>
#include <string.h>

#include "common/git/gitstore.h"
#include "common/git/gitstoreimpl.h"

int
gitstore_config(struct str *out, struct gitstore *store, const char *name,
	struct arena *arena, struct err *err)
{
	const char *value;
	int got = git_config_get_string(&value, store->config, name);

	*out = STR("");
	if (got == GIT_ENOTFOUND)
		return 0;
	if (got < 0)
		return gitstore_fail(err, name);
	*out = arena_dup(arena, str_from(value));
	return out->ptr ? 1 : err_set(err, "'%s' is too long", name);
}

struct list {
	struct strlist *out;
	struct arena *arena;
	bool failed;
};

static int
add_value(const git_config_entry *entry, void *context)
{
	struct list *list = context;
	struct strlist *out = list->out;
	size_t size = out->count * sizeof(*out->items);
	struct str *items = arena_grow(list->arena, out->items, size,
		size + sizeof(*out->items));

	list->failed = true;
	if (!items)
		return -1;
	out->items = items;
	items[out->count] = arena_dup(list->arena, str_from(entry->value));
	if (!items[out->count].ptr)
		return -1;
	out->count++;
	list->failed = false;
	return 0;
}

int
gitstore_config_all(struct strlist *out, struct gitstore *store,
	const char *name, struct arena *arena, struct err *err)
{
	struct list list = { out, arena, false };
	int got;

	*out = (struct strlist){ NULL, 0 };
	got = git_config_get_multivar_foreach(store->config, name, NULL,
		add_value, &list);
	if (list.failed)
		return err_set(err, "'%s' has too many values", name);
	if (got < 0 && got != GIT_ENOTFOUND)
		return gitstore_fail(err, name);
	return 0;
}

int
gitstore_config_each(struct gitstore *store, const char *prefix,
	int (*each)(void *context, struct str name, struct str value),
	void *context, struct err *err)
{
	git_config_iterator *walk;
	git_config_entry *entry;
	int stop = 0, got;

	if (git_config_iterator_new(&walk, store->config) < 0)
		return gitstore_fail(err, "configuration");
	while (stop == 0 && (got = git_config_next(&entry, walk)) == 0)
		if (str_starts(str_from(entry->name), str_from(prefix)))
			stop = each(context, str_from(entry->name),
				str_from(entry->value));
	git_config_iterator_free(walk);
	if (stop == 0 && got != GIT_ITEROVER)
		return gitstore_fail(err, "configuration");
	return stop;
}

bool
gitstore_config_source(struct str *source, struct str *variable,
	struct str name)
{
	struct str section = STR("source.");
	struct str rest = str_sub(name, section.len, name.len);
	ptrdiff_t dot = str_find_last(rest, '.');

	if (!str_starts(name, section) || dot < 1)
		return false;
	*source = str_sub(rest, 0, (size_t)dot);
	*variable = str_sub(rest, (size_t)dot + 1, rest.len);
	return true;
}
