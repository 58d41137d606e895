#include "common/archive/lookup.h"

#include "common/base/number.h"
#include "common/web/urlkey.h"
#include "common/web/urlshape.h"

enum { NEAREST_BYTES = 8192 };

static int
find_key_of(struct index_article *out, struct index *index, struct str url,
	struct arena *arena, struct err *err)
{
	struct str key;

	int found;

	if (urlkey_of(&key, url, NULL, arena, NULL) < 0)
		return 0;
	found = index_find(out, index, key, arena, err);
	if (found != 0 || urlkey_before(&key, url, NULL, arena, NULL) < 0)
		return found;
	return index_find(out, index, key, arena, err);
}

/* A slash at the end is part of the address, but people leave it out. */
static int
find_with_slash(struct index_article *out, struct index *index, struct str name,
	struct arena *arena, struct err *err)
{
	struct strbuf with;
	int found;

	if (str_ends(name, STR("/")))
		return find_key_of(out, index,
			str_sub(name, 0, name.len - 1), arena, err);
	strbuf_init(&with, name.len + 1);
	strbuf_adds(&with, name);
	strbuf_addc(&with, '/');
	found = find_key_of(out, index, strbuf_str(&with), arena, err);
	strbuf_release(&with);
	return found;
}

/* The address as telephones have it, or with parameters that name nothing. */
static int
find_by_shape(struct index_article *out, struct index *index, struct str name,
	struct arena *arena, struct err *err)
{
	static const char *const hosts[] = { "https://www.", "https://" };
	struct strbuf wanted;
	int found = 0;

	if (!str_starts(name, STR("http")))
		return 0;
	strbuf_init(&wanted, name.len + 32);
	for (size_t i = 0; i < 2 && found == 0; i++) {
		strbuf_reset(&wanted);
		strbuf_adds(&wanted, str_from(hosts[i]));
		urlshape_add(&wanted, name);
		found = find_key_of(out, index, strbuf_str(&wanted), arena,
			err);
	}
	strbuf_release(&wanted);
	return found;
}

/* Every way to find it but by its key as it stands. */
static int
find_other(struct index_article *out, struct index *index, struct str name,
	struct arena *arena, struct err *err)
{
	int found = find_key_of(out, index, name, arena, err);

	if (found == 0)
		found = find_with_slash(out, index, name, arena, err);
	if (found == 0)
		found = find_by_shape(out, index, name, arena, err);
	return found;
}

/* An address as a browser's bar shows it: without "https://". */
static int
find_without_scheme(struct index_article *out, struct index *index,
	struct str name, struct arena *arena, struct err *err)
{
	struct strbuf whole;
	ptrdiff_t dot = str_find_byte(name, '.');
	int found;

	if (dot <= 0 || str_find(name, STR("://")) >= 0)
		return 0;
	strbuf_init(&whole, name.len + 8);
	strbuf_adds(&whole, STR("https://"));
	strbuf_adds(&whole, name);
	found = find_other(out, index, strbuf_str(&whole), arena, err);
	strbuf_release(&whole);
	return found;
}

int
lookup_article(struct index_article *out, struct index *index, struct str name,
	struct arena *arena, struct err *err)
{
	int found = index_find(out, index, name, arena, err);

	if (found == 0)
		found = index_find_path(out, index, name, arena, err);
	if (found == 0)
		found = find_other(out, index, name, arena, err);
	if (found == 0)
		found = find_without_scheme(out, index, name, arena, err);
	if (found == 0)
		err_set(err, "no article '%.*s' in the archive",
			STR_ARGS(name));
	return found;
}

/* ---- The nearest ---- */

static struct str
without_scheme(struct str address)
{
	ptrdiff_t at = str_find(address, STR("://"));

	if (at >= 0)
		address = str_sub(address, (size_t)at + 3, address.len);
	if (str_starts(address, STR("www.")))
		address = str_sub(address, 4, address.len);
	return address;
}

/* How many bytes two addresses have in common at their ends. */
static size_t
in_common(struct str a, struct str b)
{
	size_t least = a.len < b.len ? a.len : b.len, head = 0, tail = 0;

	while (head < least && a.ptr[head] == b.ptr[head])
		head++;
	while (tail < least - head &&
		a.ptr[a.len - 1 - tail] == b.ptr[b.len - 1 - tail])
		tail++;
	return head + tail;
}

/*
 * Says which article may have been meant: the one whose key shares most with
 * the address, if that is nearly all of it.
 */
static void
tell_unknown(struct index *index, struct str name, struct err *err)
{
	struct index_cursor *cursor;
	struct index_article a;
	struct str wanted = without_scheme(name);
	struct strbuf nearest;
	size_t best = 0;

	strbuf_init(&nearest, NEAREST_BYTES);
	if (wanted.len > 0 &&
		index_articles(&cursor, index, STR(""), NULL) == 0) {
		while (index_next_article(&a, cursor, NULL) > 0) {
			struct str key = without_scheme(a.key);
			size_t common = in_common(wanted, key);
			size_t longer = wanted.len > key.len ? wanted.len :
							       key.len;

			if (common <= best || longer - common > longer / 4)
				continue;
			best = common;
			strbuf_reset(&nearest);
			strbuf_adds(&nearest, a.key);
		}
		index_cursor_free(cursor);
	}
	if (nearest.len > 0)
		err_set(err, "no article '%.*s' in the archive; did you mean "
			"%s?", STR_ARGS(name), nearest.ptr);
	strbuf_release(&nearest);
}

int
lookup_asked(struct index_article *out, struct index *index, struct str name,
	struct arena *arena, struct err *err)
{
	int found = lookup_article(out, index, name, arena, err);

	if (found == 0)
		tell_unknown(index, name, err);
	return found;
}

int
lookup_withdrawn(struct index_version *out, struct index *index,
	const struct index_article *article, struct arena *arena,
	struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	int got, found = 0;

	if (article->state != INDEX_GONE)
		return 0;
	if (index_versions(&cursor, index, article->id, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0) {
		if (v.event != RECEIPT_GONE)
			continue;
		*out = (struct index_version){ .event = v.event,
			.commit = v.commit,
			.fetched_s = v.fetched_s,
			.reason = arena_dup(arena, v.reason) };
		found = 1;
	}
	index_cursor_free(cursor);
	return got < 0 ? -1 : found;
}

int
lookup_version(int64_t *out, struct str text)
{
	*out = str_eq(text, STR("latest")) ? LOOKUP_LATEST : 1;
	if (*out == LOOKUP_LATEST || str_eq(text, STR("first")))
		return 0;
	return number_parse(out, text, 0, INT64_MAX);
}
