#include "cmd/mark/mark.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/archive/archive.h"
#include "common/archive/restore.h"
#include "common/archive/schedule.h"
#include "common/archive/scheduledb.h"
#include "common/article/memory.h"
#include "common/article/receipt.h"
#include "common/base/arena.h"
#include "common/base/fdwrite.h"
#include "common/base/isotime.h"
#include "common/base/linebuf.h"
#include "common/base/msg.h"
#include "common/base/number.h"
#include "common/base/status.h"
#include "common/base/strbuf.h"
#include "common/base/xalloc.h"
#include "common/git/gitstore.h"
#include "common/web/urlkey.h"

enum {
	PATH_BYTES = 4096,
	ARENA_BYTES = 4 << 20,
	KEYS_BYTES = 256 << 20,
	PASSED_BYTES = 16 << 20 /* receipts that wait for their transaction */
};

struct mark {
	const struct mark_options *options;
	struct scheduledb *db;
	struct gitstore *store;
	struct strlist tracking; /* stet.tracking of the configuration */
	struct arena config;
	struct arena arena;   /* one receipt's */
	struct strbuf passed; /* lines of the open transaction */
	size_t count;         /* of them */
	int out;
	int status;
	int failure; /* the status when it ends early */
};

static int
flush(struct mark *m, struct err *err)
{
	if (m->count == 0)
		return 0;
	if (scheduledb_commit(m->db, err) < 0)
		return -1;
	m->count = 0;
	if (fdwrite_all(m->out, strbuf_str(&m->passed), err) < 0)
		return -1;
	strbuf_reset(&m->passed);
	return 0;
}

/* Whether the receipt's key comes from the page itself, not from its URL. */
static bool
names_itself(const struct receipt *r)
{
	switch (r->status) {
	case RECEIPT_NEW:
	case RECEIPT_CHANGED:
	case RECEIPT_MINOR:
	case RECEIPT_RESTORED:
	case RECEIPT_TECHNICAL:
		return true;
	default:
		return false;
	}
}

/*
 * The key that the receipt is filed under. A 404 or 304 knows its URL alone,
 * whose key may be an alias by now.
 */
static int
file_under(struct str *key, struct mark *m, const struct receipt *r,
	struct err *err)
{
	*key = r->key;
	if (!key->len &&
		urlkey_of(key, r->url, &m->tracking, &m->arena, err) < 0)
		return -1;
	if (schedule_is_feed(r) || names_itself(r))
		return 0;
	return scheduledb_resolve(key, m->db, &m->arena, err) < 0 ? -1 : 0;
}

/* The address that was fetched leads to the article, so its key does too. */
static int
note_alias(struct mark *m, const struct receipt *r, struct str key,
	struct err *err)
{
	struct str of_url;

	if (schedule_is_feed(r) || r->status == RECEIPT_MOVED ||
		!r->url.len || urlkey_of(&of_url, r->url, &m->tracking,
				       &m->arena, NULL) < 0)
		return 0;
	if (str_eq(of_url, key) || str_eq(of_url, STR("")))
		return 0;
	return scheduledb_alias(m->db, of_url, key, err);
}

/* Whether the receipt is of a redirect, at whose end an article was seen. */
static bool
is_redirect(const struct receipt *r)
{
	return r->location.len > 0 && !schedule_is_feed(r) &&
		(r->status == RECEIPT_MOVED || r->status == RECEIPT_SAME);
}

/*
 * The article known as `from` is `to` now: what the schedule knows of it goes
 * along, but for what is of the old address alone. The check of the new one
 * follows.
 */
static int
take_along(struct mark *m, struct str from, struct str to, struct err *err)
{
	struct schedule_entry e, there;

	if (scheduledb_find(&e, m->db, SCHEDULE_ARTICLE, from, &m->arena,
		    err) < 0 ||
		scheduledb_find(&there, m->db, SCHEDULE_ARTICLE, to,
			&m->arena, err) < 0)
		return -1;
	if (e.state == SCHEDULE_LIVE && there.state == SCHEDULE_ABSENT) {
		e.key = to;
		e.etag = e.last_modified = STR("");
		if (scheduledb_put(m->db, &e, schedule_host(e.url, &m->arena),
			    err) < 0)
			return -1;
	}
	return scheduledb_alias(m->db, from, to, err);
}

/*
 * An address that redirects is no article to be checked, but another name of
 * the one at its end, whose own receipt tells how that is. 1: so it was taken;
 * 0: an article ended here, or is looked at for its return: a check; -1.
 */
static int
take_redirect(struct mark *m, const struct receipt *r, struct str key,
	struct err *err)
{
	struct schedule_entry e;
	struct str known, target;

	if (urlkey_of(&known, r->url, &m->tracking, &m->arena, NULL) < 0 ||
		urlkey_of(&target, r->location, &m->tracking, &m->arena,
			NULL) < 0)
		return 0;
	if (scheduledb_resolve(&known, m->db, &m->arena, err) < 0)
		return -1;
	if (!str_eq(known, key))
		return take_along(m, known, key, err) < 0 ? -1 : 1;
	if (r->status == RECEIPT_MOVED)
		return str_eq(target, key);
	if (scheduledb_find(&e, m->db, SCHEDULE_ARTICLE, key, &m->arena,
		    err) < 0)
		return -1;
	return e.state != SCHEDULE_MOVED && e.state != SCHEDULE_GONE;
}

/*
 * A new address has the text of a known article: that is looked at next, and
 * its memory names the address.
 */
static int
call_twin(struct mark *m, struct str key, struct str twin, struct err *err)
{
	struct schedule_entry e;
	struct memory memory;
	struct strbuf text;
	int got = scheduledb_find(&e, m->db, SCHEDULE_ARTICLE, key, &m->arena,
		err);

	if (got <= 0 || e.state != SCHEDULE_LIVE)
		return got < 0 ? -1 : 0;
	memory_parse(&memory, e.doubt);
	if (str_eq(memory.twin, twin))
		return 0;
	memory.twin = twin;
	strbuf_init(&text, MEMORY_BYTES * 2);
	memory_write(&text, &memory);
	e.doubt = strbuf_str(&text);
	e.next_s = e.checked_s + 1;
	got = scheduledb_put(m->db, &e, schedule_host(e.url, &m->arena), err);
	strbuf_release(&text);
	return got;
}

/* Keeps what was doubted, and what became of it. */
static int
note_doubt(struct mark *m, const struct receipt *r, struct str key,
	struct str before, struct err *err)
{
	struct memory was, is;

	memory_parse(&was, before);
	memory_parse(&is, r->doubt);
	if (was.reason.len > 0 && (is.reason.len == 0 ||
				is.text != was.text) &&
		scheduledb_end_doubt(m->db, key, names_itself(r) ?
			STR("confirmed") : STR("dropped"), err) < 0)
		return -1;
	if (r->status != RECEIPT_UNCONFIRMED || is.reason.len == 0)
		return 0;
	if (is.same_as.len > 0 && call_twin(m, is.same_as, key, err) < 0)
		return -1;
	return scheduledb_note_doubt(m->db, key, &is, r->record, err);
}

/* An old capture that was read anew says nothing but by whom. */
static int
note_extractor(struct mark *m, struct schedule_entry *e,
	const struct receipt *r, struct err *err)
{
	struct memory was, is;
	struct strbuf text;
	int result;

	memory_parse(&was, e->doubt);
	memory_parse(&is, r->doubt);
	if (is.extractor.len == 0 || str_eq(is.extractor, was.extractor))
		return 0;
	was.extractor = is.extractor;
	strbuf_init(&text, MEMORY_BYTES * 2);
	memory_write(&text, &was);
	e->doubt = strbuf_str(&text);
	result = scheduledb_put(m->db, e, schedule_host(e->url, &m->arena),
		err);
	strbuf_release(&text);
	return result;
}

/* When the newest version was last seen, as long as looks see nothing. */
static void
keep_seen(struct mark *m, struct schedule_entry *e, struct str before,
	int64_t good_s)
{
	struct memory was, is;
	struct strbuf text;
	struct str kept;

	memory_parse(&was, before);
	memory_parse(&is, e->doubt);
	is.seen_s = e->error.len == 0 ? 0 : good_s ? good_s : was.seen_s;
	strbuf_init(&text, MEMORY_BYTES * 2);
	memory_write(&text, &is);
	kept = arena_dup(&m->arena, strbuf_str(&text));
	if (kept.ptr)
		e->doubt = kept;
	strbuf_release(&text);
}

/* 1: it is not to be believed, which err says. */
static int
record(struct mark *m, const struct receipt *r, struct err *err)
{
	enum schedule_kind kind = schedule_is_feed(r) ? SCHEDULE_FEED :
		SCHEDULE_ARTICLE;
	struct schedule_entry e;
	struct str key, before;
	int64_t checked_s, good_s;
	int taken = 0;

	if (isotime_parse(&checked_s, r->fetched) < 0)
		checked_s = m->options->now_s;
	if (checked_s > m->options->now_s + ISOTIME_AHEAD_S)
		return err_set(err, "checked in the future by this clock"), 1;
	if (file_under(&key, m, r, err) < 0)
		return -1;
	if (is_redirect(r))
		taken = take_redirect(m, r, key, err);
	if (taken != 0)
		return taken < 0 ? -1 : 0;
	if (scheduledb_find(&e, m->db, kind, key, &m->arena, err) < 0)
		return -1;
	if (schedule_mend(&e, m->options->now_s))
		e.checked_s = checked_s - 1;
	before = e.doubt;
	good_s = e.error.len > 0 ? 0 : e.checked_s;
	if (!schedule_check(&e, r, checked_s))
		return note_extractor(m, &e, r, err);
	keep_seen(m, &e, before, good_s);
	if (scheduledb_put(m->db, &e, schedule_host(e.url, &m->arena), err) <
			0 ||
		note_doubt(m, r, key, before, err) < 0)
		return -1;
	return note_alias(m, r, key, err);
}

static int
open_archive(struct mark *m, struct err *err)
{
	if (archive_open(&m->store, m->options->archive, err) == 0)
		return 0;
	m->failure = STATUS_USAGE;
	return -1;
}

static void
complain(struct mark *m, size_t number, const char *reason)
{
	msg_warn("line %zu: %s", number, reason);
	m->status = STATUS_PARTIAL;
}

/* -1 only when the schedule or the output fails. */
static int
on_line(struct mark *m, struct str line, size_t number, struct err *err)
{
	struct receipt r;
	int taken;

	arena_reset(&m->arena);
	if (receipt_parse(&r, line, &m->arena, err) < 0) {
		complain(m, number, err->text);
		return 0;
	}
	if (!m->db)
		return open_archive(m, err); /* which says that there is none */
	if (m->count == 0 && scheduledb_begin(m->db, err) < 0)
		return -1;
	m->count++;
	taken = record(m, &r, err);
	if (taken < 0)
		return -1;
	if (taken > 0) {
		complain(m, number, err->text);
		return 0;
	}
	strbuf_adds(&m->passed, line);
	strbuf_addc(&m->passed, '\n');
	return 0;
}

static int
read_receipts(struct mark *m, int in, struct err *err)
{
	struct linebuf lines;
	struct str line;
	int got, result = 0;

	linebuf_init(&lines, in, RECEIPT_LINE_BYTES);
	while (result == 0 && (got = linebuf_next(&lines, &line, err)) > 0) {
		if (got == LINEBUF_LONG)
			complain(m, lines.number, "longer than a receipt");
		else
			result = on_line(m, line, lines.number, err);
		if (result == 0 && (m->count >= MARK_BATCH ||
			m->passed.len > PASSED_BYTES / 2 ||
			!linebuf_ready(&lines)))
			result = flush(m, err);
	}
	linebuf_release(&lines);
	/* What was read before a broken input counts. */
	if (result == 0 && flush(m, got < 0 ? NULL : err) < 0)
		result = -1;
	return result < 0 || got < 0 ? -1 : 0;
}

struct ahead {
	struct arena arena;
	struct str *keys;
	size_t count, cap;
	int64_t now_s;
};

static int
note_ahead(void *context, const struct schedule_entry *e)
{
	struct ahead *a = context;
	struct schedule_entry copy = *e;
	struct str key;

	if (!schedule_mend(&copy, a->now_s))
		return 0;
	key = arena_dup(&a->arena, e->key);
	if (!key.ptr)
		return 0; /* there are more than a run can take: the next */
	a->keys = xgrow(a->keys, a->count, &a->cap, sizeof(*a->keys));
	a->keys[a->count++] = key;
	return 0;
}

static int
mend_kind(struct mark *m, enum schedule_kind kind, struct err *err)
{
	struct ahead a = { .now_s = m->options->now_s };
	struct schedule_entry e;
	int result;

	arena_init(&a.arena, KEYS_BYTES);
	result = scheduledb_each(m->db, kind, note_ahead, &a, err);
	for (size_t i = 0; i < a.count && result == 0; i++) {
		arena_reset(&m->arena);
		result = scheduledb_find(&e, m->db, kind, a.keys[i],
			&m->arena, err) < 0 ? -1 : 0;
		if (result == 0 && schedule_mend(&e, a.now_s))
			result = scheduledb_put(m->db, &e,
				schedule_host(e.url, &m->arena), err);
	}
	arena_release(&a.arena);
	free(a.keys);
	return result;
}

/* What a clock that was ahead has recorded. */
static int
mend(struct mark *m, struct err *err)
{
	if (scheduledb_begin(m->db, err) < 0)
		return -1;
	if (mend_kind(m, SCHEDULE_ARTICLE, err) < 0 ||
		mend_kind(m, SCHEDULE_FEED, err) < 0) {
		scheduledb_rollback(m->db);
		return -1;
	}
	return scheduledb_commit(m->db, err);
}

static int
open_schedule(struct mark *m, struct err *err)
{
	char path[PATH_BYTES];

	if (open_archive(m, err) < 0 ||
		gitstore_config_all(&m->tracking, m->store, "stet.tracking",
			&m->config, err) < 0)
		return -1;
	snprintf(path, sizeof(path), "%s/stet", m->options->archive);
	if (mkdir(path, 0777) < 0 && errno != EEXIST)
		return err_errno(err, "cannot make '%s'", path);
	if (restore_open(&m->db, m->store, SQL_CREATE, m->options->now_s,
		    err) < 0)
		return -1;
	if (!m->options->mend)
		return 0;
	return restore_schedule(m->db, m->store, true, m->options->now_s,
		       err) < 0 ? -1 : mend(m, err);
}

int
mark_run(const struct mark_options *options, int in, int out,
	struct err *err)
{
	struct mark m = { .options = options, .out = out,
		.status = STATUS_OK, .failure = STATUS_STOPPED };
	int result = 0;

	arena_init(&m.arena, ARENA_BYTES);
	arena_init(&m.config, ARENA_BYTES);
	strbuf_init(&m.passed, PASSED_BYTES);
	/* Without a receipt it does not matter that there is none yet. */
	if (archive_exists(options->archive))
		result = open_schedule(&m, err);
	if (result == 0)
		result = read_receipts(&m, in, err);
	if (result < 0 && m.db)
		scheduledb_rollback(m.db);
	scheduledb_close(m.db);
	if (m.store)
		gitstore_close(m.store);
	strbuf_release(&m.passed);
	arena_release(&m.config);
	arena_release(&m.arena);
	return result < 0 ? m.failure : m.status;
}

struct future {
	int64_t count, now_s;
};

static int
count_future(void *context, const struct schedule_entry *e)
{
	struct future *f = context;
	struct schedule_entry copy = *e;

	f->count += schedule_mend(&copy, f->now_s);
	return 0;
}

static int
check(struct scheduledb *db, struct gitstore *store, int64_t now_s,
	struct err *err)
{
	struct future future = { 0, now_s };
	int64_t missing = restore_count(db, store, err);

	if (missing < 0 || scheduledb_each(db, SCHEDULE_ARTICLE, count_future,
				   &future, err) < 0)
		return STATUS_STOPPED;
	if (missing == 0 && future.count == 0)
		return STATUS_OK;
	err_set(err, "the schedule lacks %lld article%s, and %lld check%s "
		     "of the future", (long long)missing,
		number_plural(missing), (long long)future.count,
		future.count == 1 ? " is" : "s are");
	return STATUS_PARTIAL;
}

int
mark_check(const struct mark_options *options, struct err *err)
{
	struct scheduledb *db = NULL;
	struct gitstore *store;
	int status = STATUS_STOPPED;

	if (archive_open(&store, options->archive, err) < 0)
		return STATUS_USAGE;
	if (restore_open(&db, store, SQL_READ, options->now_s, err) >= 0)
		status = check(db, store, options->now_s, err);
	scheduledb_close(db);
	gitstore_close(store);
	return status;
}
