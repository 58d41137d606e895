#include "cmd/log/log.h"

#include "common/archive/archive.h"
#include "common/archive/index.h"
#include "common/archive/lookup.h"
#include "common/base/isotime.h"
#include "common/base/status.h"
#include "common/web/json.h"

enum { ARENA_BYTES = 16 << 20, HOPS_MAX = 20 };

static void
add_member(struct strbuf *out, const char *key, struct str value)
{
	json_key(out, key);
	json_add_str(out, value);
}

static void
add_number(struct strbuf *out, const char *key, int64_t value)
{
	json_key(out, key);
	json_add_int(out, value);
}

static void
write_json(struct strbuf *out, const struct index_article *a,
	const struct index_version *v)
{
	char commit[GITOID_HEX_BYTES], blob[GITOID_HEX_BYTES];
	char time[ISOTIME_BYTES];

	gitoid_hex(commit, &v->commit);
	gitoid_hex(blob, &v->blob);
	json_open(out, '{');
	add_member(out, "key", a->key);
	add_member(out, "path", a->path);
	add_number(out, "version", v->number);
	add_member(out, "event", receipt_status_name(v->event));
	add_member(out, "fetched",
		str_from(isotime_format(time, v->fetched_s)));
	add_member(out, "commit", str_from(commit));
	add_member(out, "blob",
		gitoid_is_zero(&v->blob) ? STR("") : str_from(blob));
	add_member(out, "classes", v->classes);
	add_number(out, "words_added", v->words_added);
	add_number(out, "words_removed", v->words_removed);
	add_member(out, "title", v->title);
	add_member(out, "reason", v->reason);
	add_member(out, "location", v->location);
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
			write_text(out, &v);
	}
	index_cursor_free(cursor);
	return got;
}

/* The article, and with --follow those that it became. */
static int
list_all(struct strbuf *out, struct index *index,
	const struct log_options *options, struct arena *arena,
	struct err *err)
{
	struct index_article a;
	int got = lookup_article(&a, index, str_from(options->name), arena,
		err);

	if (got <= 0)
		return got < 0 ? STATUS_STOPPED : STATUS_PARTIAL;
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
log_run(struct strbuf *out, const struct log_options *options,
	struct err *err)
{
	struct gitstore *store;
	struct index *index;
	struct arena arena;
	int status = STATUS_USAGE;

	if (archive_open(&store, options->archive, err) < 0)
		return STATUS_USAGE;
	arena_init(&arena, ARENA_BYTES);
	if (index_open(&index, store, err) == 0)
		status = list_all(out, index, options, &arena, err);
	index_close(index);
	arena_release(&arena);
	gitstore_close(store);
	return status;
}
