#include "common/search/search.h"

#include <string.h>

#include "common/archive/archive.h"
#include "common/archive/hidden.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/search/database.h"
#include "common/search/fold.h"
#include "common/search/story.h"

enum { BESIDE_BYTES = 90 }; /* of a snippet on each side of the match */

struct searching {
	const struct search_options *options;
	struct search_report *report;
	const struct query *query;
	void (*hit)(void *context, const struct search_hit *hit);
	void *context;
	struct gitstore *store;
	struct index *index;
	struct database *db;
	struct hidden hidden;
	struct arena arena;
	struct query_text text; /* of one paragraph */
	/* Of the article at hand: how often term t occurs in paragraph p is
	 * occurs[p * query->count + t]. */
	uint32_t *occurs;
	struct story story;
	size_t skipped;
};

/* --- counting --- */

static int
count_terms(struct searching *s, struct err *err)
{
	size_t terms = s->query->count;

	s->occurs = arena_calloc(&s->arena, s->story.parts_count + 1,
		terms * sizeof(*s->occurs));
	if (!s->occurs)
		return err_set(err, "'%.*s': the article is too large",
			STR_ARGS(s->story.article.key));
	for (size_t p = 0; p < s->story.parts_count; p++) {
		query_text_read(&s->text, s->story.parts[p]);
		for (size_t t = 0; t < terms; t++)
			s->occurs[p * terms + t] = (uint32_t)query_occurs(
				s->query, t, &s->text);
	}
	return 0;
}

/* How often a term occurs in a version. */
static uint64_t
total(const struct searching *s, size_t n, size_t t)
{
	const struct story_version *v = &s->story.versions[n];
	uint64_t sum = 0;

	for (size_t i = 0; i < v->parts_count; i++)
		sum += s->occurs[v->parts[i] * s->query->count + t];
	return sum;
}

/* Whether a version has all that is wanted and nothing that is excluded. */
static bool
has_all(const struct searching *s, size_t n)
{
	for (size_t t = 0; t < s->query->count; t++)
		if ((total(s, n, t) > 0) == s->query->terms[t].excluded)
			return false;
	return true;
}

/* Whether version `n` has more of each wanted term than version `than`. */
static bool
has_more(const struct searching *s, size_t n, size_t than)
{
	for (size_t t = 0; t < s->query->count; t++) {
		bool excluded = s->query->terms[t].excluded;

		if (excluded ? total(s, n, t) > 0 :
			total(s, n, t) <= total(s, than, t))
			return false;
	}
	return true;
}

/* --- a hit --- */

/* The paragraph of a version with most of the terms, and of these the first;
 * one that `without` does not have is better. */
static size_t
best_part(const struct searching *s, size_t n,
	const struct story_version *without)
{
	const struct story_version *v = &s->story.versions[n];
	size_t best = v->parts[0], best_score = 0;

	for (size_t i = 0; i < v->parts_count; i++) {
		size_t score = 0, part = v->parts[i];
		bool shared = false;

		for (size_t t = 0; t < s->query->count; t++)
			score += !s->query->terms[t].excluded &&
				s->occurs[part * s->query->count + t] > 0;
		for (size_t k = 0; without && k < without->parts_count; k++)
			shared = shared || without->parts[k] == part;
		if (score > 0 && !shared)
			score += QUERY_TERMS;
		if (score > best_score) {
			best = part;
			best_score = score;
		}
	}
	return best;
}

/* The end of s, at most BESIDE_BYTES, from a word's beginning. */
static struct str
tail(struct str s)
{
	size_t from;

	if (s.len <= BESIDE_BYTES)
		return s;
	from = s.len - BESIDE_BYTES;
	while (from < s.len && (s.ptr[from] & 0xc0) == 0x80)
		from++;
	for (size_t i = from; i < s.len && i < from + 20; i++)
		if (s.ptr[i] == ' ')
			return str_sub(s, i + 1, s.len);
	return str_sub(s, from, s.len);
}

static struct str
head(struct str s)
{
	size_t len;

	if (s.len <= BESIDE_BYTES)
		return s;
	s = utf8_cut(s, BESIDE_BYTES);
	for (len = s.len; len > 0 && len + 20 > s.len; len--)
		if (s.ptr[len - 1] == ' ')
			return str_sub(s, 0, len - 1);
	return s;
}

static void
place(struct searching *s, struct search_hit *hit, struct str part)
{
	size_t from = 0, to = 0;

	query_text_read(&s->text, part);
	hit->match = (struct str){ part.ptr, 0 };
	if (query_place(s->query, &s->text, &from, &to))
		hit->match = fold_origin(part, from, to);
	hit->before = tail((struct str){ part.ptr,
		(size_t)(hit->match.ptr - part.ptr) });
	part = str_sub(part,
		(size_t)(hit->match.ptr - part.ptr) + hit->match.len,
		part.len);
	hit->after = head(part);
}

static bool
has_class(struct str classes, struct str wanted)
{
	struct str name;

	while (classes.len > 0 && str_field(&name, &classes, ','))
		if (str_eq(str_trim(name), wanted))
			return true;
	return false;
}

static bool
wanted(const struct searching *s, const struct index_version *v)
{
	const struct search_options *o = s->options;

	return v->fetched_s >= o->since_s && v->fetched_s < o->until_s &&
		(o->class.len == 0 || has_class(v->classes, o->class));
}

/* Whether the limit lets one more through. */
static bool
admitted(struct searching *s)
{
	const struct search_options *o = s->options;

	if (s->skipped < o->skip) {
		s->skipped++;
		return false;
	}
	if (o->limit > 0 && s->report->hits >= o->limit) {
		s->report->more = true;
		return false;
	}
	return true;
}

/* Reports versions [n, last], the text being that of version `text`. */
static void
report(struct searching *s, size_t n, size_t last, size_t text,
	const struct story_version *without)
{
	const struct story *story = &s->story;
	struct search_hit hit = { .article = &story->article,
		.version = &story->versions[n].version,
		.last = &story->versions[last].version,
		.newest = last + 1 == story->versions_count };

	place(s, &hit, story->parts[best_part(s, text, without)]);
	s->hit(s->context, &hit);
	s->report->hits++;
}

/* --- the three ways to ask --- */

/* Runs of versions that have it: a run is one hit. */
static void
find_texts(struct searching *s)
{
	size_t count = s->story.versions_count;

	for (size_t n = 0; n < count; n++) {
		size_t first = count, last = n;

		if (!has_all(s, n))
			continue;
		while (last + 1 < count && has_all(s, last + 1))
			last++;
		/* Of the run, the versions within the dates. */
		for (size_t i = n; i <= last && first == count; i++)
			if (wanted(s, &s->story.versions[i].version))
				first = i;
		if (first < count && admitted(s))
			report(s, first, last, first, NULL);
		n = last;
	}
}

static void
find_changes(struct searching *s, bool removed)
{
	const struct story_version *v = s->story.versions;

	for (size_t n = 1; n < s->story.versions_count; n++) {
		size_t more = removed ? n - 1 : n, less = removed ? n : n - 1;

		if (!has_more(s, more, less) ||
			!wanted(s, &v[n].version) || !admitted(s))
			continue;
		report(s, n, n, more, &v[less]);
	}
}

static int
look_into(struct searching *s, int64_t id, struct err *err)
{
	const struct search_options *o = s->options;
	int got;

	if (hidden_has(&s->hidden, id))
		return 0;
	arena_reset(&s->arena);
	got = story_load(&s->story, s->store, s->index, id, &s->arena, err);
	if (got <= 0)
		return got;
	s->report->unread += s->story.unread;
	s->text.stem = stems_of(database_stems(s->db), s->story.lang);
	if (o->source.len > 0 && !str_eq(o->source, s->story.article.source))
		return 0;
	if (s->story.versions_count == 0)
		return 0;
	if (count_terms(s, err) < 0)
		return -1;
	if (o->mode == SEARCH_TEXT)
		find_texts(s);
	else
		find_changes(s, o->mode == SEARCH_REMOVED);
	return 0;
}

static int
open_all(struct searching *s, struct err *err)
{
	struct database_options o = { .rebuild = s->options->rebuild,
		.reading = s->options->reading,
		.best = s->options->best,
		.progress = s->options->progress };

	if (archive_open(&s->store, s->options->archive, err) < 0 ||
		(s->options->reading ? index_open_read : index_open)(&s->index,
			s->store, err) < 0 ||
		hidden_load(&s->hidden, s->store, s->index, err) < 0)
		return -1;
	return database_open(&s->db, s->store, s->index, &o, err);
}

static int
find_all(struct searching *s, struct err *err)
{
	struct strbuf match;
	int64_t id;
	int got;

	strbuf_init(&match, 4 * QUERY_BYTES * STEMS_MAX);
	query_match(&match, s->query, database_stems(s->db));
	got = database_find(s->db, strbuf_str(&match), err);
	while (got >= 0 && !s->report->more &&
		(got = database_next(&id, s->db, err)) > 0)
		got = look_into(s, id, err);
	strbuf_release(&match);
	return got < 0 ? -1 : 0;
}

int
search_run(struct search_report *report_, const struct search_options *options,
	const struct query *query,
	void (*hit)(void *context, const struct search_hit *hit), void *context,
	struct err *err)
{
	struct searching s = { .options = options, .report = report_,
		.query = query, .hit = hit, .context = context };
	int failed;

	*report_ = (struct search_report){ 0 };
	arena_init(&s.arena, STORY_ARENA_BYTES);
	query_text_init(&s.text);
	failed = open_all(&s, err) < 0 ||
		(query->wanted > 0 && find_all(&s, err) < 0);
	query_text_release(&s.text);
	arena_release(&s.arena);
	database_close(s.db);
	hidden_release(&s.hidden);
	index_close(s.index);
	gitstore_close(s.store);
	return failed ? -1 : 0;
}
