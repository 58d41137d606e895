#include "common/article/article.h"

#include "common/web/json.h"

static const struct str event_names[] = {
	[EVENT_ARTICLE] = STR_INIT("article"),
	[EVENT_GONE] = STR_INIT("gone"),
	[EVENT_MOVED] = STR_INIT("moved"),
	[EVENT_BLOCKED] = STR_INIT("blocked"),
	[EVENT_UNCHANGED] = STR_INIT("unchanged"),
	[EVENT_FAILED] = STR_INIT("failed"),
};

static const struct str kind_names[] = {
	[BLOCK_P] = STR_INIT("p"),
	[BLOCK_H2] = STR_INIT("h2"),
	[BLOCK_H3] = STR_INIT("h3"),
	[BLOCK_H4] = STR_INIT("h4"),
	[BLOCK_H5] = STR_INIT("h5"),
	[BLOCK_H6] = STR_INIT("h6"),
	[BLOCK_LI] = STR_INIT("li"),
	[BLOCK_QUOTE] = STR_INIT("quote"),
	[BLOCK_PRE] = STR_INIT("pre"),
	[BLOCK_ROW] = STR_INIT("row"),
	[BLOCK_EMBED] = STR_INIT("embed"),
	[BLOCK_CORRECTION] = STR_INIT("correction"),
	[BLOCK_CREDIT] = STR_INIT("credit"),
};

enum {
	EVENTS = sizeof(event_names) / sizeof(event_names[0]),
	KINDS = sizeof(kind_names) / sizeof(kind_names[0])
};

/* Where the string members of a record lie, in the order of the format. */
struct text_member {
	const char *key;
	struct str *value;
};

enum { TEXTS_BEFORE_AUTHORS = 6, TEXTS_BEFORE_BLOCKS = 5, TEXTS_AT_END = 5 };

static void
first_texts(struct text_member out[TEXTS_BEFORE_AUTHORS], struct article *a)
{
	const struct text_member texts[TEXTS_BEFORE_AUTHORS] = {
		{ "url", &a->url },
		{ "key", &a->key },
		{ "canonical", &a->canonical },
		{ "source", &a->source },
		{ "title", &a->title },
		{ "byline", &a->byline },
	};

	for (size_t i = 0; i < TEXTS_BEFORE_AUTHORS; i++)
		out[i] = texts[i];
}

static void
middle_texts(struct text_member out[TEXTS_BEFORE_BLOCKS], struct article *a)
{
	const struct text_member texts[TEXTS_BEFORE_BLOCKS] = {
		{ "published", &a->published },
		{ "modified", &a->modified },
		{ "lang", &a->lang },
		{ "site", &a->site },
		{ "summary", &a->summary },
	};

	for (size_t i = 0; i < TEXTS_BEFORE_BLOCKS; i++)
		out[i] = texts[i];
}

static void
last_texts(struct text_member out[TEXTS_AT_END], struct article *a)
{
	const struct text_member texts[TEXTS_AT_END] = {
		{ "fetched", &a->fetched },
		{ "etag", &a->etag },
		{ "last_modified", &a->last_modified },
		{ "record_id", &a->record_id },
		{ "payload_digest", &a->payload_digest },
	};

	for (size_t i = 0; i < TEXTS_AT_END; i++)
		out[i] = texts[i];
}

static int
name_index(struct str name, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(name, names[i]))
			return (int)i;
	return -1;
}

static struct str
article_event_name(enum article_event event)
{
	return event_names[event];
}

static int
article_event_parse(enum article_event *out, struct str name)
{
	int i = name_index(name, event_names, EVENTS);

	if (i < 0)
		return -1;
	*out = (enum article_event)i;
	return 0;
}

struct str
block_kind_name(enum block_kind kind)
{
	return kind_names[kind];
}

static int
block_kind_parse(enum block_kind *out, struct str name)
{
	int i = name_index(name, kind_names, KINDS);

	if (i < 0)
		return -1;
	*out = (enum block_kind)i;
	return 0;
}

/* The text of a member, in the arena; -1 when the arena is full. */
static int
read_text(struct str *out, const struct json *v, struct arena *arena,
	struct err *err)
{
	*out = arena_dup(arena, json_text(v));
	return out->ptr ? 0 : err_set(err, "record is too large");
}

static int
read_texts(const struct text_member *texts, size_t count,
	const struct json *doc, struct arena *arena, struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (read_text(texts[i].value, json_member(doc, texts[i].key),
			    arena, err) < 0)
			return -1;
	return 0;
}

static int
read_list(struct strlist *out, const struct json *list, struct arena *arena,
	struct err *err)
{
	out->count = json_count(list);
	out->items = arena_calloc(arena, out->count, sizeof(*out->items));
	if (!out->items)
		return err_set(err, "record is too large");
	for (size_t i = 0; i < out->count; i++)
		if (read_text(&out->items[i], json_item(list, i), arena,
			    err) < 0)
			return -1;
	return 0;
}

static int
read_blocks(struct article *out, const struct json *list, struct arena *arena,
	struct err *err)
{
	out->blocks_count = json_count(list);
	if (out->blocks_count > ARTICLE_BLOCKS_MAX)
		return err_set(err, "%zu blocks are too many",
			out->blocks_count);
	out->blocks = arena_calloc(arena, out->blocks_count,
		sizeof(*out->blocks));
	if (!out->blocks)
		return err_set(err, "record is too large");
	for (size_t i = 0; i < out->blocks_count; i++) {
		const struct json *v = json_item(list, i);
		struct str kind = json_text(json_member(v, "kind"));

		if (block_kind_parse(&out->blocks[i].kind, kind) < 0)
			return err_set(err, "unknown kind of block '%.*s'",
				STR_ARGS(kind));
		if (read_text(&out->blocks[i].text, json_member(v, "text"),
			    arena, err) < 0)
			return -1;
	}
	return 0;
}

static int
read_head(struct article *out, const struct json *doc, struct err *err)
{
	struct str event = json_text(json_member(doc, "event"));

	if (json_int(json_member(doc, "v")) != ARTICLE_VERSION)
		return err_set(err, "not an article record of version %d",
			ARTICLE_VERSION);
	if (article_event_parse(&out->event, event) < 0)
		return err_set(err, "unknown event '%.*s'", STR_ARGS(event));
	if (json_text(json_member(doc, "url")).len == 0)
		return err_set(err, "no url");
	return 0;
}

static int
read_article(struct article *out, const struct json *doc, struct arena *arena,
	struct err *err)
{
	struct text_member first[TEXTS_BEFORE_AUTHORS];
	struct text_member middle[TEXTS_BEFORE_BLOCKS];
	struct text_member last[TEXTS_AT_END];
	struct text_member extractor = { "extractor", &out->extractor };
	struct text_member added[] = { { "reason", &out->reason },
		{ "location", &out->location }, { "gate", &out->gate },
		{ "first_url", &out->first_url },
		{ "message", &out->message }, { "doubt", &out->doubt },
		{ "confirmed", &out->confirmed }, { "after", &out->after } };

	first_texts(first, out);
	middle_texts(middle, out);
	last_texts(last, out);
	out->confidence = json_real(json_member(doc, "confidence"));
	out->status = json_int(json_member(doc, "status"));
	out->retry_after_s = json_int(json_member(doc, "retry_after"));
	if (read_head(out, doc, err) < 0 ||
		read_texts(first, TEXTS_BEFORE_AUTHORS, doc, arena, err) ||
		read_texts(middle, TEXTS_BEFORE_BLOCKS, doc, arena, err) ||
		read_texts(&extractor, 1, doc, arena, err) ||
		read_texts(last, TEXTS_AT_END, doc, arena, err) ||
		read_texts(added, sizeof(added) / sizeof(added[0]), doc, arena,
			err) ||
		read_list(&out->authors, json_member(doc, "authors"), arena,
			err) ||
		read_list(&out->signals, json_member(doc, "signals"), arena,
			err))
		return -1;
	return read_blocks(out, json_member(doc, "blocks"), arena, err);
}

int
article_parse(struct article *out, struct str line, struct arena *arena,
	struct err *err)
{
	struct json *doc = json_read(line, JSON_STRICT, err);
	int result;

	*out = (struct article){ .event = EVENT_FAILED };
	if (!doc)
		return -1;
	result = read_article(out, doc, arena, err);
	json_free(doc);
	return result;
}

static void
write_texts(struct strbuf *out, const struct text_member *texts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		json_key(out, texts[i].key);
		json_add_str(out, *texts[i].value);
	}
}

static void
write_list(struct strbuf *out, const char *key, const struct strlist *list)
{
	json_key(out, key);
	json_open(out, '[');
	for (size_t i = 0; i < list->count; i++)
		json_add_str(out, list->items[i]);
	json_close(out, ']');
}

static void
write_blocks(struct strbuf *out, const struct article *a)
{
	json_key(out, "blocks");
	json_open(out, '[');
	for (size_t i = 0; i < a->blocks_count; i++) {
		json_open(out, '{');
		json_key(out, "kind");
		json_add_str(out, block_kind_name(a->blocks[i].kind));
		json_key(out, "text");
		json_add_str(out, a->blocks[i].text);
		json_close(out, '}');
	}
	json_close(out, ']');
}

static void
write_int(struct strbuf *out, const char *key, int64_t n)
{
	json_key(out, key);
	json_add_int(out, n);
}

static void
write_text(struct strbuf *out, const char *key, struct str text)
{
	json_key(out, key);
	json_add_str(out, text);
}

void
article_write(struct strbuf *out, const struct article *article)
{
	struct article a = *article;
	struct text_member first[TEXTS_BEFORE_AUTHORS];
	struct text_member middle[TEXTS_BEFORE_BLOCKS];
	struct text_member last[TEXTS_AT_END];

	first_texts(first, &a);
	middle_texts(middle, &a);
	last_texts(last, &a);
	json_open(out, '{');
	write_int(out, "v", ARTICLE_VERSION);
	write_text(out, "event", article_event_name(a.event));
	write_texts(out, first, TEXTS_BEFORE_AUTHORS);
	write_list(out, "authors", &a.authors);
	write_texts(out, middle, TEXTS_BEFORE_BLOCKS);
	write_blocks(out, &a);
	json_key(out, "confidence");
	json_add_real(out, a.confidence, 3);
	write_text(out, "extractor", a.extractor);
	write_int(out, "status", a.status);
	write_texts(out, last, TEXTS_AT_END);
	write_text(out, "reason", a.reason);
	write_text(out, "location", a.location);
	write_list(out, "signals", &a.signals);
	write_int(out, "retry_after", a.retry_after_s);
	write_text(out, "gate", a.gate);
	write_text(out, "doubt", a.doubt);
	if (a.message.len > 0) {
		write_text(out, "first_url", a.first_url);
		write_text(out, "message", a.message);
	}
	json_close(out, '}');
	strbuf_addc(out, '\n');
}
