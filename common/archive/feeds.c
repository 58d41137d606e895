#include "common/archive/feeds.h"

#include <stdio.h>
#include <sys/stat.h>

#include "common/base/number.h"

enum { PATH_BYTES = 4096, NAME_BYTES = 512, VALUE_BYTES = 4096 };

struct walk {
	int (*each)(void *context, struct str source, struct str url);
	void *context;
};

static int
on_variable(void *context, struct str name, struct str value)
{
	struct walk *walk = context;
	struct str source, variable;

	if (!gitstore_config_source(&source, &variable, name) ||
		(!str_eq(variable, STR("feed")) &&
			!str_eq(variable, STR("sitemap")) &&
			!str_eq(variable, STR("page"))))
		return 0;
	return walk->each(walk->context, source, str_trim(value));
}

int
feeds_each(struct gitstore *store,
	int (*each)(void *context, struct str source, struct str url),
	void *context, struct err *err)
{
	struct walk walk = { each, context };

	return gitstore_config_each(store, "source.", on_variable, &walk, err);
}

int64_t
feeds_period_s(struct gitstore *store, struct str source)
{
	char name[NAME_BYTES];
	struct arena arena;
	struct str value;
	int64_t minutes = 0;

	if (source.len > NAME_BYTES - 20)
		return 0;
	snprintf(name, sizeof(name), "source.%.*s.period", STR_ARGS(source));
	arena_init(&arena, VALUE_BYTES);
	if (gitstore_config(&value, store, name, &arena, NULL) <= 0 ||
		number_parse(&minutes, value, 1, 525600) < 0)
		minutes = 0;
	arena_release(&arena);
	return minutes * 60;
}

int64_t
feeds_mended_s(const char *archive, int64_t now_s)
{
	char path[PATH_BYTES];
	struct stat config;

	snprintf(path, sizeof(path), "%s/config", archive);
	if (stat(path, &config) < 0 || config.st_mtime > now_s)
		return 0;
	return (int64_t)config.st_mtime;
}
