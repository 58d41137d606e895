#include "cmd/commit/judgestore.h"

#include <stdio.h>
#include <string.h>

#include "cmd/commit/judgename.h"
#include "cmd/commit/observe.h"
#include "common/base/isotime.h"

void
judge_fill(struct receipt *out, const struct record *r, struct arena *arena)
{
	const struct article *a = &r->article;
	char hex[GITOID_HEX_BYTES];

	*out = (struct receipt){ .url = a->url,
		.key = r->known ? r->row.key : r->key.len ? r->key : a->key,
		.fetched = a->fetched,
		.etag = a->etag,
		.last_modified = a->last_modified,
		.source = a->source,
		.retry_after_s = a->retry_after_s,
		.record = a->record_id,
		.doubt = a->doubt };
	if (!r->known)
		return;
	out->path = r->row.path;
	out->version = r->row.versions;
	if (a->source.len == 0)
		out->source = r->row.source;
	if (arena)
		out->commit = arena_dup(arena, str_from(gitoid_hex(hex,
						&r->row.commit)));
}

/* The article's states, oldest first, as far as change_returns looks. */
static int
collect_states(struct change_state *states, struct gitoid *blobs,
	size_t *count, struct judge *judge, int64_t article, struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	size_t n = 0;
	int got;

	if (index_versions(&cursor, judge->session->index, article, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0) {
		if (v.event == RECEIPT_MOVED)
			continue;
		if (n == CHANGE_STATES_MAX) {
			memmove(blobs, blobs + 1, (n - 1) * sizeof(*blobs));
			memmove(states, states + 1, (n - 1) * sizeof(*states));
			n--;
		}
		blobs[n] = v.blob;
		states[n++].time_s = v.fetched_s;
	}
	for (size_t i = 0; i < n; i++)
		states[i].blob = gitoid_is_zero(&blobs[i]) ?
			STR("") : gitoid_str(&blobs[i]);
	index_cursor_free(cursor);
	*count = n;
	return got;
}

int
judge_waits(struct judge *judge, const struct record *r,
	const struct gitoid *blob, enum change_return *kind, struct err *err)
{
	struct change_state states[CHANGE_STATES_MAX];
	struct gitoid blobs[CHANGE_STATES_MAX];
	enum change_return got;
	int64_t number = 1;
	size_t count;

	if (kind)
		*kind = CHANGE_NOVEL;
	if (blob)
		number = index_number_of_blob(judge->session->index, r->row.id,
			blob, err);
	if (number <= 0)
		return number < 0 ? -1 : 0;
	if (collect_states(states, blobs, &count, judge, r->row.id, err) < 0)
		return -1;
	got = change_returns(states, count, blob ? gitoid_str(blob) : STR(""),
		r->fetched_s);
	if (kind)
		*kind = got;
	return got == CHANGE_WAITS;
}

int
judge_waiting(struct judge *judge, struct receipt *out)
{
	out->status = RECEIPT_SAME;
	out->classes = change_class_list(CHANGE_OSCILLATION, judge->arena);
	out->etag = out->last_modified = STR("");
	return 0;
}

/* A message as far as the record alone tells it. */
static struct message
message_of(const struct record *r)
{
	const struct article *a = &r->article;

	return (struct message){ .source = r->row.source,
		.headline = a->title.len ? a->title : r->row.title,
		.url = r->url,
		.key = r->row.key,
		.path = r->row.path,
		.version = r->row.versions,
		.fetched = a->fetched,
		.status = a->status,
		.record = a->record_id,
		.digest = a->payload_digest,
		.extractor = a->extractor,
		.etag = a->etag,
		.last_modified = a->last_modified,
		.reason = a->reason };
}

static void
add_sketch(struct message *m, const struct record *r, struct arena *arena)
{
	char hex[20];

	if (r->sketches_count == 0)
		return;
	snprintf(hex, sizeof(hex), "%016llx",
		(unsigned long long)r->sketches[0]);
	m->sketch = arena_dup(arena, str_from(hex));
}

static struct str
host_of(struct str key)
{
	struct str host = key;
	ptrdiff_t at = str_find(key, STR("://"));

	if (at >= 0)
		host = str_sub(key, (size_t)at + 3, key.len);
	at = str_find_byte(host, '/');
	return at < 0 ? host : str_sub(host, 0, (size_t)at);
}

/* Makes the commit; on success the receipt tells of it. */
static int
commit(struct judge *judge, struct record *r, struct message *m,
	const struct session_blob *blob, struct str old_path,
	struct receipt *out, struct err *err)
{
	struct gitoid id;
	struct err reason;
	char hex[GITOID_HEX_BYTES];
	int got;

	if (blob)
		m->aliases = judge->aliases;
	got = session_commit(judge->session, m, blob, old_path,
		r->fetched_s, &id, &reason);
	if (got < 0)
		return err_set(err, "%s", reason.text);
	if (got == 0)
		return judge_fail(r, judge->arena, reason.text);
	if (blob)
		judge->aliases.count = 0;
	judge_touch(judge, m->key);
	judge_touch(judge, r->key);
	judge_touch(judge, r->row.key);
	out->status = m->event;
	out->version = m->version;
	out->classes = m->classes;
	out->words_added = m->words_added;
	out->words_removed = m->words_removed;
	out->key = m->key;
	out->path = m->path;
	out->previous = out->commit;
	out->commit = arena_dup(judge->arena, str_from(gitoid_hex(hex, &id)));
	if (out->source.len == 0)
		out->source = m->source;
	return 0;
}

/* A version with the record's text. */
static int
commit_text(struct judge *judge, struct record *r, struct message *m,
	struct receipt *out, struct err *err)
{
	struct session_blob blob = { r->blob, r->bytes, r->stream };

	add_sketch(m, r, judge->arena);
	return commit(judge, r, m, &blob, STR(""), out, err);
}

/* Fills the receipt of a text that is to be seen again. */
static int
unconfirmed(struct receipt *out, const struct record *r)
{
	out->status = RECEIPT_UNCONFIRMED;
	out->error = r->memory.reason;
	out->etag = out->last_modified = STR("");
	return 0;
}

/* Another address of an article, with its text. */
static int
other_address(struct judge *judge, struct receipt *out,
	const struct record *r)
{
	judge_fill(out, r, judge->arena);
	out->status = RECEIPT_SAME;
	out->error = out->etag = out->last_modified = STR("");
	return 0;
}

static int
store_new(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err)
{
	struct message m = message_of(r);
	int got = observe_new(&m.same_text_as, judge, r, err);

	if (got < 0)
		return -1;
	if (got == 0 && r->known)
		return other_address(judge, out, r);
	if (got == 0)
		return unconfirmed(out, r);
	m.event = RECEIPT_NEW;
	m.version = 1;
	m.key = r->key;
	m.source = r->article.source.len ? r->article.source :
					   host_of(r->key);
	m.words_added = document_words(&r->document);
	got = judge_path(&m.path, judge, r->key, err);
	if (got <= 0)
		return got < 0 ? -1 : judge_fail(r, judge->arena, err->text);
	if (commit_text(judge, r, &m, out, err) < 0)
		return -1;
	if (r->failure.len == 0)
		observe_first(r);
	return 0;
}

static void
add_classes(struct message *m, struct change_verdict *v,
	enum change_return kind, struct arena *arena)
{
	if (kind == CHANGE_REVERTS && v->status != RECEIPT_SAME)
		v->classes |= CHANGE_REVERT;
	if (kind == CHANGE_OSCILLATES)
		v->classes |= CHANGE_OSCILLATION;
	if (v->status == RECEIPT_CHANGED && change_is_minor(v->classes))
		v->status = RECEIPT_MINOR;
	m->classes = change_class_list(v->classes, arena);
	m->words_added = (int64_t)v->words_added;
	m->words_removed = (int64_t)v->words_removed;
}

/* "version 3 again", where the text is that of an earlier version. */
static int
name_earlier(struct message *m, struct judge *judge, const struct record *r,
	struct err *err)
{
	int64_t number = index_number_of_blob(judge->session->index, r->row.id,
		&r->blob, err);
	char text[48];

	if (number <= 0)
		return number < 0 ? -1 : 0;
	snprintf(text, sizeof(text), "version %lld again", (long long)number);
	m->reason = arena_dup(judge->arena, str_from(text));
	return 0;
}

/* A text that is surely an edit, or the article is back. */
static int
store_version(struct judge *judge, struct record *r,
	struct observation *seen, struct receipt *out, struct err *err)
{
	struct message m = message_of(r);
	enum change_return kind;
	bool away = r->row.state != INDEX_LIVE;
	int waits = judge_waits(judge, r, &r->blob, &kind, err);

	if (waits != 0)
		return waits < 0 ? -1 : judge_waiting(judge, out);
	if (seen->contested && kind == CHANGE_NOVEL &&
		!(seen->verdict.classes & (CHANGE_NUMBERS | CHANGE_QUOTES)))
		kind = CHANGE_OSCILLATES;
	add_classes(&m, &seen->verdict, kind, judge->arena);
	m.first_seen = str_from(seen->first_seen);
	m.event = away ? RECEIPT_RESTORED : seen->verdict.status;
	m.version = r->row.versions + 1;
	if (kind == CHANGE_REVERTS && name_earlier(&m, judge, r, err) < 0)
		return -1;
	if (seen->unaccountable)
		m.reason = STR("not attributable: read by another extractor");
	if (commit_text(judge, r, &m, out, err) < 0)
		return -1;
	if (r->failure.len == 0)
		observe_stored(r);
	return 0;
}

/*
 * Nothing that counts differs. The validators stay those of the newest
 * version, so that a text that differs is always seen.
 */
static int
equal(struct judge *judge, const struct record *r, struct receipt *out,
	struct err *err)
{
	int64_t number = index_number_of_blob(judge->session->index, r->row.id,
		&r->blob, err);

	if (number > 0)
		return judge_waiting(judge, out);
	out->etag = out->last_modified = STR("");
	return number < 0 ? -1 : 0;
}

/* A text that differs from the newest version. */
static int
weigh(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err)
{
	struct observation seen;

	if (observe(&seen, judge, r, err) < 0)
		return -1;
	switch (seen.kind) {
	case SIGHT_SAME:
		if (r->row.state == INDEX_LIVE)
			return equal(judge, r, out, err);
		break;
	case SIGHT_BLIND:
		out->status = RECEIPT_BLOCKED;
		out->error = str_from(seen.rule->reason);
		return 0;
	case SIGHT_DOUBTFUL:
		/* A page that was gone is there again, in what form ever. */
		if (r->row.state == INDEX_LIVE)
			return unconfirmed(out, r);
		break;
	case SIGHT_SOLID:
		break;
	}
	return store_version(judge, r, &seen, out, err);
}

/* The text of the newest version. */
static int
find_same(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err)
{
	struct observation seen = {
		.verdict = { .status = RECEIPT_SAME, .reason = "" } };

	if (r->row.state != INDEX_LIVE)
		return store_version(judge, r, &seen, out, err);
	observe_same(r);
	return 0;
}

/* What the archive has of the article at that time: 1; 0 nothing yet; -1. */
static int
version_at(struct index_version *out, struct judge *judge, int64_t article,
	int64_t time_s, struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	int got, found = 0;

	if (index_versions(&cursor, judge->session->index, article, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0)
		if (v.fetched_s <= time_s) {
			*out = v;
			found = 1;
		}
	index_cursor_free(cursor);
	return got < 0 ? -1 : found;
}

void
judge_is_late(struct judge *judge, struct record *r, struct receipt *out)
{
	r->past = true;
	out->error = out->etag = out->last_modified = STR("");
	out->status = RECEIPT_SAME;
	if (late_has(judge->late, r->line))
		return;
	out->status = RECEIPT_LATE;
	r->late = true;
}

/*
 * A capture that is older than what is stored never makes a version here: it
 * would look like an edit back. Where it shows what the archive has of its
 * time nothing is amiss; else it is kept, and stet-merge puts it in its place.
 */
int
judge_late(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err)
{
	struct index_version v = { .number = 0 };
	int got = version_at(&v, judge, r->row.id, r->fetched_s, err);
	bool gone = r->article.event != EVENT_ARTICLE;

	if (got < 0)
		return -1;
	r->past = true;
	out->status = RECEIPT_SAME;
	if (gone && (got == 0 || (gitoid_is_zero(&v.blob) &&
					v.fetched_s < r->fetched_s)))
		r->evidence = true;
	else if (got == 0 || !gitoid_eq(&v.blob, &r->blob))
		judge_is_late(judge, r, out);
	return 0;
}

/* Whether the record is of the past: 1, with all that is to be done; 0; -1. */
static int
is_late(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err)
{
	int64_t number;

	if (r->fetched_s > r->row.last_s)
		return 0;
	if (r->fetched_s < r->row.last_s)
		return judge_late(judge, r, out, err) < 0 ? -1 : 1;
	number = index_number_of_blob(judge->session->index, r->row.id,
		&r->blob, err);
	out->status = RECEIPT_SAME;
	return number < 0 ? -1 : number > 0;
}

int
judge_store_article(struct judge *judge, struct record *r,
	struct receipt *out, struct err *err)
{
	int late;

	if (!r->has_document)
		return 0;
	if (!r->known)
		return store_new(judge, r, out, err);
	out->status = RECEIPT_SAME;
	late = is_late(judge, r, out, err);
	if (late != 0)
		return late < 0 ? -1 : 0;
	return gitoid_eq(&r->blob, &r->row.blob) ?
		find_same(judge, r, out, err) : weigh(judge, r, out, err);
}

int
judge_store_gone(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err)
{
	struct message m = message_of(r);

	m.event = RECEIPT_GONE;
	m.headline = r->row.title;
	m.reason = out->error;
	return commit(judge, r, &m, NULL, STR(""), out, err);
}

/* The article takes its history along to a key that is free. */
static int
rename_to(struct judge *judge, struct record *r, struct str key,
	struct receipt *out, struct err *err)
{
	struct message m = message_of(r);
	struct session_blob blob = { .id = r->row.blob };
	struct str old_path = r->row.path;
	int got;

	m.event = RECEIPT_MOVED;
	m.headline = r->row.title;
	m.location = r->article.location;
	m.old_key = r->row.key;
	m.key = key;
	got = judge_path(&m.path, judge, key, err);
	if (got <= 0)
		return got < 0 ? -1 : judge_fail(r, judge->arena, err->text);
	judge->renamed = true;
	return commit(judge, r, &m, &blob, old_path, out, err);
}

/*
 * A new address has this article's text, and this page names that address as
 * its own, or is gone: it has moved. Appends the receipt of that. 1; 0 when
 * the address has an article of its own by now; -1.
 */
int
judge_follow_twin(struct judge *judge, struct record *r, struct strbuf *out,
	struct err *err)
{
	struct record moved = *r;
	struct receipt receipt;
	struct index_article other;
	int got = index_find(&other, judge->session->index, r->memory.twin,
		judge->arena, err);

	if (got != 0)
		return got < 0 ? -1 : 0;
	moved.article.location = r->memory.twin;
	judge_fill(&receipt, &moved, judge->arena);
	receipt.status = RECEIPT_SAME;
	receipt.location = r->memory.twin;
	if (rename_to(judge, &moved, r->memory.twin, &receipt, err) < 0)
		return -1;
	if (moved.failure.len > 0)
		return 0;
	receipt.doubt = STR("");
	receipt_write(out, &receipt);
	r->memory.twin = STR("");
	return 1;
}

/* At the new address stands an article already: this one ends here. */
static int
end_at(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err)
{
	struct message m = message_of(r);

	m.event = RECEIPT_MOVED;
	m.headline = r->row.title;
	m.location = r->article.location;
	return commit(judge, r, &m, NULL, STR(""), out, err);
}

int
judge_store_move(struct judge *judge, const struct move *move,
	struct record *here, struct strbuf *out, struct err *err)
{
	struct record r = move->record;
	struct receipt receipt;
	int got = index_get(&r.row, judge->session->index, r.row.id,
		judge->arena, err);

	if (got < 0)
		return -1;
	r.known = got > 0;
	judge_fill(&receipt, &r, judge->arena);
	receipt.status = RECEIPT_SAME;
	receipt.location = r.article.location;
	if (r.known && r.row.state == INDEX_LIVE &&
		!(here->known && here->row.id == r.row.id) &&
		r.fetched_s >= r.row.last_s)
		got = here->known ? end_at(judge, &r, &receipt, err) :
			rename_to(judge, &r, here->key, &receipt, err);
	if (got < 0)
		return -1;
	if (r.failure.len > 0) {
		receipt.status = RECEIPT_FAILED;
		receipt.error = r.failure;
		judge->failures++;
	}
	receipt_write(out, &receipt);
	if (!here->known)
		return judge_find(judge, here, err);
	return 0;
}
