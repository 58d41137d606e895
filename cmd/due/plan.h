/*
 * The archive as far as due needs it: its configuration, and its schedule.
 */
#ifndef STET_DUE_PLAN_H
#define STET_DUE_PLAN_H

#include <stdint.h>

#include "common/archive/schedule.h"
#include "common/archive/scheduledb.h"
#include "common/article/article.h"
#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/git/gitstore.h"

enum { PLAN_CONFIG_BYTES = 16 << 20 };

struct plan {
	struct gitstore *store; /* NULL: the archive is not there yet */
	struct scheduledb *db;  /* NULL: it has no schedule yet */
	struct strlist tracking; /* stet.tracking */
	int64_t mended_s;        /* when its configuration was changed */
	struct arena arena;      /* what lives as long as the plan */
};

/*
 * Opens what there is; drops the rights to all else. Returns the exit status
 * that a failure has: STATUS_USAGE where something else than an archive is.
 */
int plan_open(struct plan *plan, const char *archive, int64_t now_s,
	struct err *err);
void plan_close(struct plan *plan);

/* The key of a URL: a feed's is the URL itself. -1: it is none. */
int plan_key(struct str *out, struct plan *plan, enum schedule_kind kind,
	struct str url, struct arena *arena, struct err *err);

/*
 * The entry of a key, or of the key that it is an alias of, which *key then
 * is. 1; 0: never seen; -1.
 */
int plan_find(struct schedule_entry *out, struct str *key, struct plan *plan,
	enum schedule_kind kind, struct arena *arena, struct err *err);

/* When a feed of that source is due (schedule_feed_due). */
int64_t plan_feed_due(struct plan *plan, const struct schedule_entry *e,
	struct str source);

/* The period of a source's feeds in seconds; 0: none is set. */
int64_t plan_period_s(struct plan *plan, struct str source);

#endif
