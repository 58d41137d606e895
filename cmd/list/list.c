#include "cmd/list/list.h"

#include "cmd/list/row.h"
#include "common/archive/archive.h"
#include "common/base/cmd.h"
#include "common/base/status.h"

enum { ROW_BYTES = 1 << 20, ARENA_BYTES = 256 << 20 };

struct list {
	const struct list_options *options;
	FILE *out;
	struct gitstore *store;
	struct index *index;
	struct arena arena; /* of one version's text */
	struct strbuf row;
	size_t printed;
};

static bool
enough(const struct list *l)
{
	return l->options->limit > 0 && l->printed >= l->options->limit;
}

static void
print(struct list *l)
{
	cmd_print(l->out, strbuf_str(&l->row), false);
	strbuf_reset(&l->row);
	l->printed++;
}

/* The commits of one article that match: all as rows, or whether there is
 * any. 1: there was one; 0: none; -1. */
static int
look_at_versions(struct list *l, const struct index_article *a,
	struct err *err)
{
	const struct list_options *o = l->options;
	struct index_cursor *cursor;
	struct index_version v;
	int got, matches = 0;

	if (index_versions(&cursor, l->index, a->id, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0 &&
		!enough(l)) {
		got = rowfilter_version(&o->filter, &v, l->store, &l->arena,
			err);
		if (got < 0)
			break;
		if (got == 0)
			continue;
		matches = 1;
		if (!o->versions)
			break;
		row_version(&l->row, o, a, &v);
		print(l);
	}
	index_cursor_free(cursor);
	return got < 0 ? -1 : matches;
}

static int
list_article(struct list *l, const struct index_article *a, struct err *err)
{
	const struct list_options *o = l->options;
	int got = 1;

	if (!rowfilter_article(&o->filter, a))
		return 0;
	if (o->versions || rowfilter_needs_versions(&o->filter))
		got = look_at_versions(l, a, err);
	if (got <= 0 || o->versions)
		return got;
	row_article(&l->row, o, a);
	print(l);
	return got;
}

static int
list_all(struct list *l, struct err *err)
{
	struct index_cursor *cursor;
	struct index_article a;
	int got, failed = 0;

	if (index_articles(&cursor, l->index, l->options->filter.source,
		    err) < 0)
		return -1;
	row_head(&l->row, l->options);
	cmd_print(l->out, strbuf_str(&l->row), false);
	strbuf_reset(&l->row);
	while (!enough(l) && !failed &&
		(got = index_next_article(&a, cursor, err)) != 0)
		failed = got < 0 || list_article(l, &a, err) < 0;
	index_cursor_free(cursor);
	return failed ? -1 : 0;
}

int
list_run(FILE *out, const struct list_options *options, struct err *err)
{
	struct list l = { .options = options, .out = out };
	int status = STATUS_OK;

	if (archive_open(&l.store, options->archive, err) < 0)
		return STATUS_USAGE;
	arena_init(&l.arena, ARENA_BYTES);
	strbuf_init(&l.row, ROW_BYTES);
	if (index_open(&l.index, l.store, err) < 0)
		status = STATUS_USAGE;
	else if (list_all(&l, err) < 0)
		status = STATUS_STOPPED;
	else if (l.printed == 0) {
		err_set(err, "nothing matches");
		status = STATUS_PARTIAL;
	}
	index_close(l.index);
	strbuf_release(&l.row);
	arena_release(&l.arena);
	gitstore_close(l.store);
	return status;
}
