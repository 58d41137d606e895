#include "cmd/log/log.h"

#include "cmd/log/doubts.h"
#include "common/archive/archive.h"
#include "common/archive/index.h"
#include "common/archive/indexjson.h"
#include "common/archive/lookup.h"
#include "common/base/cmd.h"
#include "common/base/isotime.h"
#include "common/base/status.h"
#include "common/web/json.h"

enum { ARENA_BYTES = 16 << 20, HOPS_MAX = 20, OUT_BYTES = 512 << 20 };

static void
write_json(struct strbuf *out, const struct index_article *a,
	const struct index_version *v)
{
	json_open(out, '{');
	indexjson_version(out, a, v);
	json_close(out, '}');
	strbuf_addc(out, '\n');
}

/* "  3  2026-11-23T05:00:00Z  changed   +12 -3  0123456789ab  headline" */
static void
write_text(struct strbuf *out, const struct index_version *v)
{
	char commit[GITOID_HEX_BYTES], time[ISOTIME_BYTES];
	struct str event = receipt_status_name(v->event);

	gitoid_hex(commit, &v->commit);
	if (index_is_version(v))
		strbuf_addf(out, "%3lld", (long long)v->number);
	else
		strbuf_adds(out, STR("  -"));
	strbuf_addf(out, "  %s  %.12s  %-9.*s  +%lld -%lld  ",
		isotime_format(time, v->fetched_s), commit, STR_ARGS(event),
		(long long)v->words_added, (long long)v->words_removed);
	if (v->classes.len > 0)
		strbuf_addf(out, "[%.*s] ", STR_ARGS(v->classes));
	strbuf_adds(out, v->title);
	if (v->location.len > 0) {
		strbuf_adds(out, STR(" -> "));
		strbuf_adds(out, v->location);
	}
	if (v->reason.len > 0)
		strbuf_addf(out, " (%.*s)", STR_ARGS(v->reason));
}

static void
write_line(struct strbuf *out, const struct index_version *v)
{
	write_text(out, v);
	strbuf_addc(out, '\n');
}

static int
list(struct strbuf *out, struct index *index, const struct index_article *a,
	bool json, struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	int got;

	if (index_versions(&cursor, index, a->id, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0) {
		if (json)
			write_json(out, a, &v);
		else
			write_line(out, &v);
	}
	index_cursor_free(cursor);
	return got;
}

/* A commit of the whole archive, with the address of its article. */
static int
write_any(FILE *file, struct strbuf *out, struct index *index,
	const struct index_version *v, bool json, struct arena *arena,
	struct err *err)
{
	struct index_article a;

	arena_reset(arena);
	if (index_get(&a, index, v->article, arena, err) <= 0)
		return -1;
	if (json) {
		write_json(out, &a, v);
	} else {
		write_text(out, v);
		strbuf_addf(out, "  <%.*s>\n", STR_ARGS(a.url));
	}
	cmd_print(file, strbuf_str(out), false);
	strbuf_reset(out);
	return 0;
}

/* All commits of the archive, newest first, as they are read. */
static int
list_archive(FILE *file, struct strbuf *out, struct index *index, bool json,
	struct arena *arena, struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	int got;

	if (index_history(&cursor, index, 1, INT64_MAX, err) < 0)
		return STATUS_STOPPED;
	while ((got = index_next_version(&v, cursor, err)) > 0)
		if (write_any(file, out, index, &v, json, arena, err) < 0) {
			got = -1;
			break;
		}
	index_cursor_free(cursor);
	return got < 0 ? STATUS_STOPPED : STATUS_OK;
}

/* The article, and with --follow those that it became. */
static int
list_all(struct strbuf *out, struct index *index,
	const struct log_options *options, struct arena *arena,
	struct err *err)
{
	struct index_article a = { .key = STR("") };
	int got = 1;

	if (options->name)
		got = lookup_asked(&a, index, str_from(options->name), arena,
			err);
	if (got <= 0)
		return got < 0 ? STATUS_STOPPED : STATUS_PARTIAL;
	if (options->doubts)
		return doubts_list(out, options->archive, a.key, options->json,
			err) < 0 ? STATUS_STOPPED : STATUS_OK;
	for (int hops = 0;; hops++) {
		if (list(out, index, &a, options->json, err) < 0)
			return STATUS_STOPPED;
		if (!options->follow || a.state != INDEX_MOVED ||
			hops == HOPS_MAX)
			return STATUS_OK;
		got = lookup_article(&a, index, a.location, arena, err);
		if (got <= 0)
			return got < 0 ? STATUS_STOPPED : STATUS_OK;
	}
}

int
log_run(FILE *file, const struct log_options *options, struct err *err)
{
	struct strbuf out;
	struct gitstore *store;
	struct index *index;
	struct arena arena;
	int status = STATUS_STOPPED;

	if (archive_open(&store, options->archive, err) < 0)
		return STATUS_USAGE;
	arena_init(&arena, ARENA_BYTES);
	strbuf_init(&out, OUT_BYTES);
	if (index_open(&index, store, err) == 0)
		status = options->name || options->doubts ?
			list_all(&out, index, options, &arena, err) :
			list_archive(file, &out, index, options->json, &arena,
				err);
	cmd_print(file, strbuf_str(&out), false);
	strbuf_release(&out);
	index_close(index);
	arena_release(&arena);
	gitstore_close(store);
	return status;
}
