#include "cmd/commit/recall.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "common/archive/scheduledb.h"
#include "common/article/sketch.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"

enum { SLOTS_MIN = 256, PATH_BYTES = 4096, SHARERS = 4 };

/* An article's memory, or the articles that share a text. */
struct slot {
	uint64_t hash; /* 0: free */
	char *text;
	uint32_t sharers[SHARERS];
	uint32_t count;
};

struct recall {
	struct slot *slots;
	size_t cap, count; /* cap is a power of two, or 0 */
	char *path;        /* of the schedule */
	struct scheduledb *schedule;
	bool tried;        /* to open it */
};

struct recall *
recall_new(const char *archive)
{
	struct recall *r = xcalloc(1, sizeof(*r));
	char path[PATH_BYTES];

	snprintf(path, sizeof(path), "%s/stet/schedule.db", archive);
	r->path = xstrdup(path);
	return r;
}

static void
forget(struct recall *r)
{
	for (size_t i = 0; i < r->cap; i++)
		free(r->slots[i].text);
	free(r->slots);
	r->slots = NULL;
	r->cap = r->count = 0;
}

void
recall_free(struct recall *r)
{
	if (!r)
		return;
	forget(r);
	scheduledb_close(r->schedule);
	free(r->path);
	free(r);
}

static struct slot *
slot_of(const struct recall *r, uint64_t hash)
{
	size_t i = hash & (r->cap - 1);

	while (r->slots[i].hash && r->slots[i].hash != hash)
		i = (i + 1) & (r->cap - 1);
	return &r->slots[i];
}

static void
make_room(struct recall *r)
{
	struct slot *old = r->slots;
	size_t old_cap = r->cap;

	if (r->count * 2 < r->cap)
		return;
	if (r->count >= RECALL_ARTICLES_MAX) {
		forget(r);
		old_cap = 0;
	}
	r->cap = r->cap ? r->cap * 2 : SLOTS_MIN;
	r->slots = xcalloc(r->cap, sizeof(*r->slots));
	for (size_t i = 0; i < old_cap; i++)
		if (old[i].hash)
			*slot_of(r, old[i].hash) = old[i];
	if (old_cap > 0)
		free(old);
}

static struct slot *
take_slot(struct recall *r, uint64_t hash)
{
	struct slot *slot;

	make_room(r);
	slot = slot_of(r, hash);
	r->count += slot->hash == 0;
	slot->hash = hash;
	return slot;
}

/* What mark has noted, if this archive has a schedule. */
static struct str
scheduled(struct recall *r, struct str key, struct arena *arena)
{
	struct schedule_entry e;

	if (!r->tried && access(r->path, F_OK) == 0) {
		r->tried = true;
		if (scheduledb_open(&r->schedule, r->path, SQL_READ, NULL) < 0)
			r->schedule = NULL;
	}
	if (!r->schedule || scheduledb_find(&e, r->schedule, SCHEDULE_ARTICLE,
				    key, arena, NULL) <= 0)
		return STR("");
	return e.doubt;
}

void
recall_get(struct memory *out, struct recall *r, struct str key,
	struct str carried, struct arena *arena)
{
	const struct slot *slot = NULL;

	if (r->cap > 0)
		slot = slot_of(r, sketch_hash(17, key));
	if (slot && slot->text)
		carried = arena_dup(arena, str_from(slot->text));
	else if (carried.len == 0)
		carried = scheduled(r, key, arena);
	memory_parse(out, carried.ptr ? carried : STR(""));
}

struct str
recall_put(struct recall *r, struct str key, const struct memory *m,
	struct arena *arena)
{
	uint64_t hash = sketch_hash(17, key);
	struct strbuf text;
	struct str out;

	strbuf_init(&text, MEMORY_BYTES * 2);
	memory_write(&text, m);
	out = arena_dup(arena, strbuf_str(&text));
	if (text.len > 0 || (r->cap > 0 && slot_of(r, hash)->text)) {
		struct slot *slot = take_slot(r, hash);

		free(slot->text);
		slot->text = xmemdup0(text.ptr ? text.ptr : "", text.len);
	}
	strbuf_release(&text);
	return out.ptr ? out : STR("");
}

size_t
recall_others(struct recall *r, uint64_t sketch, struct str key)
{
	uint32_t article = (uint32_t)sketch_hash(19, key);
	struct slot *slot = take_slot(r, sketch ^ 0x5555555555555555u);
	size_t others = 0;
	bool noted = false;

	for (uint32_t i = 0; i < slot->count; i++) {
		noted |= slot->sharers[i] == article;
		others += slot->sharers[i] != article;
	}
	if (!noted && slot->count < SHARERS)
		slot->sharers[slot->count++] = article;
	return others;
}
