#include "common/search/story.h"

#include <string.h>

#include "common/article/document.h"
#include "common/base/hash.h"

static uint64_t
hash(struct str s)
{
	uint64_t h = hash_str64(s);

	return h ^ h >> 29;
}

/* The place of a paragraph in the table: its own or the free one for it. */
static size_t *
slot(const struct story *s, struct str part)
{
	size_t i = (size_t)hash(part) & (s->table_cap - 1);

	while (s->table[i] != 0 && !str_eq(s->parts[s->table[i] - 1], part))
		i = (i + 1) & (s->table_cap - 1);
	return &s->table[i];
}

static int
grow_table(struct story *s, struct arena *arena, struct err *err)
{
	s->table_cap = s->table_cap ? s->table_cap * 2 : 64;
	s->table = arena_calloc(arena, s->table_cap, sizeof(*s->table));
	if (!s->table)
		return err_set(err, "the article is too large");
	for (size_t i = 0; i < s->parts_count; i++)
		*slot(s, s->parts[i]) = i + 1;
	return 0;
}

static int
grow_parts(struct story *s, struct arena *arena, struct err *err)
{
	size_t cap = s->parts_cap ? s->parts_cap * 2 : 32;

	s->parts = arena_grow(arena, s->parts,
		s->parts_cap * sizeof(*s->parts), cap * sizeof(*s->parts));
	if (!s->parts)
		return err_set(err, "the article is too large");
	s->parts_cap = cap;
	return 0;
}

static int
add_part(struct story *s, struct story_version *v, struct str part,
	struct arena *arena, struct err *err)
{
	size_t *place;

	if (part.len == 0)
		return 0;
	if (s->parts_count * 2 >= s->table_cap && grow_table(s, arena, err) < 0)
		return -1;
	place = slot(s, part);
	if (*place == 0) {
		if (s->parts_count == s->parts_cap &&
			grow_parts(s, arena, err) < 0)
			return -1;
		s->parts[s->parts_count++] = part;
		*place = s->parts_count;
	}
	v->parts[v->parts_count++] = *place - 1;
	return 0;
}

static int
add_document(struct story *s, struct story_version *v,
	const struct document *d, struct arena *arena, struct err *err)
{
	v->parts = arena_calloc(arena, d->blocks_count + 3, sizeof(*v->parts));
	if (!v->parts)
		return err_set(err, "the article is too large");
	if (add_part(s, v, d->title, arena, err) < 0 ||
		add_part(s, v, d->byline, arena, err) < 0 ||
		add_part(s, v, d->summary, arena, err) < 0)
		return -1;
	for (size_t i = 0; i < d->blocks_count; i++)
		if (add_part(s, v, d->blocks[i].text, arena, err) < 0)
			return -1;
	v->known = s->parts_count;
	return 0;
}

/* Copies the strings of a row, which live until the next one is read. */
static void
keep(struct index_version *v, struct arena *arena)
{
	v->title = arena_dup(arena, v->title);
	v->classes = arena_dup(arena, v->classes);
	v->reason = arena_dup(arena, v->reason);
}

static int
add_version(struct story *s, size_t *cap, const struct index_version *row,
	struct gitstore *store, struct arena *arena, struct err *err)
{
	struct story_version *v;
	struct document doc;
	struct str bytes;

	if (s->versions_count == *cap) {
		size_t wanted = *cap ? *cap * 2 : 8;

		v = arena_grow(arena, s->versions, *cap * sizeof(*v),
			wanted * sizeof(*v));
		if (!v)
			return err_set(err, "the article is too large");
		s->versions = v;
		*cap = wanted;
	}
	if (gitstore_read_blob(&bytes, store, &row->blob, arena, err) < 0 ||
		document_parse(&doc, bytes, arena, err) < 0) {
		s->unread++;
		return 0;
	}
	v = &s->versions[s->versions_count];
	*v = (struct story_version){ .version = *row };
	if (s->versions_count == 0)
		s->lang = doc.lang;
	keep(&v->version, arena);
	if (add_document(s, v, &doc, arena, err) < 0)
		return -1;
	s->versions_count++;
	return 0;
}

int
story_load(struct story *out, struct gitstore *store, struct index *index,
	int64_t id, struct arena *arena, struct err *err)
{
	struct index_cursor *cursor;
	struct index_version row;
	size_t cap = 0;
	int got;

	*out = (struct story){ 0 };
	got = index_get(&out->article, index, id, arena, err);
	if (got <= 0)
		return got;
	if (index_versions(&cursor, index, id, err) < 0)
		return -1;
	while ((got = index_next_version(&row, cursor, err)) > 0)
		if (index_is_version(&row) &&
			add_version(out, &cap, &row, store, arena, err) < 0) {
			got = -1;
			break;
		}
	index_cursor_free(cursor);
	if (got < 0)
		return err_prefix(err, "'%.*s'", STR_ARGS(out->article.key));
	return 1;
}
