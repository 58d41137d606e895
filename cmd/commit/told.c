#include "cmd/commit/told.h"

#include "cmd/commit/judgestore.h"

/* What a told record asks for. */
struct told {
	struct message message;
	struct str old_path; /* of a move that took the history along */
	bool text;           /* a version; else an end, or a move */
	bool file;           /* the article has a file afterwards */
};

bool
told_is(const struct record *r)
{
	return r->article.message.len > 0;
}

/* The message, read and found to be one that this stet would write. */
static int
read_message(struct told *out, struct judge *judge, const struct record *r,
	struct err *err)
{
	struct message *m = &out->message;
	struct strbuf again;
	bool same;

	if (message_parse(m, r->article.message, judge->arena, err) < 0)
		return -1;
	strbuf_init(&again, MESSAGE_BYTES);
	message_print(&again, m);
	same = str_eq(strbuf_str(&again), r->article.message);
	strbuf_release(&again);
	if (!same)
		return err_set(err, "its message is of another kind of stet");
	if (!str_eq(m->fetched, r->article.fetched))
		return err_set(err, "its message tells another time");
	out->text = m->event != RECEIPT_GONE && m->event != RECEIPT_MOVED;
	out->file = m->blob.len > 0;
	return 0;
}

/* The article as the archive has it. */
static int
find(struct judge *judge, struct record *r, const struct told *told,
	struct err *err)
{
	const struct message *m = &told->message;
	int got = index_find(&r->row, judge->session->index,
		m->old_key.len > 0 ? m->old_key : m->key, judge->arena, err);

	r->key = m->key;
	r->known = got > 0 && (m->old_key.len > 0 ||
				      str_eq(r->row.key, m->key));
	return got < 0 ? -1 : 0;
}

/* Whether a version of that number, time and text is stored: 1, 0, -1. */
static int
is_stored(struct judge *judge, const struct record *r, const struct told *told,
	struct err *err)
{
	const struct message *m = &told->message;
	struct index_cursor *cursor;
	struct index_version v;
	int got, found = 0;

	if (!r->known)
		return 0;
	if (index_versions(&cursor, judge->session->index, r->row.id, err) <
		0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0)
		if (v.number == m->version && v.event == m->event &&
			v.fetched_s == r->fetched_s)
			found = 1;
	index_cursor_free(cursor);
	return got < 0 ? -1 : found;
}

/* Whether the message follows on what is stored. */
static int
check_place(const struct record *r, const struct told *told, struct err *err)
{
	const struct message *m = &told->message;
	char hex[GITOID_HEX_BYTES];

	if (told->text && !str_eq(m->blob, str_from(gitoid_hex(hex,
						   &r->blob))))
		return err_set(err, "its text is not that of its commit");
	if (!told->text && !r->known)
		return err_set(err, "it ends what was never stored");
	if (r->known && m->version != r->row.versions + told->text)
		return err_set(err, "version %lld does not follow on %lld",
			(long long)m->version, (long long)r->row.versions);
	return 0;
}

static void
fill(struct receipt *out, struct judge *judge, const struct told *told,
	const struct gitoid *id)
{
	const struct message *m = &told->message;
	char hex[GITOID_HEX_BYTES];

	out->status = m->event;
	out->key = m->key;
	out->path = m->path;
	out->version = m->version;
	out->classes = m->classes;
	out->words_added = m->words_added;
	out->words_removed = m->words_removed;
	out->error = m->reason;
	out->location = m->location;
	out->previous = out->commit;
	out->commit = arena_dup(judge->arena, str_from(gitoid_hex(hex, id)));
}

static int
store(struct judge *judge, struct record *r, struct told *told,
	struct receipt *out, struct err *err)
{
	struct session_blob blob = { told->text ? r->blob : r->row.blob,
		told->text ? r->bytes : STR(""), r->stream };
	struct gitoid id;
	struct err reason;
	int got;

	if (told->message.old_key.len > 0)
		told->old_path = r->row.path;
	got = session_commit(judge->session, &told->message,
		told->file ? &blob : NULL, told->old_path, r->fetched_s, &id,
		&reason);
	if (got < 0)
		return err_set(err, "%s", reason.text);
	if (got == 0)
		return judge_fail(r, judge->arena, reason.text);
	judge_touch(judge, told->message.key);
	if (told->message.old_key.len > 0)
		judge->renamed = true;
	fill(out, judge, told, &id);
	return 0;
}

/* Decides without a receipt. */
static int
take(struct judge *judge, struct record *r, struct receipt *out,
	struct err *err)
{
	struct told told = { .old_path = STR("") };
	struct err reason;
	int stored;

	if (r->failure.len > 0)
		return 0;
	if (read_message(&told, judge, r, &reason) < 0)
		return judge_fail(r, judge->arena, reason.text);
	if (find(judge, r, &told, err) < 0)
		return -1;
	judge_fill(out, r, judge->arena);
	stored = is_stored(judge, r, &told, err);
	if (stored != 0) {
		out->status = RECEIPT_SAME;
		return stored < 0 ? -1 : 0;
	}
	if (check_place(r, &told, &reason) < 0)
		return judge_fail(r, judge->arena, reason.text);
	return store(judge, r, &told, out, err);
}

int
told_record(struct judge *judge, struct record *r, struct strbuf *out,
	struct err *err)
{
	struct receipt receipt = { 0 };

	judge_fill(&receipt, r, NULL);
	if (take(judge, r, &receipt, err) < 0)
		return -1;
	if (r->failure.len > 0) {
		receipt.status = RECEIPT_FAILED;
		receipt.error = r->failure;
		judge->failures++;
	}
	receipt_write(out, &receipt);
	return 0;
}
