#include "cmd/due/plan.h"

#include <stdio.h>

#include "common/archive/archive.h"
#include "common/archive/feeds.h"
#include "common/archive/restore.h"
#include "common/base/sandbox.h"
#include "common/base/status.h"
#include "common/web/urlkey.h"

enum { PATH_BYTES = 4096 };

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
plan_open(struct plan *plan, const char *archive, int64_t now_s,
	struct err *err)
{
	char folder[PATH_BYTES];
	const char *const whole[] = { archive, NULL };
	const char *const own[] = { folder, NULL };
	int status;

	*plan = (struct plan){ .mended_s = feeds_mended_s(archive, now_s) };
	arena_init(&plan->arena, PLAN_CONFIG_BYTES);
	snprintf(folder, sizeof(folder), "%s/stet", archive);
	/* SQLite keeps what its readers share in a file beside it. */
	status = read_archive(plan, archive, err);
	if (status == STATUS_OK &&
		(sandbox_folders(whole, own, err) < 0 ||
			(plan->store && restore_open(&plan->db, plan->store,
				SQL_READ, now_s, err) < 0)))
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
	return plan->store ? feeds_period_s(plan->store, source) : 0;
}

int64_t
plan_feed_due(struct plan *plan, const struct schedule_entry *e,
	struct str source)
{
	return schedule_feed_due(e, plan_period_s(plan, source),
		plan->mended_s);
}
