#include "cmd/due/plan.h"

#include <stdio.h>

#include "common/archive.h"
#include "common/number.h"
#include "common/sandbox.h"
#include "common/status.h"
#include "common/urlkey.h"

enum { PATH_BYTES = 4096, NAME_BYTES = 512 };

static int
read_archive(struct plan *plan, const char *archive, struct err *err)
{
	if (!archive_exists(archive))
		return STATUS_OK;
	if (archive_open(&plan->store, archive, err) < 0)
		return STATUS_USAGE;
	return gitstore_config_all(&plan->tracking, plan->store,
		"stet.tracking", &plan->arena, err) < 0 ? STATUS_STOPPED :
							  STATUS_OK;
}

int
plan_open(struct plan *plan, const char *archive, struct err *err)
{
	char folder[PATH_BYTES], path[PATH_BYTES + 16];
	const char *const nothing[] = { NULL };
	const char *const own[] = { folder, NULL };
	int status;

	*plan = (struct plan){ .store = NULL };
	arena_init(&plan->arena, PLAN_CONFIG_BYTES);
	snprintf(folder, sizeof(folder), "%s/stet", archive);
	snprintf(path, sizeof(path), "%s/schedule.db", folder);
	/* SQLite keeps what its readers share in a file beside it. */
	status = read_archive(plan, archive, err);
	if (status == STATUS_OK &&
		(sandbox_folders(nothing, own, err) < 0 ||
			scheduledb_open(&plan->db, path, SQL_READ, err) < 0))
		status = STATUS_STOPPED;
	if (status != STATUS_OK)
		plan_close(plan);
	return status;
}

void
plan_close(struct plan *plan)
{
	scheduledb_close(plan->db);
	if (plan->store)
		gitstore_close(plan->store);
	arena_release(&plan->arena);
}

int
plan_key(struct str *out, struct plan *plan, enum schedule_kind kind,
	struct str url, struct arena *arena, struct err *err)
{
	*out = url;
	if (kind == SCHEDULE_FEED)
		return 0;
	return urlkey_of(out, url, &plan->tracking, arena, err);
}

int
plan_find(struct schedule_entry *out, struct str *key, struct plan *plan,
	enum schedule_kind kind, struct arena *arena, struct err *err)
{
	int got = scheduledb_find(out, plan->db, kind, *key, arena, err);

	if (got != 0 || kind == SCHEDULE_FEED)
		return got;
	got = scheduledb_resolve(key, plan->db, arena, err);
	return got <= 0 ? got :
		scheduledb_find(out, plan->db, kind, *key, arena, err);
}

int64_t
plan_period_s(struct plan *plan, struct str source)
{
	char name[NAME_BYTES];
	struct arena arena;
	struct str value;
	int64_t minutes = 0;

	if (!plan->store || source.len > NAME_BYTES - 20)
		return 0;
	snprintf(name, sizeof(name), "source.%.*s.period", STR_ARGS(source));
	arena_init(&arena, PATH_BYTES);
	if (gitstore_config(&value, plan->store, name, &arena, NULL) <= 0 ||
		number_parse(&minutes, value, 1, 525600) < 0)
		minutes = 0;
	arena_release(&arena);
	return minutes * 60;
}
