#include "cmd/due/feeds.h"

#include "common/msg.h"

struct walk {
	int (*offer)(void *context, struct link *link, struct err *err);
	void *context;
	struct err *err;
};

static bool
is_address(struct str variable)
{
	return str_eq(variable, STR("feed")) ||
		str_eq(variable, STR("sitemap")) ||
		str_eq(variable, STR("page"));
}

static int
on_variable(void *context, struct str name, struct str value)
{
	struct walk *walk = context;
	struct link link = { .url = str_trim(value), .found = STR(""),
		.published = STR(""), .title = STR(""), .referrer = STR("") };
	struct str variable;

	if (!gitstore_config_source(&link.source, &variable, name) ||
		!is_address(variable))
		return 0;
	return walk->offer(walk->context, &link, walk->err);
}

int
due_feeds(struct plan *plan,
	int (*offer)(void *context, struct link *link, struct err *err),
	void *context, struct err *err)
{
	struct walk walk = { offer, context, err };

	if (!plan->store)
		return 0;
	return gitstore_config_each(plan->store, "source.", on_variable,
		&walk, err);
}
