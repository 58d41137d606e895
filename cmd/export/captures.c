/*
 * A request says which answer it belongs to, or the answer says which request,
 * and either may come first. So a request is held until the next record, and
 * an answer's id is remembered for what comes after it.
 */
#include "cmd/export/captures.h"

#include "common/archive/archive.h"
#include "common/archive/kept.h"
#include "common/archive/lookup.h"
#include "common/base/msg.h"
#include "common/base/status.h"
#include "common/web/urlkey.h"

enum { ARENA_BYTES = 16 << 20 };

struct captures {
	const struct captures_options *options;
	int (*each)(void *context, const struct warc_record *record,
		struct err *err);
	void *context;
	struct gitstore *store;
	struct index *index;
	struct arena arena;
	int64_t only;            /* the article that is asked for; 0: all */
	struct hash_set written; /* ids of answers */
	struct warc_record held; /* a request, if it has an id */
	struct strbuf held_bytes;
	size_t count;
};

/* Whether what the record was fetched for is asked for: 1, 0, -1. */
static int
is_of_article(struct captures *c, const struct warc_record *record,
	struct err *err)
{
	const struct rowfilter *f = &c->options->export->filter;
	struct index_article a = { 0 };
	struct link link;
	int found;

	if (record->date_s < f->since_s || record->date_s >= f->until_s)
		return 0;
	warc_link(&link, record);
	arena_reset(&c->arena);
	found = lookup_article(&a, c->index, link.url, &c->arena, err);
	if (found == 0)
		found = lookup_article(&a, c->index, record->uri, &c->arena,
			err);
	if (found < 0)
		return -1;
	if (found == 0) {
		a = (struct index_article){ .source = link.source };
		if (urlkey_of(&a.key, link.url, NULL, &c->arena, NULL) < 0)
			a.key = link.url;
	}
	if (c->only != 0 && a.id != c->only)
		return 0;
	return rowfilter_article(f, &a);
}

static int
is_wanted(struct captures *c, const struct warc_record *record,
	struct err *err)
{
	if (record->type == WARC_INFO || record->type == WARC_REQUEST)
		return 0;
	if (c->options->only)
		return hash_set_has(c->options->only, hash_str64(record->id));
	return is_of_article(c, record, err);
}

static int
hand_over(struct captures *c, const struct warc_record *record,
	struct err *err)
{
	c->count++;
	msg_progress("%zu records", c->count);
	return c->each(c->context, record, err);
}

static struct str
moved(struct str s, const struct strbuf *from, const struct strbuf *to)
{
	if (s.ptr >= from->ptr && s.ptr <= from->ptr + from->len)
		s.ptr = to->ptr + (s.ptr - from->ptr);
	return s;
}

/* Keeps a copy: the reader's storage is filled anew. */
static void
hold(struct captures *c, const struct warc_record *r)
{
	struct strbuf bytes = c->held_bytes;
	const struct strbuf *from = &r->storage;

	strbuf_reset(&bytes);
	strbuf_adds(&bytes, strbuf_str(from));
	c->held = *r;
	c->held_bytes = bytes;
	c->held.id = moved(r->id, from, &bytes);
	c->held.uri = moved(r->uri, from, &bytes);
	c->held.date = moved(r->date, from, &bytes);
	c->held.content_type = moved(r->content_type, from, &bytes);
	c->held.block = moved(r->block, from, &bytes);
	for (size_t i = 0; i < r->fields_count; i++) {
		c->held.fields[i].name = moved(r->fields[i].name, from,
			&bytes);
		c->held.fields[i].value = moved(r->fields[i].value, from,
			&bytes);
	}
}

static struct str
concurrent(const struct warc_record *r)
{
	return warc_get(r, STR("WARC-Concurrent-To"));
}

/* Whether the held request and the answer name each other. */
static bool
is_held_for(const struct captures *c, const struct warc_record *answer)
{
	return c->held.id.len > 0 &&
		(str_eq(concurrent(&c->held), answer->id) ||
			str_eq(concurrent(answer), c->held.id));
}

static int
take_answer(struct captures *c, const struct warc_record *record,
	struct err *err)
{
	int wanted = is_wanted(c, record, err), got = 0;

	if (wanted <= 0)
		return wanted;
	if (is_held_for(c, record))
		got = hand_over(c, &c->held, err);
	c->held.id = STR("");
	hash_set_add(&c->written, hash_str64(record->id));
	return got < 0 ? -1 : hand_over(c, record, err);
}

static int
take(void *context, const struct warc_record *record, struct err *err)
{
	struct captures *c = context;
	struct str of = concurrent(record);

	if (of.len > 0 && hash_set_has(&c->written, hash_str64(of)))
		return hand_over(c, record, err);
	if (record->type == WARC_REQUEST) {
		hold(c, record);
		return KEPT_GO_ON;
	}
	return take_answer(c, record, err);
}

static void
tell(const char *text)
{
	msg_warn("%s", text);
}

static int
run(struct captures *c, struct err *err)
{
	const struct export_options *o = c->options->export;
	struct index_article a;
	int got = 1;

	if (o->name.len > 0)
		got = lookup_asked(&a, c->index, o->name, &c->arena, err);
	if (got <= 0)
		return got < 0 ? STATUS_STOPPED : STATUS_PARTIAL;
	c->only = o->name.len > 0 ? a.id : 0;
	if (kept_each(c->options->folder, take, c, tell, err) < 0)
		return STATUS_STOPPED;
	if (c->count > 0)
		return STATUS_OK;
	err_set(err, "no such capture is kept in '%s'", c->options->folder);
	return STATUS_PARTIAL;
}

int
captures_run(const struct captures_options *options,
	int (*each)(void *context, const struct warc_record *record,
		struct err *err),
	void *context, struct err *err)
{
	struct captures c = { .options = options,
		.each = each,
		.context = context };
	int status = STATUS_USAGE;

	arena_init(&c.arena, ARENA_BYTES);
	strbuf_init(&c.held_bytes, KEPT_BLOCK_BYTES * 2u);
	if (archive_open(&c.store, options->export->archive, err) == 0 &&
		index_open(&c.index, c.store, err) == 0)
		status = run(&c, err);
	index_close(c.index);
	if (c.store)
		gitstore_close(c.store);
	arena_release(&c.arena);
	strbuf_release(&c.held_bytes);
	hash_set_release(&c.written);
	return status;
}
