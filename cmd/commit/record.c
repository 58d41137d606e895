#include "cmd/commit/record.h"

#include <string.h>

#include "common/article/message.h"
#include "common/base/isotime.h"
#include "common/base/xalloc.h"
#include "common/web/json.h"

void
batch_init(struct batch *batch)
{
	*batch = (struct batch){ 0 };
	arena_init(&batch->arena, BATCH_ARENA_BYTES);
}

void
batch_reset(struct batch *batch)
{
	arena_reset(&batch->arena);
	batch->count = batch->bytes = 0;
}

void
batch_release(struct batch *batch)
{
	arena_release(&batch->arena);
	free(batch->records);
	batch_init(batch);
}

/* What can be told of a record that is malformed: its URL, for a receipt. */
static bool
find_url(struct record *r, struct str line, struct arena *arena)
{
	struct json *doc = json_read(line, JSON_STRICT, NULL);

	r->article = (struct article){ .event = EVENT_FAILED };
	r->article.url = arena_dup(arena, json_text(json_member(doc, "url")));
	json_free(doc);
	return r->article.url.len > 0;
}

/* Printable ASCII, as every serialised URL is. */
static bool
plain(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] <= ' ' || s.ptr[i] > '~')
			return false;
	return true;
}

/* Checks what every event needs. */
static int
check(struct record *r, struct arena *arena, struct err *err)
{
	struct strbuf url;

	strbuf_init(&url, MESSAGE_VALUE_BYTES + 8);
	message_clean(&url, r->article.url, MESSAGE_VALUE_BYTES);
	r->url = arena_dup(arena, strbuf_str(&url));
	strbuf_release(&url);
	if (!r->url.ptr)
		return err_set(err, "record is too large");
	if (isotime_parse(&r->fetched_s, r->article.fetched) < 0)
		return err_set(err, "no time of capture");
	if (!plain(r->article.key) || r->article.key.len > MESSAGE_VALUE_BYTES)
		return err_set(err, "key is no URL");
	return 0;
}

int
batch_add(struct batch *batch, struct str line, size_t number)
{
	struct str copy = arena_dup(&batch->arena, line);

	if (!copy.ptr)
		return -1;
	batch->records = xgrow(batch->records, batch->count, &batch->cap,
		sizeof(*batch->records));
	batch->records[batch->count++] = (struct record){ .line = copy,
		.number = number };
	batch->bytes += line.len;
	return 0;
}

void
record_parse(struct record *r, struct arena *arena)
{
	struct err reason;
	int failed = article_parse(&r->article, r->line, arena, &reason);

	if (failed)
		r->nameless = !find_url(r, r->line, arena);
	else
		failed = check(r, arena, &reason);
	if (!failed)
		return;
	r->failure = arena_dup(arena, str_from(reason.text));
	if (!r->failure.ptr)
		r->failure = STR("record is too large");
}
