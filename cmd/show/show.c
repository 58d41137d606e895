#include "cmd/show/show.h"

#include "common/archive/archive.h"
#include "common/archive/index.h"
#include "common/archive/lookup.h"
#include "common/base/isotime.h"
#include "common/article/document.h"
#include "common/base/status.h"
#include "common/web/json.h"

enum { ARENA_BYTES = 256 << 20 };

static void
add_member(struct strbuf *out, const char *key, struct str value)
{
	json_key(out, key);
	json_add_str(out, value);
}

static void
write_json(struct strbuf *out, const struct document *d)
{
	json_open(out, '{');
	json_key(out, "v");
	json_add_int(out, 1);
	add_member(out, "title", d->title);
	add_member(out, "byline", d->byline);
	add_member(out, "published", d->published);
	add_member(out, "url", d->url);
	add_member(out, "summary", d->summary);
	add_member(out, "lang", d->lang);
	json_key(out, "blocks");
	json_open(out, '[');
	for (size_t i = 0; i < d->blocks_count; i++) {
		json_open(out, '{');
		add_member(out, "kind", block_kind_name(d->blocks[i].kind));
		add_member(out, "text", d->blocks[i].text);
		json_close(out, '}');
	}
	json_close(out, ']');
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

/* "withdrawn 2026-05-05T10:00:00Z (gone)" */
static int
say_withdrawn(struct strbuf *note, struct index *index,
	const struct index_article *a, struct arena *arena, struct err *err)
{
	struct index_version v;
	char when[ISOTIME_BYTES];
	int got = lookup_withdrawn(&v, index, a, arena, err);

	if (got <= 0)
		return got;
	isotime_format(when, v.fetched_s);
	strbuf_addf(note, "withdrawn %s", when);
	if (v.reason.len > 0)
		strbuf_addf(note, " (%.*s)", STR_ARGS(v.reason));
	return 0;
}

static int
find_blob(struct gitoid *out, struct strbuf *note, struct index *index,
	const struct show_options *options, struct arena *arena,
	struct err *err)
{
	struct index_article a;
	struct index_version v;
	int64_t number = options->version;
	int got = lookup_asked(&a, index, str_from(options->name), arena,
		err);

	if (got <= 0)
		return got;
	if (number == LOOKUP_LATEST)
		number = a.versions;
	got = index_version(&v, index, a.id, number, arena, err);
	if (got == 0)
		err_set(err, "'%s' has no version %lld", options->name,
			(long long)number);
	if (got <= 0 || say_withdrawn(note, index, &a, arena, err) < 0)
		return got <= 0 ? got : -1;
	*out = v.blob;
	return 1;
}

static int
show(struct strbuf *out, struct strbuf *note, struct gitstore *store,
	struct index *index, const struct show_options *options,
	struct arena *arena, struct err *err)
{
	struct document d;
	struct gitoid blob;
	struct str bytes;
	int got = find_blob(&blob, note, index, options, arena, err);

	if (got <= 0)
		return got < 0 ? STATUS_STOPPED : STATUS_PARTIAL;
	if (gitstore_read_blob(&bytes, store, &blob, arena, err) < 0)
		return STATUS_STOPPED;
	if (!options->json) {
		strbuf_adds(out, bytes);
		return STATUS_OK;
	}
	if (document_parse(&d, bytes, arena, err) < 0)
		return STATUS_PARTIAL;
	write_json(out, &d);
	return STATUS_OK;
}

int
show_run(struct strbuf *out, struct strbuf *note,
	const struct show_options *options, struct err *err)
{
	struct gitstore *store;
	struct index *index;
	struct arena arena;
	int status = STATUS_STOPPED;

	if (archive_open(&store, options->archive, err) < 0)
		return STATUS_USAGE;
	arena_init(&arena, ARENA_BYTES);
	if (index_open(&index, store, err) == 0)
		status = show(out, note, store, index, options, &arena,
			err);
	index_close(index);
	arena_release(&arena);
	gitstore_close(store);
	return status;
}
