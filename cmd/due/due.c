/*
 * First the input, in batches: what is new or due of it, ordered. Then the
 * schedule, but for what went out already. What goes out is a link of its own
 * making: the address and the validators of the schedule, the title and the
 * date that the feed gave.
 */
#include "cmd/due/due.h"

#include <stdlib.h>

#include "cmd/due/output.h"
#include "cmd/due/plan.h"
#include "cmd/due/turns.h"
#include "common/archive/feeds.h"
#include "common/article/link.h"
#include "common/article/memory.h"
#include "common/base/hash.h"
#include "common/base/isotime.h"
#include "common/base/linebuf.h"
#include "common/base/msg.h"
#include "common/base/status.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"

enum {
	ARENA_BYTES = 4 << 20,
	BATCH_BYTES = 32 << 20,
	CHUNK = 1 << 17, /* entries of the schedule that are read together */
	MISSES_BYTES = 64
};

struct due {
	const struct due_options *options;
	struct plan plan;
	struct arena arena;  /* one link's */
	struct turns turns;
	struct strbuf lines; /* of the batch; turns name offsets in it */
	struct hash_set given; /* what has gone out or waits in the batch */
	struct output out;
	struct err *err;     /* the caller's */
	int64_t printed;
	int status;
};

static bool
enough(const struct due *d)
{
	return d->options->limit && d->printed >= d->options->limit;
}

static bool
in_shard(const struct due *d, uint32_t host)
{
	return d->options->shards < 2 ||
		host % d->options->shards == d->options->shard;
}

static void
complain(struct due *d, struct str what, const char *reason)
{
	msg_warn("'%.*s': %s", STR_ARGS(utf8_cut(what, 300)), reason);
	d->status = STATUS_PARTIAL;
}

/* What the schedule knows goes into the link. */
static void
add_known(struct link *link, const struct schedule_entry *e,
	char misses[MISSES_BYTES])
{
	char since[ISOTIME_BYTES];

	if (e->url.len)
		link->url = e->url;
	if (!link->source.len)
		link->source = e->source;
	link->etag = e->etag;
	link->last_modified = e->last_modified;
	link->misses = STR("");
	if (e->misses) {
		snprintf(misses, MISSES_BYTES, "%lld/%s",
			(long long)e->misses,
			isotime_format(since, e->missed_s));
		link->misses = str_from(misses);
	}
	link->doubt = e->doubt;
}

/*
 * The open doubt with the number of the host's other articles that are in the
 * same: what many show is not an edit of one.
 */
static void
count_sharers(struct due *d, struct link *link)
{
	struct memory m;
	struct strbuf text;

	memory_parse(&m, link->doubt);
	if (m.reason.len == 0)
		return;
	m.host = scheduledb_sharers(d->plan.db, m.sketch,
		schedule_host(link->url, &d->arena), NULL);
	m.host = m.host > 0 ? m.host - 1 : 0; /* without this one */
	strbuf_init(&text, MEMORY_BYTES * 2);
	memory_write(&text, &m);
	link->doubt = arena_dup(&d->arena, strbuf_str(&text));
	if (!link->doubt.ptr)
		link->doubt = STR("");
	strbuf_release(&text);
}

static int
print_batch(struct due *d, struct err *err)
{
	turns_sort(&d->turns);
	for (size_t i = 0; i < d->turns.count && !enough(d); i++) {
		struct str rest = str_sub(strbuf_str(&d->lines),
			(size_t)d->turns.list[i].what, d->lines.len);
		struct str line;

		str_cut(&line, &rest, '\n');
		line.len++;
		d->printed++;
		if (output_add(&d->out, line, err) < 0)
			return -1;
	}
	d->turns.count = 0;
	strbuf_reset(&d->lines);
	return 0;
}

/* When a link of the input is due: 0 for a new one, -1 for not now. */
static int64_t
due_time(struct due *d, const struct schedule_entry *e, bool known,
	struct str source)
{
	int64_t due_s = 0;

	if (known && e->kind == SCHEDULE_FEED)
		due_s = plan_feed_due(&d->plan, e, source);
	else if (known)
		due_s = e->next_s ? e->next_s : INT64_MAX;
	return due_s <= d->options->now_s ? due_s : -1;
}

static int
offer(struct due *d, struct link *link, struct err *err)
{
	struct schedule_entry e;
	char misses[MISSES_BYTES];
	enum schedule_kind kind = d->options->feeds ? SCHEDULE_FEED :
		SCHEDULE_ARTICLE;
	struct str key;
	uint32_t host;
	int64_t due_s;
	int known;

	if (plan_key(&key, &d->plan, kind, link->url, &d->arena, err) < 0) {
		complain(d, link->url, err->text);
		return 0;
	}
	known = plan_find(&e, &key, &d->plan, kind, &d->arena, err);
	if (known < 0)
		return -1;
	host = schedule_host(known && e.url.len ? e.url : link->url,
		&d->arena);
	if (!in_shard(d, host))
		return 0;
	due_s = due_time(d, &e, known, link->source);
	if (due_s < 0 || !hash_set_add(&d->given, schedule_hash(kind, key)))
		return 0;
	link->etag = link->last_modified = link->misses = STR("");
	link->doubt = STR("");
	if (known)
		add_known(link, &e, misses);
	if (link->doubt.len > 0)
		count_sharers(d, link);
	turns_add(&d->turns, due_s, host, (int64_t)d->lines.len);
	link_write(&d->lines, link);
	if (d->turns.count < DUE_BATCH && d->lines.len < BATCH_BYTES / 2)
		return 0;
	return print_batch(d, err);
}

static int
on_line(struct due *d, struct str line, struct err *err)
{
	struct link link;

	arena_reset(&d->arena);
	if (link_parse(&link, line, &d->arena, err) < 0) {
		msg_warn("%s", err->text);
		d->status = STATUS_PARTIAL;
		return 0;
	}
	return offer(d, &link, err);
}

/* A feed of the configuration. */
static int
on_feed(void *context, struct str source, struct str url)
{
	struct due *d = context;
	struct link link = { .url = url, .source = source, .found = STR(""),
		.published = STR(""), .title = STR(""), .referrer = STR("") };

	arena_reset(&d->arena);
	return offer(d, &link, d->err);
}

static int
read_links(struct due *d, int in, struct err *err)
{
	struct linebuf lines;
	struct str line;
	int got = 0, result = 0;

	linebuf_init(&lines, in, LINK_LINE_BYTES);
	while (result == 0 && !enough(d) &&
		(got = linebuf_next(&lines, &line, err)) > 0) {
		if (got == LINEBUF_LONG)
			complain(d, line, "longer than a link");
		else
			result = on_line(d, line, err);
	}
	linebuf_release(&lines);
	return result < 0 || got < 0 ? -1 : 0;
}

static int
note_due(void *context, const struct scheduledb_due *due)
{
	struct due *d = context;

	if (in_shard(d, due->host) &&
		!hash_set_has(&d->given, (uint64_t)due->place))
		turns_add(&d->turns, due->next_s, due->host, due->place);
	return 0;
}

/* Adds the line of an entry to those that wait; nothing if it is gone. */
static int
add_place(struct due *d, int64_t place, struct err *err)
{
	struct schedule_entry e;
	struct link link = { .url = STR("") };
	char misses[MISSES_BYTES];
	int got;

	arena_reset(&d->arena);
	got = scheduledb_get_link(&e, d->plan.db, place, &d->arena, err);
	if (got <= 0)
		return got;
	link.source = link.found = link.published = link.title = STR("");
	link.referrer = STR("");
	add_known(&link, &e, misses);
	if (link.doubt.len > 0)
		count_sharers(d, &link);
	link_write(&d->lines, &link);
	return 1;
}

/* A line in d->lines. */
struct line {
	uint32_t start, len; /* 0: the entry has gone since */
};

/* Scratch for the turns that are read together. */
struct chunk {
	uint32_t order[CHUNK]; /* the turns by place */
	struct line lines[CHUNK];
};

static size_t
bucket_of(const struct turn *turn)
{
	return (uint64_t)turn->what >> 47 & 0xffff; /* places have 63 bits */
}

/*
 * The numbers of the turns in the order of the pages on which their entries
 * lie: nearly by place, which is a hash.
 */
static void
order_by_place(struct chunk *chunk, const struct turn *turns, size_t count)
{
	size_t *starts = xcalloc(65537, sizeof(*starts));

	for (size_t i = 0; i < count; i++)
		starts[bucket_of(&turns[i]) + 1]++;
	for (size_t i = 0; i < 65536; i++)
		starts[i + 1] += starts[i];
	for (size_t i = 0; i < count; i++)
		chunk->order[starts[bucket_of(&turns[i])]++] = (uint32_t)i;
	free(starts);
}

/*
 * Writes the lines of `count` turns to d->lines. The entries are read as they
 * lie in the file and within one transaction: by turn, each would cost a lock
 * and a page of its own. 0: the lines are more than there is room for.
 */
static int
read_chunk(struct due *d, struct chunk *chunk, const struct turn *turns,
	size_t count, struct err *err)
{
	int got = 0;

	order_by_place(chunk, turns, count);
	strbuf_reset(&d->lines);
	if (scheduledb_hold(d->plan.db, err) < 0)
		return -1;
	for (size_t i = 0; i < count && got >= 0; i++) {
		struct line *line = &chunk->lines[chunk->order[i]];

		line->start = (uint32_t)d->lines.len;
		got = add_place(d, turns[chunk->order[i]].what, err);
		line->len = (uint32_t)d->lines.len - line->start;
	}
	scheduledb_let_go(d->plan.db);
	return got < 0 ? -1 : !strbuf_overflowed(&d->lines);
}

static int
print_chunk(struct due *d, const struct chunk *chunk, size_t count,
	struct err *err)
{
	struct str all = strbuf_str(&d->lines);

	for (size_t i = 0; i < count && !enough(d); i++) {
		const struct line *line = &chunk->lines[i];

		if (line->len == 0)
			continue;
		d->printed++;
		if (output_add(&d->out, str_sub(all, line->start, line->len),
			    err) < 0)
			return -1;
	}
	return 0;
}

static int
print_turns(struct due *d, struct chunk *chunk, struct err *err)
{
	size_t from = 0, most = CHUNK;

	while (from < d->turns.count && !enough(d)) {
		size_t count = d->turns.count - from;
		int got;

		if (count > most)
			count = most;
		if (d->options->limit &&
			(int64_t)count > d->options->limit - d->printed)
			count = (size_t)(d->options->limit - d->printed);
		got = read_chunk(d, chunk, d->turns.list + from, count, err);
		if (got == 0) { /* a line alone always has room */
			most = count / 2;
			continue;
		}
		if (got < 0 || print_chunk(d, chunk, count, err) < 0)
			return -1;
		from += count;
	}
	return 0;
}

/* What is due though no feed names it any more. */
static int
print_scheduled(struct due *d, struct err *err)
{
	struct chunk *chunk;
	int result;

	if (scheduledb_due(d->plan.db, d->options->now_s, note_due, d, err) <
		0)
		return -1;
	turns_sort(&d->turns);
	chunk = xmalloc(sizeof(*chunk));
	result = print_turns(d, chunk, err);
	free(chunk);
	return result;
}

static int
print_all(struct due *d, int in, struct err *err)
{
	if (!d->options->scheduled_only && read_links(d, in, err) < 0)
		return -1;
	if (d->options->feeds && d->plan.store &&
		feeds_each(d->plan.store, on_feed, d, err) < 0)
		return -1;
	if (print_batch(d, err) < 0)
		return -1;
	if (!d->options->feeds && !enough(d) && print_scheduled(d, err) < 0)
		return -1;
	return output_flush(&d->out, err);
}

int
due_run(const struct due_options *options, int in, int out, struct err *err)
{
	struct due d = { .options = options, .err = err,
		.status = STATUS_OK };
	int result = plan_open(&d.plan, options->archive, options->now_s,
		err);

	if (result != STATUS_OK)
		return result;
	arena_init(&d.arena, ARENA_BYTES);
	turns_init(&d.turns);
	strbuf_init(&d.lines, BATCH_BYTES);
	output_init(&d.out, out);
	result = print_all(&d, in, err);
	output_release(&d.out);
	strbuf_release(&d.lines);
	hash_set_release(&d.given);
	turns_release(&d.turns);
	arena_release(&d.arena);
	plan_close(&d.plan);
	return result < 0 ? STATUS_STOPPED : d.status;
}
