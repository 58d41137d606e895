#include "cmd/commit/judge.h"

#include <string.h>

#include "cmd/commit/judgename.h"
#include "cmd/commit/judgestore.h"
#include "cmd/commit/told.h"
#include "common/base/hash.h"

enum {
	ALIAS_BYTES = 1024, /* of a key that a message tells */
	MISSES = 3,         /* "not found" so often in a row */
	MISSES_S = 48 * 3600 /* over at least this time: gone */
};

void
judge_begin(struct judge *judge, struct session *session, struct arena *arena)
{
	judge->session = session;
	judge->arena = arena;
	memset(judge->touched, 0, sizeof(judge->touched));
	judge->renamed = false;
	judge->failures = judge->lates = 0;
	late_begin(judge->late);
}

static uint32_t
hash(struct str key)
{
	uint32_t h = hash_str(key);

	return (h ^ h >> 16) & (TOUCHED_BITS - 1);
}

void
judge_touch(struct judge *judge, struct str key)
{
	judge->touched[hash(key) / 64] |= (uint64_t)1 << hash(key) % 64;
}

static bool
touched(const struct judge *judge, struct str key)
{
	return judge->renamed ||
		(judge->touched[hash(key) / 64] >> hash(key) % 64 & 1);
}

int
judge_fail(struct record *r, struct arena *arena, const char *reason)
{
	r->failure = arena_dup(arena, str_from(reason));
	if (!r->failure.ptr)
		r->failure = STR("record is too large");
	return 0;
}

/* A page that names another address may be stored under its own. */
static bool
touched_own(struct judge *judge, const struct record *r)
{
	return !str_eq(r->url, r->key) &&
		touched(judge, judge_key_of(judge, r->url));
}

/* Finds the article again if this batch may have changed it. */
static int
look_again(struct judge *judge, struct record *r, struct err *err)
{
	if (r->looked_up && !touched(judge, r->key) &&
		!(r->known && touched(judge, r->row.key)) &&
		!touched_own(judge, r))
		return 0;
	if (judge_find(judge, r, err) < 0)
		return -1;
	r->has_previous = r->has_verdict = false;
	if (r->has_document)
		worker_describe(&judge->workers->items[0], r);
	return 0;
}

/* Reads the newest version's text, and lets both be seen. */
static void
see(struct judge *judge, struct record *r)
{
	if (!r->has_document || told_is(r) ||
		(r->known && gitoid_eq(&r->blob, &r->row.blob)))
		return;
	/* What cannot be read now is met again when it is stored. */
	if (r->known)
		r->has_previous = session_document(&r->previous,
					  judge->session, &r->row.blob,
					  judge->arena, NULL) == 0;
	change_see(judge->session->judges[0], r->article.source, r->key,
		r->has_previous ? &r->previous : NULL, &r->document);
}

/* Notes the redirects of the batch that may be moves. */
static void
note_redirects(struct judge *judge, struct record **records, size_t count)
{
	judge->redirects_count = 0;
	for (size_t i = 0; i < count; i++) {
		struct record *r = records[i];

		r->ahead = false;
		if (r->failure.len == 0 && !told_is(r) && r->known &&
			r->article.event == EVENT_MOVED &&
			judge->redirects_count < JUDGE_REDIRECTS)
			judge->redirects[judge->redirects_count++] = r;
	}
}

int
judge_look(struct judge *judge, struct record **records, size_t count,
	struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		if (records[i]->failure.len > 0 || told_is(records[i]))
			continue;
		if (judge_find(judge, records[i], err) < 0)
			return -1;
		records[i]->looked_up = true;
	}
	note_redirects(judge, records, count);
	workers_describe(judge->workers, records, count);
	for (size_t i = 0; i < count; i++)
		see(judge, records[i]);
	workers_compare(judge->workers, judge->session->judges, records,
		count);
	return 0;
}

static bool
is_miss(struct str reason)
{
	return str_eq(reason, STR("not-found")) ||
		str_eq(reason, STR("soft-404")) ||
		str_eq(reason, STR("redirect-home"));
}

static int
on_gone(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err)
{
	struct str reason = r->article.reason.len ? r->article.reason :
						    STR("gone");

	out->error = reason;
	if (!r->known) {
		r->evidence = true;
		r->failure = STR("withdrawn, and never stored");
		return 0;
	}
	out->status = RECEIPT_SAME;
	if (r->fetched_s < r->row.last_s)
		return judge_late(judge, r, out, err) < 0 ? -1 : 0;
	if (r->row.state != INDEX_LIVE) {
		r->evidence = true;
		return 0;
	}
	if (judge_waits(judge, r, NULL, NULL, err) != 0)
		return judge_waiting(judge, out);
	r->memory = (struct memory){ .reason = STR("") };
	return judge_store_gone(judge, r, out, err);
}

/*
 * "Not found" so often and so long that the article is gone. stet-extract
 * says so by itself where the link counts; this is for WARC of other makers.
 */
static int
on_miss(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err)
{
	struct memory *m = &r->memory;

	out->status = RECEIPT_FAILED;
	if (!is_miss(r->article.reason))
		return 0;
	if (m->misses++ == 0)
		m->missed_s = r->fetched_s;
	if (m->misses < MISSES || r->fetched_s - m->missed_s < MISSES_S ||
		!r->known)
		return 0;
	return on_gone(judge, r, out, err);
}

/* Whether something about the article is still to be settled. */
static bool
is_open(const struct memory *m)
{
	return m->reason.len > 0 || m->misses > 0;
}

/*
 * A redirect waits for its proof, and has no receipt until then. One that the
 * archive knows, and one that is too late, tells nothing new.
 */
static int
on_moved(struct judge *judge, struct record *r, struct receipt *out,
	bool *waits)
{
	struct str target = judge_key_of(judge, r->article.location);

	out->location = r->article.location;
	moves_follow(judge->moves, judge_key_of(judge, r->url), target);
	if (r->known && (r->row.state != INDEX_LIVE ||
				str_eq(r->row.key, target))) {
		out->status = RECEIPT_SAME;
		out->error = STR("");
		return 0;
	}
	if (r->known && r->fetched_s < r->row.last_s) {
		judge_is_late(judge, r, out);
		return 0;
	}
	out->status = RECEIPT_FAILED;
	out->error = STR(JUDGE_UNPROVED);
	*waits = moves_add(judge->moves, r, target);
	return 0;
}

/* Lets the redirect wait for the article that is judged before it. */
static int
take_ahead(struct judge *judge, struct record *from, const struct record *here,
	struct str target, struct err *err)
{
	if (look_again(judge, from, err) < 0)
		return -1;
	if (from->fetched_s > here->fetched_s) {
		from->fetched_s = here->fetched_s;
		from->article.fetched = here->article.fetched;
	}
	if (!from->known || from->row.state != INDEX_LIVE ||
		from->fetched_s < from->row.last_s)
		return 0;
	from->ahead = moves_add(judge->moves, from, target);
	return 0;
}

/*
 * A new address is looked at before the one that redirects to it, since what a
 * feed names comes first: within a batch the order says nothing.
 */
static int
meet_redirects(struct judge *judge, const struct record *here,
	struct err *err)
{
	if (here->known || here->article.event != EVENT_ARTICLE)
		return 0;
	for (size_t i = 0; i < judge->redirects_count; i++) {
		struct record *from = judge->redirects[i];
		struct str target = judge_key_of(judge,
			from->article.location);

		if (!from->ahead && str_eq(target, here->key) &&
			take_ahead(judge, from, here, target, err) < 0)
			return -1;
	}
	return 0;
}

/* Redirects to here are proved by a page that is here. */
static int
prove_moves(struct judge *judge, struct record *r, struct strbuf *out,
	struct err *err)
{
	struct str keys[2] = { r->key, judge_key_of(judge, r->url) };
	const struct move *move;

	for (int i = 0; i < 2; i++)
		while ((move = moves_find(judge->moves, keys[i],
				MOVE_ARTICLE)))
			if (judge_store_move(judge, move, r, out, err) < 0)
				return -1;
	return look_again(judge, r, err);
}

/* Whether the address can be told as another name of the record's article. */
static int
is_free_name(struct judge *judge, const struct record *r, struct str key,
	struct err *err)
{
	const struct strlist *list = &judge->aliases;
	struct index_article other;

	if (key.len > ALIAS_BYTES || str_eq(key, r->key) ||
		list->count == MESSAGE_ALIASES_MAX)
		return 0;
	for (size_t i = 0; i < list->count; i++)
		if (str_eq(list->items[i], key))
			return 0;
	return index_find(&other, judge->session->index, key, judge->arena,
		       err) == 0;
}

/*
 * Addresses that led here and have no article are other names of this one;
 * the next commit of it says so.
 */
static int
take_names(struct judge *judge, const struct record *r, struct err *err)
{
	struct str keys[2] = { r->key, judge_key_of(judge, r->url) };
	struct strlist *list = &judge->aliases;
	const struct move *move;

	list->items = arena_alloc(judge->arena,
		MESSAGE_ALIASES_MAX * sizeof(*list->items));
	if (!list->items)
		return err_set(err, "the batch is too large");
	for (int i = 0; i < 2; i++)
		while (judge->names_count < JUDGE_NAMES &&
			(move = moves_find(judge->moves, keys[i],
				 MOVE_NAME))) {
			struct str key = move->record.key;

			judge->names[judge->names_count++] = move;
			if (is_free_name(judge, r, key, err))
				list->items[list->count++] = key;
		}
	return 0;
}

/* The receipts of these addresses, after what became of the article. */
static void
write_names(struct judge *judge, const struct receipt *here,
	struct strbuf *out)
{
	for (size_t i = 0; i < judge->names_count; i++) {
		const struct record *r = &judge->names[i]->record;
		struct receipt receipt;

		judge_fill(&receipt, r, NULL);
		receipt.location = r->article.location;
		receipt.status = RECEIPT_FAILED;
		receipt.error = STR(JUDGE_UNPROVED);
		if (here->status != RECEIPT_FAILED) {
			receipt.status = RECEIPT_SAME;
			receipt.error = STR("");
			receipt.key = here->key;
			receipt.path = here->path;
			receipt.version = here->version;
			receipt.commit = here->commit;
		}
		receipt_write(out, &receipt);
	}
}

static int
on_event(struct judge *judge, struct record *r, struct receipt *out,
	bool *waits, struct err *err)
{
	out->error = r->article.reason;
	switch (r->article.event) {
	case EVENT_ARTICLE:
		out->error = STR("");
		r->memory.misses = r->memory.missed_s = 0;
		return judge_store_article(judge, r, out, err);
	case EVENT_GONE:
		return on_gone(judge, r, out, err);
	case EVENT_MOVED:
		return on_moved(judge, r, out, waits);
	case EVENT_BLOCKED:
		out->status = RECEIPT_BLOCKED;
		return 0;
	case EVENT_UNCHANGED:
		out->status = RECEIPT_SAME;
		if (!r->known)
			r->failure = STR("unchanged, but never stored");
		memory_close(&r->memory);
		r->memory.misses = r->memory.missed_s = 0;
		return 0;
	default:
		return on_miss(judge, r, out, err);
	}
}

/* What a merge may need of a record that made no commit. */
static void
keep(struct judge *judge, const struct record *r, bool open,
	const struct receipt *out)
{
	const struct memory *m = &r->memory;

	if (r->late) {
		judge->lates++;
		late_add(judge->late, LATE_OLDER, r->line);
		return;
	}
	if (receipt_has_commit(out) || out->status == RECEIPT_BLOCKED ||
		(r->failure.len > 0 && !r->evidence))
		return;
	if (r->evidence || (!r->past && (open || is_open(m))))
		late_add(judge->late, LATE_DOUBT, r->line);
}

static bool
proves(const struct record *r)
{
	return r->article.event == EVENT_ARTICLE ||
		r->article.event == EVENT_UNCHANGED;
}

/* Whether the record says that the article is at its twin's address now. */
static bool
names_twin(struct judge *judge, const struct record *r)
{
	const struct article *a = &r->article;

	if (!r->known || r->memory.twin.len == 0 ||
		r->row.state != INDEX_LIVE || r->fetched_s < r->row.last_s)
		return false;
	if (a->event == EVENT_ARTICLE)
		return a->canonical.len > 0 &&
			str_eq(judge_key_of(judge, a->canonical),
				r->memory.twin);
	return a->event == EVENT_GONE || is_miss(a->reason);
}

/* What the archive and the memory know of the record's article. */
static int
prepare(struct judge *judge, struct record *r, struct strbuf *out,
	struct err *err)
{
	int got;

	if (look_again(judge, r, err) < 0)
		return -1;
	if (proves(r) && (meet_redirects(judge, r, err) < 0 ||
			take_names(judge, r, err) < 0 ||
			prove_moves(judge, r, out, err) < 0))
		return -1;
	recall_get(&r->memory, judge->recall, r->known ? r->row.key : r->key,
		r->article.doubt, judge->arena);
	if (!names_twin(judge, r))
		return 0;
	got = judge_follow_twin(judge, r, out, err);
	if (got > 0 && r->article.event == EVENT_ARTICLE)
		return look_again(judge, r, err);
	if (got > 0) /* it is not gone, but elsewhere */
		r->article.event = EVENT_FAILED;
	return got < 0 ? -1 : 0;
}

int
judge_record(struct judge *judge, struct record *r, struct strbuf *out,
	struct err *err)
{
	struct receipt receipt = { 0 };
	bool waits = false, open;

	if (r->ahead)
		return 0;
	if (told_is(r))
		return told_record(judge, r, out, err);
	judge->names_count = judge->aliases.count = 0;
	r->past = r->late = r->evidence = false;
	if (r->failure.len == 0 && prepare(judge, r, out, err) < 0)
		return -1;
	open = is_open(&r->memory);
	judge_fill(&receipt, r, judge->arena);
	if (r->failure.len == 0 &&
		on_event(judge, r, &receipt, &waits, err) < 0)
		return -1;
	if (waits)
		return 0;
	/* The past changes nothing in what is known now. */
	if (r->past)
		recall_get(&r->memory, judge->recall, r->row.key,
			r->article.doubt, judge->arena);
	if (r->failure.len == 0)
		receipt.doubt = recall_put(judge->recall,
			r->known ? r->row.key : r->key, &r->memory,
			judge->arena);
	if (r->failure.len > 0) {
		receipt.status = RECEIPT_FAILED;
		receipt.error = r->failure;
		judge->failures++;
	}
	keep(judge, r, open, &receipt);
	write_names(judge, &receipt, out);
	receipt_write(out, &receipt);
	return 0;
}

void
judge_rest(struct judge *judge, struct strbuf *out)
{
	const struct move *move;

	while ((move = moves_rest(judge->moves))) {
		struct receipt receipt = { 0 };

		judge_fill(&receipt, &move->record, NULL);
		receipt.status = RECEIPT_FAILED;
		receipt.error = STR(JUDGE_UNPROVED);
		receipt.location = move->record.article.location;
		receipt_write(out, &receipt);
	}
	moves_accept(judge->moves);
}
