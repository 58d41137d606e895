#include "common/site/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "common/archive/lookup.h"
#include "common/base/ids.h"
#include "common/base/xalloc.h"

const char *const CATALOG_CLASSES[] = { "headline", "numbers", "quotes",
	"names", "text", "moved", "correction", "removed", "restored" };

enum { CLASS_REMOVED = 7, CLASS_RESTORED = 8 };

/* What the scan needs of an article, by id. */
struct known {
	int64_t id, first_s, versions;
	size_t source;
};

/* An article that moved to where another one is. */
struct ended {
	int64_t id;
	struct str location;
};

struct scan {
	struct catalog *catalog;
	struct known *known; /* by id, growing */
	size_t known_count, known_cap;
	struct ended *ended;
	size_t ended_count, ended_cap;
	struct arena arena; /* their locations */
	const struct hidden *hidden;
	size_t sources_cap;
	int64_t since_seq;
};

static void
append(struct catalog_list *list, struct catalog_entry entry)
{
	list->entries = xgrow(list->entries, list->count, &list->cap,
		sizeof(*list->entries));
	list->entries[list->count++] = entry;
}

/* --- rankings: a heap with the worst at its root --- */

static bool
worse(const struct catalog_entry *a, const struct catalog_entry *b)
{
	return a->weight != b->weight ? a->weight < b->weight :
		a->seq > b->seq;
}

static void
sift_down(struct catalog_list *heap)
{
	struct catalog_entry *e = heap->entries;
	size_t i = 0, child;

	while ((child = 2 * i + 1) < heap->count) {
		struct catalog_entry swap = e[i];

		if (child + 1 < heap->count && worse(&e[child + 1], &e[child]))
			child++;
		if (!worse(&e[child], &e[i]))
			return;
		e[i] = e[child];
		e[child] = swap;
		i = child;
	}
}

static void
sift_up(struct catalog_list *heap)
{
	struct catalog_entry *e = heap->entries;
	size_t i = heap->count - 1;

	while (i > 0 && worse(&e[i], &e[(i - 1) / 2])) {
		struct catalog_entry swap = e[i];

		e[i] = e[(i - 1) / 2];
		e[(i - 1) / 2] = swap;
		i = (i - 1) / 2;
	}
}

static void
rank(struct catalog_list *heap, struct catalog_entry entry)
{
	if (heap->count < CATALOG_RANKS) {
		append(heap, entry);
		sift_up(heap);
	} else if (worse(&heap->entries[0], &entry)) {
		heap->entries[0] = entry;
		sift_down(heap);
	}
}

static int
compare_rank(const void *a, const void *b)
{
	return worse(a, b) ? 1 : worse(b, a) ? -1 : 0;
}

static void
finish_rank(struct catalog_list *heap)
{
	if (heap->count > 1)
		qsort(heap->entries, heap->count, sizeof(*heap->entries),
			compare_rank);
}

/* --- sources and articles --- */

static int
compare_source(const void *a, const void *b)
{
	return str_cmp(((const struct catalog_source *)a)->name,
		((const struct catalog_source *)b)->name);
}

/* Sources are few and mostly met in runs: the last one is tried first. */
static size_t
source_of(struct scan *s, struct str name, size_t hint)
{
	struct catalog *c = s->catalog;

	if (hint < c->sources_count && str_eq(c->sources[hint].name, name))
		return hint;
	for (size_t i = 0; i < c->sources_count; i++)
		if (str_eq(c->sources[i].name, name))
			return i;
	c->sources = xgrow(c->sources, c->sources_count, &s->sources_cap,
		sizeof(*c->sources));
	c->sources[c->sources_count] = (struct catalog_source){
		.name = { xmemdup0(name.ptr, name.len), name.len } };
	return c->sources_count++;
}

static void
note_ended(struct scan *s, const struct index_article *a)
{
	s->ended = xgrow(s->ended, s->ended_count, &s->ended_cap,
		sizeof(*s->ended));
	s->ended[s->ended_count++] = (struct ended){ a->id,
		arena_dup(&s->arena, a->location) };
}

static int
scan_articles(struct scan *s, struct index *index, struct err *err)
{
	struct index_cursor *cursor;
	struct index_article a;
	size_t hint = 0;
	int got;

	if (index_articles(&cursor, index, STR(""), err) < 0)
		return -1;
	while ((got = index_next_article(&a, cursor, err)) > 0) {
		struct catalog_source *source;

		hint = source_of(s, a.source, hint);
		source = &s->catalog->sources[hint];
		s->known = xgrow(s->known, s->known_count, &s->known_cap,
			sizeof(*s->known));
		s->known[s->known_count++] = (struct known){ a.id, a.first_s,
			a.versions, hint };
		if (a.state == INDEX_MOVED)
			note_ended(s, &a);
		source->articles = xgrow(source->articles,
			source->articles_count, &source->articles_cap,
			sizeof(*source->articles));
		source->articles[source->articles_count++] = a.id;
		if (hidden_has(s->hidden, a.id))
			continue;
		s->catalog->articles++;
		source->withdrawn += a.state == INDEX_GONE;
	}
	index_cursor_free(cursor);
	return got;
}

static struct known *
find_known(struct scan *s, int64_t id)
{
	return s->known_count == 0 ? NULL :
		bsearch(&id, s->known, s->known_count, sizeof(*s->known),
			ids_compare);
}

/* --- the pass over the history --- */

static void
class_lists(struct catalog *c, const struct index_version *v,
	struct catalog_entry entry)
{
	struct str name, classes = v->classes;

	if (v->event == RECEIPT_GONE)
		append(&c->classes[CLASS_REMOVED], entry);
	if (v->event == RECEIPT_RESTORED)
		append(&c->classes[CLASS_RESTORED], entry);
	while (classes.len > 0 && str_field(&name, &classes, ','))
		for (size_t i = 0; i < CLASS_REMOVED; i++)
			if (str_eq(str_trim(name),
				    str_from(CATALOG_CLASSES[i])))
				append(&c->classes[i], entry);
}

static void
rankings(struct scan *s, const struct index_version *v,
	const struct known *article, struct catalog_entry entry)
{
	int64_t words = v->words_added + v->words_removed;

	/* Where no word changed there is nothing to be ranked. */
	if (v->event != RECEIPT_CHANGED || words == 0 ||
		hidden_has(s->hidden, v->article))
		return;
	entry.weight = words;
	rank(&s->catalog->biggest, entry);
	if (v->number == 2) {
		entry.weight = article->first_s - v->fetched_s;
		rank(&s->catalog->quickest, entry);
	}
}

static void
note_move(struct catalog *c, const struct index_version *v)
{
	c->moves = xgrow(c->moves, c->moves_count, &c->moves_cap,
		sizeof(*c->moves));
	c->moves[c->moves_count++] = (struct catalog_move){ v->article,
		v->commit };
}

/* What an incremental rendering has to look at. */
static void
note_since(struct scan *s, const struct index_version *v,
	struct catalog_source *source)
{
	struct catalog *c = s->catalog;

	if (v->seq > c->last_seq)
		c->last_seq = v->seq;
	if (v->seq > source->last_seq)
		source->last_seq = v->seq;
	if (v->seq <= s->since_seq)
		return;
	c->touched = xgrow(c->touched, c->touched_count, &c->touched_cap,
		sizeof(*c->touched));
	c->touched[c->touched_count++] = v->article;
	source->fresh += v->event == RECEIPT_NEW;
	c->moved = c->moved || v->event == RECEIPT_MOVED;
}

static void
scan_event(struct scan *s, const struct index_version *v)
{
	struct catalog *c = s->catalog;
	const struct known *article = find_known(s, v->article);
	struct catalog_source *source;
	struct catalog_entry entry = { v->seq, v->article, v->number, 0,
		!index_is_version(v) };

	if (!article)
		return;
	source = &c->sources[article->source];
	note_since(s, v, source);
	if (v->event == RECEIPT_MOVED)
		note_move(c, v);
	if (!hidden_has(s->hidden, v->article)) {
		c->versions += !entry.ended;
		source->versions += !entry.ended;
	}
	if (v->event == RECEIPT_MINOR)
		append(&c->minor, entry);
	if (v->event == RECEIPT_NEW || v->event == RECEIPT_MINOR ||
		v->event == RECEIPT_TECHNICAL)
		return;
	append(&c->changes, entry);
	append(&source->changes, entry);
	if (v->event == RECEIPT_GONE)
		append(&c->removed, entry);
	if (v->fetched_s > source->last_s)
		source->last_s = v->fetched_s;
	class_lists(c, v, entry);
	rankings(s, v, article, entry);
}

static int
scan_history(struct scan *s, struct index *index, struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	int got;

	if (index_history(&cursor, index, 1, INT64_MAX, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0)
		scan_event(s, &v);
	index_cursor_free(cursor);
	return got;
}

/* The history was read newest first. */
static void
reverse(struct catalog_list *list)
{
	for (size_t i = 0; i < list->count / 2; i++) {
		struct catalog_entry swap = list->entries[i];

		list->entries[i] = list->entries[list->count - 1 - i];
		list->entries[list->count - 1 - i] = swap;
	}
}

/* --- articles that led to others --- */

static int
compare_end(const void *a, const void *b)
{
	const struct catalog_end *x = a, *y = b;

	return x->to != y->to ? (x->to < y->to ? -1 : 1) :
		ids_compare(&x->from, &y->from);
}

static int
find_ends(struct scan *s, struct index *index, struct err *err)
{
	struct catalog *c = s->catalog;
	struct index_article to;
	struct arena scratch;
	int got = 0;

	arena_init(&scratch, 16 << 20);
	for (size_t i = 0; i < s->ended_count && got >= 0; i++) {
		const struct ended *e = &s->ended[i];

		arena_reset(&scratch);
		got = lookup_article(&to, index, e->location, &scratch, err);
		if (got <= 0 || to.id == e->id)
			continue;
		c->ends = xgrow(c->ends, c->ends_count, &c->ends_cap,
			sizeof(*c->ends));
		c->ends[c->ends_count++] = (struct catalog_end){ to.id, e->id };
	}
	arena_release(&scratch);
	if (c->ends_count > 1)
		qsort(c->ends, c->ends_count, sizeof(*c->ends), compare_end);
	return got < 0 ? -1 : 0;
}

size_t
catalog_led(const struct catalog *c, int64_t article)
{
	size_t low = 0, high = c->ends_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (c->ends[middle].to < article)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
finish(struct scan *s)
{
	struct catalog *c = s->catalog;

	c->touched_count = ids_sort(c->touched, c->touched_count);
	for (size_t i = 0; i < s->known_count; i++) {
		const struct known *k = &s->known[i];

		if (k->versions > 1 &&
			!hidden_has(s->hidden, k->id))
			rank(&c->most, (struct catalog_entry){ .seq = k->id,
				.article = k->id, .number = k->versions,
				.weight = k->versions });
	}
	finish_rank(&c->most);
	finish_rank(&c->biggest);
	finish_rank(&c->quickest);
	reverse(&c->changes);
	reverse(&c->minor);
	reverse(&c->removed);
	for (size_t i = 0; i < CATALOG_CLASS_COUNT; i++)
		reverse(&c->classes[i]);
	for (size_t i = 0; i < c->sources_count; i++)
		reverse(&c->sources[i].changes);
	if (c->sources_count > 1)
		qsort(c->sources, c->sources_count, sizeof(*c->sources),
			compare_source);
}

int
catalog_load(struct catalog **out, struct index *index, int64_t since_seq,
	const struct hidden *hidden, struct err *err)
{
	struct scan s = { .hidden = hidden, .since_seq = since_seq };
	int failed;

	s.catalog = xcalloc(1, sizeof(*s.catalog));
	arena_init(&s.arena, CATALOG_LOCATIONS);
	failed = scan_articles(&s, index, err) < 0 ||
		scan_history(&s, index, err) < 0;
	finish(&s);
	failed = failed || find_ends(&s, index, err) < 0;
	free(s.known);
	free(s.ended);
	arena_release(&s.arena);
	*out = s.catalog;
	if (failed) {
		catalog_free(s.catalog);
		*out = NULL;
	}
	return failed ? -1 : 0;
}

void
catalog_free(struct catalog *c)
{
	if (!c)
		return;
	free(c->changes.entries);
	free(c->minor.entries);
	free(c->removed.entries);
	for (size_t i = 0; i < CATALOG_CLASS_COUNT; i++)
		free(c->classes[i].entries);
	free(c->most.entries);
	free(c->biggest.entries);
	free(c->quickest.entries);
	for (size_t i = 0; i < c->sources_count; i++) {
		free((char *)(uintptr_t)c->sources[i].name.ptr);
		free(c->sources[i].changes.entries);
		free(c->sources[i].articles);
	}
	free(c->sources);
	free(c->touched);
	free(c->moves);
	free(c->ends);
	free(c);
}
