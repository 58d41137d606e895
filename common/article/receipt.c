#include "common/article/receipt.h"

#include "common/article/memory.h"
#include "common/base/isotime.h"
#include "common/web/json.h"

static const struct str status_names[] = {
	[RECEIPT_NEW] = STR_INIT("new"),
	[RECEIPT_CHANGED] = STR_INIT("changed"),
	[RECEIPT_MINOR] = STR_INIT("minor"),
	[RECEIPT_SAME] = STR_INIT("same"),
	[RECEIPT_GONE] = STR_INIT("gone"),
	[RECEIPT_RESTORED] = STR_INIT("restored"),
	[RECEIPT_MOVED] = STR_INIT("moved"),
	[RECEIPT_BLOCKED] = STR_INIT("blocked"),
	[RECEIPT_TECHNICAL] = STR_INIT("technical"),
	[RECEIPT_FAILED] = STR_INIT("failed"),
	[RECEIPT_UNCONFIRMED] = STR_INIT("unconfirmed"),
	[RECEIPT_LATE] = STR_INIT("late"),
};

enum { STATUSES = sizeof(status_names) / sizeof(status_names[0]) };

struct str
receipt_status_name(enum receipt_status status)
{
	return status_names[status];
}

int
receipt_status_parse(enum receipt_status *out, struct str name)
{
	for (size_t i = 0; i < STATUSES; i++) {
		if (str_eq(name, status_names[i])) {
			*out = (enum receipt_status)i;
			return 0;
		}
	}
	return -1;
}

bool
receipt_has_commit(const struct receipt *r)
{
	switch (r->status) {
	case RECEIPT_NEW:
	case RECEIPT_CHANGED:
	case RECEIPT_MINOR:
	case RECEIPT_GONE:
	case RECEIPT_RESTORED:
	case RECEIPT_TECHNICAL:
		return true;
	case RECEIPT_MOVED:
		return r->commit.len > 0;
	default:
		return false;
	}
}

static int
read_text(struct str *out, const struct json *doc, const char *key,
	struct arena *arena, struct err *err)
{
	*out = arena_dup(arena, json_text(json_member(doc, key)));
	return out->ptr ? 0 : err_set(err, "record is too large");
}

static int
read_classes(struct strlist *out, const struct json *list, struct arena *arena,
	struct err *err)
{
	out->count = json_count(list);
	out->items = arena_calloc(arena, out->count, sizeof(*out->items));
	for (size_t i = 0; out->items && i < out->count; i++) {
		out->items[i] = arena_dup(arena, json_text(json_item(list, i)));
		if (!out->items[i].ptr)
			out->items = NULL;
	}
	return out->items ? 0 : err_set(err, "record is too large");
}

static int
read_receipt(struct receipt *out, const struct json *doc, struct arena *arena,
	struct err *err)
{
	struct str status = json_text(json_member(doc, "status"));

	if (json_int(json_member(doc, "v")) != RECEIPT_VERSION)
		return err_set(err, "not a receipt of version %d",
			RECEIPT_VERSION);
	if (receipt_status_parse(&out->status, status) < 0)
		return err_set(err, "unknown status '%.*s'", STR_ARGS(status));
	if (json_text(json_member(doc, "url")).len == 0)
		return err_set(err, "no url");
	out->version = json_int(json_member(doc, "version"));
	out->words_added = json_int(json_member(doc, "words_added"));
	out->words_removed = json_int(json_member(doc, "words_removed"));
	out->retry_after_s = json_int(json_member(doc, "retry_after"));
	if (read_text(&out->url, doc, "url", arena, err) ||
		read_text(&out->key, doc, "key", arena, err) ||
		read_text(&out->path, doc, "path", arena, err) ||
		read_text(&out->commit, doc, "commit", arena, err) ||
		read_text(&out->previous, doc, "previous", arena, err) ||
		read_text(&out->fetched, doc, "fetched", arena, err) ||
		read_text(&out->etag, doc, "etag", arena, err) ||
		read_text(&out->last_modified, doc, "last_modified", arena,
			err) ||
		read_text(&out->error, doc, "error", arena, err) ||
		read_text(&out->source, doc, "source", arena, err) ||
		read_text(&out->location, doc, "location", arena, err) ||
		read_text(&out->record, doc, "record", arena, err) ||
		read_text(&out->doubt, doc, "doubt", arena, err))
		return -1;
	return read_classes(&out->classes, json_member(doc, "classes"), arena,
		err);
}

int
receipt_parse(struct receipt *out, struct str line, struct arena *arena,
	struct err *err)
{
	struct json *doc = json_read(line, JSON_STRICT, err);
	int result;

	*out = (struct receipt){ .status = RECEIPT_FAILED };
	if (!doc)
		return -1;
	result = read_receipt(out, doc, arena, err);
	json_free(doc);
	return result;
}

static void
write_text(struct strbuf *out, const char *key, struct str text)
{
	json_key(out, key);
	json_add_str(out, text);
}

static void
write_int(struct strbuf *out, const char *key, int64_t n)
{
	json_key(out, key);
	json_add_int(out, n);
}

/* What the doubt says, for those who do not read its words. */
static void
write_doubt(struct strbuf *out, struct str doubt)
{
	char first[ISOTIME_BYTES];
	struct memory m;

	memory_parse(&m, doubt);
	write_text(out, "first_seen",
		str_from(isotime_format(first, m.first_s)));
	write_int(out, "looks", m.looks);
	write_int(out, "looks_wanted", m.wanted);
}

void
receipt_write(struct strbuf *out, const struct receipt *r)
{
	json_open(out, '{');
	write_int(out, "v", RECEIPT_VERSION);
	write_text(out, "url", r->url);
	write_text(out, "key", r->key);
	write_text(out, "path", r->path);
	write_text(out, "status", receipt_status_name(r->status));
	write_int(out, "version", r->version);
	write_text(out, "commit", r->commit);
	write_text(out, "previous", r->previous);
	json_key(out, "classes");
	json_open(out, '[');
	for (size_t i = 0; i < r->classes.count; i++)
		json_add_str(out, r->classes.items[i]);
	json_close(out, ']');
	write_int(out, "words_added", r->words_added);
	write_int(out, "words_removed", r->words_removed);
	write_text(out, "fetched", r->fetched);
	write_text(out, "etag", r->etag);
	write_text(out, "last_modified", r->last_modified);
	write_text(out, "error", r->error);
	write_text(out, "source", r->source);
	write_text(out, "location", r->location);
	write_int(out, "retry_after", r->retry_after_s);
	write_text(out, "record", r->record);
	write_text(out, "doubt", r->doubt);
	if (r->status == RECEIPT_UNCONFIRMED)
		write_doubt(out, r->doubt);
	json_close(out, '}');
	strbuf_addc(out, '\n');
}
