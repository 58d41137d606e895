/* From the history to the rows of the index. */
#include <string.h>

#include "common/archive/indeximpl.h"
#include "common/base/isotime.h"
#include "common/web/urlkey.h"

enum { RECORD_BYTES = 4 << 20 };

int
index_begin(struct index *index, struct err *err)
{
	return sql_begin(index->db, err);
}

int
index_commit(struct index *index, const struct gitoid *head, struct err *err)
{
	struct sql_stmt *s = index_statement(index, SET_META, err);

	if (!s)
		return -1;
	sql_bind_str(s, 1, STR("head"));
	sql_bind_blob(s, 2, gitoid_str(head));
	if (sql_run(s, err) < 0)
		return -1;
	return sql_commit(index->db, err);
}

void
index_rollback(struct index *index)
{
	sql_rollback(index->db);
}

static int
add_alias(struct index *index, struct str key, int64_t article,
	struct err *err)
{
	struct sql_stmt *s = index_statement(index, ADD_ALIAS, err);

	if (!s)
		return -1;
	sql_bind_str(s, 1, key);
	sql_bind_int(s, 2, article);
	return sql_run(s, err);
}

/* Binds all columns of an article to ?1 to ?18. */
static void
bind_article(struct sql_stmt *s, const struct index_article *a)
{
	sql_bind_int(s, 1, a->id);
	sql_bind_str(s, 2, a->key);
	sql_bind_str(s, 3, a->path);
	sql_bind_str(s, 4, a->url);
	sql_bind_str(s, 5, a->source);
	sql_bind_str(s, 6, a->title);
	sql_bind_int(s, 7, a->state);
	sql_bind_int(s, 8, a->versions);
	sql_bind_int(s, 9, a->first_s);
	sql_bind_int(s, 10, a->last_s);
	sql_bind_blob(s, 11, gitoid_str(&a->commit));
	sql_bind_blob(s, 12, gitoid_str(&a->blob));
	sql_bind_str(s, 13, a->location);
	sql_bind_str(s, 14, a->digest);
	sql_bind_str(s, 15, a->extractor);
	sql_bind_str(s, 16, a->etag);
	sql_bind_str(s, 17, a->last_modified);
	sql_bind_int(s, 18, (int64_t)a->sketch);
}

static int
write_article(struct index *index, enum index_statement which,
	const struct index_article *a, struct err *err)
{
	struct sql_stmt *s = index_statement(index, which, err);

	if (!s)
		return -1;
	bind_article(s, a);
	return sql_run(s, err);
}

static int
add_version(struct index *index, const struct index_version *v,
	struct err *err)
{
	struct sql_stmt *s = index_statement(index, ADD_VERSION, err);

	if (!s)
		return -1;
	sql_bind_int(s, 1, v->article);
	sql_bind_int(s, 2, v->number);
	sql_bind_int(s, 3, v->event);
	sql_bind_blob(s, 4, gitoid_str(&v->commit));
	sql_bind_blob(s, 5, gitoid_str(&v->blob));
	sql_bind_int(s, 6, v->fetched_s);
	sql_bind_str(s, 7, v->title);
	sql_bind_str(s, 8, v->classes);
	sql_bind_int(s, 9, v->words_added);
	sql_bind_int(s, 10, v->words_removed);
	sql_bind_str(s, 11, v->reason);
	sql_bind_str(s, 12, v->location);
	return sql_run(s, err);
}

static int
drop_alias(struct index *index, struct str key, struct err *err)
{
	struct sql_stmt *s = index_statement(index, DROP_ALIAS, err);

	if (!s)
		return -1;
	sql_bind_str(s, 1, key);
	return sql_run(s, err);
}

/*
 * The article takes the new key and path; the old key becomes an alias. What
 * was an alias under the new key is one no more.
 */
static int
rename_article(struct index *index, struct index_article *a,
	const struct message *m, struct err *err)
{
	if (drop_alias(index, m->key, err) < 0)
		return -1;
	a->key = m->key;
	a->path = m->path;
	if (write_article(index, SET_KEY, a, err) < 0)
		return -1;
	return add_alias(index, m->old_key, a->id, err);
}

static void
join_classes(struct strbuf *out, const struct strlist *classes)
{
	for (size_t i = 0; i < classes->count; i++) {
		if (i > 0)
			strbuf_adds(out, STR(", "));
		strbuf_adds(out, classes->items[i]);
	}
}

/* Sixteen hexadecimal digits; 0: the message has none. */
static uint64_t
parse_sketch(struct str hex)
{
	uint64_t n = 0;

	for (size_t i = 0; i < hex.len; i++) {
		const char *digits = "0123456789abcdef";
		const char *at = memchr(digits, hex.ptr[i], 16);

		if (!at || i == 16)
			return 0;
		n = n << 4 | (uint64_t)(at - digits);
	}
	return n & INT64_MAX;
}

/* What the commit makes of the article; `a` is zero for a new one. */
static void
advance(struct index_article *a, const struct index_version *v,
	const struct message *m)
{
	if (a->id == 0) {
		a->key = m->key;
		a->path = m->path;
		a->url = m->url;
		a->source = m->source;
		a->first_s = v->fetched_s;
	}
	a->last_s = v->fetched_s;
	a->location = m->location;
	if (v->event == RECEIPT_GONE) {
		a->state = INDEX_GONE;
	} else if (v->event == RECEIPT_MOVED) {
		a->state = m->old_key.len > 0 ? a->state : INDEX_MOVED;
	} else {
		a->state = INDEX_LIVE;
		a->versions = v->number;
		a->commit = v->commit;
		a->blob = v->blob;
		a->title = m->headline;
		a->digest = m->digest;
		a->extractor = m->extractor;
		a->etag = m->etag;
		a->last_modified = m->last_modified;
		a->sketch = parse_sketch(m->sketch);
	}
}

static int
store_article(struct index *index, struct index_article *a, struct err *err)
{
	if (a->id != 0)
		return write_article(index, SET_ARTICLE, a, err);
	if (write_article(index, ADD_ARTICLE, a, err) < 0)
		return -1;
	a->id = sql_last_id(index->db);
	return 0;
}

static int
apply(struct index *index, struct index_article *a, struct index_version *v,
	const struct message *m, struct err *err)
{
	bool renames = v->event == RECEIPT_MOVED && m->old_key.len > 0;

	if (a->id == 0 && !index_is_version(v))
		return 0; /* of an article that this history never had */
	v->number = a->versions + (index_is_version(v) ? 1 : 0);
	advance(a, v, m);
	if (store_article(index, a, err) < 0)
		return -1;
	if (renames && rename_article(index, a, m, err) < 0)
		return -1;
	v->article = a->id;
	return add_version(index, v, err);
}

/* A key that has no article of its own is another name of this one. */
static int
alias_free(struct index *index, const struct index_article *a, struct str key,
	struct arena *arena, struct err *err)
{
	struct index_article other;
	int got = index_find(&other, index, key, arena, err);

	return got != 0 ? (got < 0 ? -1 : 0) :
		add_alias(index, key, a->id, err);
}

/* The page's own URL, where it has another key, and what redirects to it. */
static int
add_aliases(struct index *index, const struct index_article *a,
	const struct message *m, struct arena *arena, struct err *err)
{
	struct str own;

	for (size_t i = 0; i < m->aliases.count; i++)
		if (alias_free(index, a, m->aliases.items[i], arena, err) < 0)
			return -1;
	if (m->event == RECEIPT_MOVED || str_eq(m->url, m->key) ||
		urlkey_of(&own, m->url, NULL, arena, NULL) < 0 ||
		str_eq(own, m->key))
		return 0;
	return alias_free(index, a, own, arena, err);
}

/*
 * The article that the commit is of, by its key before the commit. The first
 * version of an article ends its key's being another name of some other one.
 */
static int
find_article(struct index_article *out, struct index *index,
	const struct message *m, struct arena *arena, struct err *err)
{
	struct str key = m->event == RECEIPT_MOVED && m->old_key.len > 0 ?
		m->old_key : m->key;
	int got;

	if (m->event == RECEIPT_NEW && drop_alias(index, key, err) < 0)
		return -1;
	got = index_find(out, index, key, arena, err);
	if (got == 0)
		*out = (struct index_article){ 0 };
	return got < 0 ? -1 : 0;
}

/* A commit whose message does not name its blob: the tree does. */
static int
find_blob(struct gitoid *out, struct index *index, const struct gitoid *commit,
	const struct message *m, struct err *err)
{
	if (gitoid_parse(out, m->blob) == 0)
		return 0;
	if (m->event == RECEIPT_GONE ||
		(m->event == RECEIPT_MOVED && m->old_key.len == 0))
		return 0; /* the commit deleted the file */
	return gitstore_path_blob(out, index->store, commit, m->path, err) < 0 ?
		-1 : 0;
}

int
index_apply(struct index *index, const struct gitoid *commit, int64_t time_s,
	const struct message *m, struct err *err)
{
	struct index_article article;
	struct index_version v = { .commit = *commit,
		.event = m->event,
		.fetched_s = time_s,
		.title = m->headline,
		.words_added = m->words_added,
		.words_removed = m->words_removed,
		.reason = m->reason,
		.location = m->location };
	struct strbuf classes;
	struct arena arena;
	int result = -1;

	arena_init(&arena, RECORD_BYTES);
	strbuf_init(&classes, MESSAGE_BYTES);
	if (isotime_parse(&v.fetched_s, m->fetched) < 0)
		v.fetched_s = time_s;
	join_classes(&classes, &m->classes);
	v.classes = strbuf_str(&classes);
	if (find_article(&article, index, m, &arena, err) == 0 &&
		find_blob(&v.blob, index, commit, m, err) == 0)
		result = apply(index, &article, &v, m, err);
	if (result == 0 && article.id != 0)
		result = add_aliases(index, &article, m, &arena, err);
	strbuf_release(&classes);
	arena_release(&arena);
	return result;
}

/* Applies commits in order; those that are not stet's are passed over. */
static int
apply_list(struct index *index, const struct gitoid *commits, size_t count,
	struct err *err)
{
	struct gitcommit commit;
	struct message m;
	struct arena arena;
	int result = 0;

	arena_init(&arena, RECORD_BYTES);
	for (size_t i = 0; i < count && result == 0; i++) {
		arena_reset(&arena);
		result = gitstore_read_commit(
			&commit, index->store, &commits[i], &arena, err);
		if (result == 0 &&
			message_parse(&m, commit.message, &arena, NULL) == 0)
			result = index_apply(index, &commits[i],
				commit.time_s, &m, err);
	}
	arena_release(&arena);
	return result;
}

/* The commits from `base` to `head`, in order, into the tables. */
static int
apply_from(struct index *index, const struct gitoid *base,
	const struct gitoid *head, bool *rewritten, int64_t *applied,
	struct err *err)
{
	struct gitoid *commits;
	size_t count;
	int result;

	if (gitstore_list(&commits, &count, index->store, base, head,
		    rewritten, err) < 0)
		return -1;
	result = apply_list(index, commits, count, err);
	free(commits);
	if (applied)
		*applied = (int64_t)count;
	return result;
}

int
index_remake(struct index *index, const struct gitoid *head, int64_t *applied,
	struct err *err)
{
	const struct gitoid none = { { 0 } };

	if (index_drop_orders(index, err) < 0 ||
		sql_exec(index->db, "DELETE FROM article; DELETE FROM version;"
				    "DELETE FROM alias; DELETE FROM meta",
			err) < 0 ||
		apply_from(index, &none, head, NULL, applied, err) < 0)
		return -1;
	return index_add_orders(index, err);
}

/* Within a transaction, from what the index has to the newest commit. */
static int
advance_to(struct index *index, const struct gitoid *head, int64_t *applied,
	struct err *err)
{
	struct gitoid base;
	bool rewritten = false;

	if (index_head(&base, index, err) < 0)
		return -1;
	if (apply_from(index, &base, head, &rewritten, applied, err) == 0)
		return 0;
	return rewritten ? index_remake(index, head, applied, err) : -1;
}

static int
update(struct index *index, int64_t *applied, bool anew, struct err *err)
{
	struct gitoid head;
	int result;

	if (!index->writable)
		return err_set(err, "the index cannot be written");
	if (index_begin(index, err) < 0)
		return -1;
	result = gitstore_head(&head, index->store, err) < 0 ? -1 :
		anew ? index_remake(index, &head, applied, err) :
		       advance_to(index, &head, applied, err);
	if (result == 0 && index_commit(index, &head, err) == 0)
		return 0;
	index_rollback(index);
	return -1;
}

int
index_catch_up(struct index *index, int64_t *applied, struct err *err)
{
	return update(index, applied, false, err);
}

int
index_rebuild(struct index *index, int64_t *applied, struct err *err)
{
	return update(index, applied, true, err);
}
