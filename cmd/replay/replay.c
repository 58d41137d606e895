#include "cmd/replay/replay.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/archive/archive.h"
#include "common/archive/index.h"
#include "common/archive/kept.h"
#include "common/archive/scheduledb.h"
#include "common/article/memory.h"
#include "common/article/message.h"
#include "common/article/sketch.h"
#include "common/base/msg.h"
#include "common/base/status.h"
#include "common/base/xalloc.h"
#include "common/warc/warc.h"

enum {
	ARENA_BYTES = 16 << 20,
	PATH_BYTES = 4096
};

struct replay {
	const struct replay_options *options;
	struct gitstore *store;
	struct index *index;
	struct scheduledb *schedule; /* NULL: there is none */
	char folder[KEPT_PATH_BYTES];
	uint64_t *ids; /* hashes of the records' ids, sorted */
	size_t count, cap, found;
	struct arena arena;
};

static int
compare_ids(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* Whether this extractor has seen the newest version unchanged. */
static int
is_seen(struct replay *r, const struct index_article *a, struct err *err)
{
	struct schedule_entry e;
	struct memory m;
	int got = scheduledb_find(&e, r->schedule, SCHEDULE_ARTICLE, a->key,
		&r->arena, err);

	if (got <= 0)
		return got;
	memory_parse(&m, e.doubt);
	return str_eq(m.extractor, STR("stet/" STET_VERSION));
}

/* Notes the record of the article's newest version. */
static int
want(struct replay *r, const struct index_article *a, struct err *err)
{
	struct gitcommit commit;
	struct message m;
	int seen;

	if (a->state != INDEX_LIVE || (!r->options->all &&
			str_eq(a->extractor, STR("stet/" STET_VERSION))))
		return 0;
	arena_reset(&r->arena);
	seen = r->options->all ? 0 : is_seen(r, a, err);
	if (seen != 0)
		return seen < 0 ? -1 : 0;
	if (gitstore_read_commit(&commit, r->store, &a->commit, &r->arena,
		    err) < 0)
		return -1;
	if (message_parse(&m, commit.message, &r->arena, NULL) < 0 ||
		m.record.len == 0)
		return 0;
	r->ids = xgrow(r->ids, r->count, &r->cap, sizeof(*r->ids));
	r->ids[r->count++] = sketch_hash(23, m.record);
	return 0;
}

static int
want_all(struct replay *r, struct err *err)
{
	struct index_cursor *cursor;
	struct index_article a;
	int got;

	if (index_articles(&cursor, r->index, STR(""), err) < 0)
		return -1;
	while ((got = index_next_article(&a, cursor, err)) > 0)
		if (want(r, &a, err) < 0) {
			got = -1;
			break;
		}
	index_cursor_free(cursor);
	if (r->count > 0)
		qsort(r->ids, r->count, sizeof(*r->ids), compare_ids);
	return got;
}

int
replay_open(struct replay **out, const struct replay_options *options,
	struct err *err)
{
	struct replay *r = xcalloc(1, sizeof(*r));
	char path[PATH_BYTES];
	int status = STATUS_STOPPED;

	*out = r;
	r->options = options;
	arena_init(&r->arena, ARENA_BYTES);
	if (archive_open(&r->store, options->archive, err) < 0)
		return STATUS_USAGE;
	snprintf(path, sizeof(path), "%s/stet/schedule.db", options->archive);
	if (index_open(&r->index, r->store, err) == 0 &&
		scheduledb_open(&r->schedule, path, SQL_READ, err) >= 0 &&
		kept_folder(r->folder, r->store, options->warc, err) == 0 &&
		want_all(r, err) == 0)
		status = STATUS_OK;
	if (status == STATUS_OK && r->count > 0 && r->folder[0] == '\0') {
		err_set(err, "no WARC files are kept (stet.warc)");
		return STATUS_USAGE;
	}
	return status;
}

void
replay_free(struct replay *r)
{
	scheduledb_close(r->schedule);
	index_close(r->index);
	if (r->store)
		gitstore_close(r->store);
	arena_release(&r->arena);
	free(r->ids);
	free(r);
}

size_t
replay_wanted(const struct replay *r)
{
	return r->count;
}

const char *
replay_folder(const struct replay *r)
{
	return r->folder;
}

static bool
is_wanted(const struct replay *r, const struct warc_record *record)
{
	uint64_t id = sketch_hash(23, record->id);

	return (record->type == WARC_RESPONSE ||
		       record->type == WARC_RESOURCE) &&
		bsearch(&id, r->ids, r->count, sizeof(id), compare_ids);
}

/* The record as it is, but for what was remembered of the article then. */
static int
copy(struct warc_writer *to, const struct warc_record *record,
	struct err *err)
{
	struct link link;
	struct warc_field digest = { STR("WARC-Payload-Digest"),
		warc_get(record, STR("WARC-Payload-Digest")) };
	struct warc_head head = { .type = record->type,
		.id = record->id,
		.date_s = record->date_s,
		.uri = record->uri,
		.content_type = record->content_type,
		.via = warc_get(record, STR("WARC-Stet-Via")),
		.extra = &digest,
		.extra_count = digest.value.len > 0 };

	warc_link(&link, record);
	link.misses = link.doubt = STR("");
	head.link = &link;
	return warc_write(to, &head, &record->block, 1, err);
}

/* What replay_run hands to each record. */
struct copying {
	struct replay *replay;
	struct warc_writer *to;
};

static int
take(void *context, const struct warc_record *record, struct err *err)
{
	struct copying *c = context;
	struct replay *r = c->replay;

	if (!is_wanted(r, record))
		return KEPT_GO_ON;
	r->found++;
	msg_progress("%zu of %zu captures", r->found, r->count);
	if (copy(c->to, record, err) < 0)
		return -1;
	return r->found < r->count ? KEPT_GO_ON : KEPT_STOP;
}

int
replay_run(struct replay *r, int out, void (*warn)(const char *text),
	size_t *found, struct err *err)
{
	struct copying c = { r, warc_writer_new(out, 0) };
	int result = r->count == 0 ? 0 :
		kept_each(r->folder, take, &c, warn, err);

	if (result == 0)
		result = warc_writer_flush(c.to, err);
	warc_writer_free(c.to);
	msg_progress_end();
	if (found)
		*found = r->found;
	return result < 0 ? STATUS_STOPPED : STATUS_OK;
}
