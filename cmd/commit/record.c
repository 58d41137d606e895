#include "cmd/commit/record.h"

#include <string.h>

#include "common/isotime.h"
#include "common/json.h"
#include "common/message.h"
#include "common/xalloc.h"

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
batch_add(struct batch *batch, struct str line, struct err *err)
{
	struct err reason;
	struct record *r;
	int failed;

	batch->records = xgrow(batch->records, batch->count, &batch->cap,
		sizeof(*batch->records));
	r = &batch->records[batch->count];
	memset(r, 0, sizeof(*r));
	failed = article_parse(&r->article, line, &batch->arena, &reason);
	if (failed && !find_url(r, line, &batch->arena))
		return err_set(err, "%s", reason.text);
	if (!failed)
		failed = check(r, &batch->arena, &reason);
	batch->count++;
	batch->bytes += line.len;
	if (!failed)
		return 0;
	r->failure = arena_dup(&batch->arena, str_from(reason.text));
	return err_set(err, "'%.*s': %s", STR_ARGS(r->article.url),
		reason.text);
}
