#include "cmd/commit/judgename.h"

#include "common/archive/urlpath.h"
#include "common/web/urlkey.h"

enum {
	SHARED_BLOCK_BYTES = 40, /* shorter blocks are too common to tell */
	PATH_BYTES = 4096
};

struct str
judge_key_of(struct judge *judge, struct str url)
{
	struct str key;

	return urlkey_of(&key, url, &judge->session->tracking, judge->arena,
		       NULL) < 0 ? url : key;
}

/* The key that the record wants; the archive may know more parameters that
 * only track the reader than stet-extract did. */
static struct str
wanted_key(struct judge *judge, const struct record *r)
{
	const struct article *a = &r->article;

	if (a->key.len == 0)
		return judge_key_of(judge, r->url);
	return judge->session->tracking.count > 0 ?
		judge_key_of(judge, a->key) : a->key;
}

static bool
has_block(const struct document *d, struct str text)
{
	for (size_t i = 0; i < d->blocks_count; i++)
		if (str_eq(d->blocks[i].text, text))
			return true;
	return false;
}

/* Whether the texts are of two articles: no headline and no block in common. */
static bool
other_article(const struct document *a, const struct document *b)
{
	if (str_eq_nocase(a->title, b->title))
		return false;
	for (size_t i = 0; i < b->blocks_count; i++)
		if (b->blocks[i].text.len >= SHARED_BLOCK_BYTES &&
			has_block(a, b->blocks[i].text))
			return false;
	return true;
}

/* Whether what stands under the canonical URL is another page's article. */
static int
is_shared(struct judge *judge, const struct record *r, struct str own,
	struct err *err)
{
	struct document stored, mine;

	if (r->article.event != EVENT_ARTICLE ||
		str_eq(judge_key_of(judge, r->row.url), own))
		return 0;
	if (session_document(&stored, judge->session, &r->row.blob,
		    judge->arena, err) < 0)
		return -1;
	if (document_from_article(&mine, &r->article, r->row.url,
		    judge->arena, NULL) < 0)
		return 0;
	return other_article(&stored, &mine);
}

/*
 * An archive of an earlier stet may have the article under the key that was
 * made of its address then.
 */
static int
find_before(struct judge *judge, struct record *r, struct str key,
	struct err *err)
{
	const struct str urls[] = { r->url, r->article.canonical };
	int got = 0;

	for (size_t i = 0; i < 2 && got == 0; i++) {
		struct str before;

		if (urls[i].len == 0 || !str_eq(judge_key_of(judge, urls[i]),
				key) || urlkey_before(&before, urls[i],
				&judge->session->tracking, judge->arena,
				NULL) < 0 || str_eq(before, key))
			continue;
		got = index_find(&r->row, judge->session->index, before,
			judge->arena, err);
	}
	return got;
}

static int
find(struct judge *judge, struct record *r, struct str key, struct err *err)
{
	int got = index_find(
		&r->row, judge->session->index, key, judge->arena, err);

	if (got == 0)
		got = find_before(judge, r, key, err);
	r->key = key;
	r->known = got > 0;
	/* What a wrong clock has stored makes no later capture a late one. */
	if (r->known && r->row.last_s > judge->latest_s)
		r->row.last_s = r->fetched_s - 1;
	return got < 0 ? -1 : 0;
}

int
judge_find(struct judge *judge, struct record *r, struct err *err)
{
	struct str key = wanted_key(judge, r), own;
	int shared;

	if (str_eq(key, r->url))
		return find(judge, r, key, err);
	own = judge_key_of(judge, r->url);
	if (!str_eq(own, key)) {
		if (find(judge, r, own, err) < 0)
			return -1;
		if (r->known && str_eq(r->row.key, own))
			return 0;
	}
	if (find(judge, r, key, err) < 0)
		return -1;
	if (!r->known || str_eq(own, key))
		return 0;
	shared = is_shared(judge, r, own, err);
	return shared > 0 ? find(judge, r, own, err) : shared;
}

/* The path with so many digits of the key's digest, in the batch's arena. */
static int
path_with(struct str *out, struct judge *judge, struct str key, size_t digits,
	enum urlpath_place place, struct err *err)
{
	struct strbuf path;
	int result;

	strbuf_init(&path, PATH_BYTES);
	result = urlpath_at(&path, key, digits, place, err);
	*out = arena_dup(judge->arena, strbuf_str(&path));
	strbuf_release(&path);
	return result < 0 || !out->ptr ? -1 : 0;
}

int
judge_path(struct str *out, struct judge *judge, struct str key,
	struct err *err)
{
	enum urlpath_place place = URLPATH_OWN;
	struct index_article other;
	int taken;

	if (path_with(out, judge, key, URLPATH_DIGITS, place, err) < 0)
		return 0;
	if (!session_has_room(judge->session, *out)) {
		place = URLPATH_SPREAD;
		path_with(out, judge, key, URLPATH_DIGITS, place, err);
	}
	taken = index_find_path(&other, judge->session->index, *out,
		judge->arena, err);
	if (taken > 0 && !str_eq(other.key, key))
		return path_with(out, judge, key, URLPATH_MORE_DIGITS, place,
			       err) == 0;
	return taken < 0 ? -1 : 1;
}
