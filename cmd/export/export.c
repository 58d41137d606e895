#include "cmd/export/export.h"

#include "common/archive/archive.h"
#include "common/archive/lookup.h"
#include "common/base/msg.h"
#include "common/base/status.h"
#include "common/base/xalloc.h"

enum {
	ARENA_BYTES = 512 << 20,
	STEP = 1000 /* commits that are listed at a time */
};

/* A commit that the index has listed and the filter has let through. */
struct listed {
	struct gitoid commit, blob;
	int64_t article, number;
};

struct export {
	const struct export_options *options;
	const struct export_writer *writer;
	struct gitstore *store;
	struct index *index;
	struct arena arena;
	int64_t only;   /* the article that is asked for; 0: all */
	int64_t number; /* and its version; 0: all */
	struct listed list[STEP];
	size_t written, unread;
};

/* Fills the list with what is wanted of the commits from `from` on, newest
 * first. Returns how many, or -1. */
static int
list_step(struct export *e, int64_t from, struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	int got, count = 0;

	if (index_history(&cursor, e->index, from, from + STEP - 1, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0) {
		if (e->only != 0 && (v.article != e->only ||
			(e->number != 0 && (v.number != e->number ||
				!index_is_version(&v)))))
			continue;
		got = rowfilter_version(&e->options->filter, &v, e->store,
			&e->arena, err);
		if (got < 0)
			break;
		if (got > 0)
			e->list[count++] = (struct listed){ v.commit, v.blob,
				v.article, v.number };
	}
	index_cursor_free(cursor);
	return got < 0 ? -1 : count;
}

/* Reads what the archive says of the commit. */
static int
read_item(struct export_item *item, struct export *e, struct err *err)
{
	struct gitcommit commit;
	struct str bytes;

	if (gitstore_read_commit(&commit, e->store, &item->commit, &e->arena,
		    err) < 0 ||
		message_parse(&item->message, commit.message, &e->arena,
			err) < 0)
		return -1;
	item->text = commit.message;
	item->has_document = !gitoid_is_zero(&item->blob);
	if (!item->has_document)
		return 0;
	if (gitstore_read_blob(&bytes, e->store, &item->blob, &e->arena,
		    err) < 0)
		return -1;
	return document_parse(&item->document, bytes, &e->arena, err);
}

static int
write_listed(struct export *e, const struct listed *l, struct err *err)
{
	struct export_item item = { .commit = l->commit,
		.blob = l->blob,
		.number = l->number,
		.store = e->store,
		.index = e->index,
		.arena = &e->arena };
	char hex[GITOID_HEX_BYTES];

	arena_reset(&e->arena);
	if (index_get(&item.article, e->index, l->article, &e->arena, err) <=
		0)
		return -1;
	if (!rowfilter_article(&e->options->filter, &item.article))
		return 0;
	if (read_item(&item, e, err) < 0) {
		msg_warn("commit %s: %s", gitoid_hex(hex, &l->commit),
			err->text);
		e->unread++;
		return 0;
	}
	e->written++;
	return e->writer->write(e->writer->context, &item, err);
}

static int
write_all(struct export *e, struct err *err)
{
	struct index_counts counts;

	if (index_count(&counts, e->index, err) < 0)
		return -1;
	for (int64_t from = 1; from <= counts.commits; from += STEP) {
		int count = list_step(e, from, err);

		if (count < 0)
			return -1;
		while (count-- > 0)
			if (write_listed(e, &e->list[count], err) < 0)
				return -1;
		if (e->options->progress)
			e->options->progress(from, counts.commits);
	}
	return 0;
}

/* The article that is asked for: 1; 0: there is none; -1. */
static int
find_only(struct export *e, struct err *err)
{
	struct index_article a;
	int got;

	if (e->options->name.len == 0)
		return 1;
	got = lookup_asked(&a, e->index, e->options->name, &e->arena, err);
	if (got <= 0)
		return got;
	e->only = a.id;
	e->number = e->options->number == LOOKUP_LATEST ? a.versions :
		e->options->number;
	if (e->number <= a.versions)
		return 1;
	err_set(err, "it has %lld versions", (long long)a.versions);
	return 0;
}

static int
run(struct export *e, struct err *err)
{
	int got = find_only(e, err);

	if (got <= 0)
		return got < 0 ? STATUS_STOPPED : STATUS_PARTIAL;
	if (write_all(e, err) < 0)
		return STATUS_STOPPED;
	if (e->unread > 0) {
		err_set(err, "%zu commits could not be read", e->unread);
		return STATUS_PARTIAL;
	}
	if (e->written > 0)
		return STATUS_OK;
	err_set(err, "nothing matches");
	return STATUS_PARTIAL;
}

int
export_run(const struct export_options *options,
	const struct export_writer *writer, struct err *err)
{
	struct export *e = xcalloc(1, sizeof(*e));
	int status = STATUS_USAGE;

	e->options = options;
	e->writer = writer;
	arena_init(&e->arena, ARENA_BYTES);
	if (archive_open(&e->store, options->archive, err) == 0 &&
		index_open(&e->index, e->store, err) == 0)
		status = run(e, err);
	index_close(e->index);
	if (e->store)
		gitstore_close(e->store);
	arena_release(&e->arena);
	free(e);
	return status;
}

int
export_previous(struct document *out, const struct export_item *item,
	struct err *err)
{
	struct index_version v;
	struct str bytes;
	int got;

	*out = (struct document){ 0 };
	if (item->number <= 1)
		return 0;
	got = index_version(&v, item->index, item->article.id,
		item->number - 1, item->arena, err);
	if (got <= 0)
		return got;
	if (gitstore_read_blob(&bytes, item->store, &v.blob, item->arena,
		    err) < 0 ||
		document_parse(out, bytes, item->arena, err) < 0)
		return -1;
	return 1;
}
