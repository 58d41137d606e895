#include "cmd/status/sources.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/isotime.h"
#include "common/base/xalloc.h"

void
sources_init(struct sources *s)
{
	*s = (struct sources){ .list = NULL };
}

void
sources_release(struct sources *s)
{
	for (size_t i = 0; i < s->count; i++) {
		free(s->list[i].name);
		free(s->list[i].feed_error);
	}
	free(s->list);
	sources_init(s);
}

/* The source of that name, added when it is new. */
static struct source *
sources_get(struct sources *s, struct str name)
{
	struct source source = { .name = NULL };

	for (size_t i = 0; i < s->count; i++) {
		size_t at = (s->last + i) % s->count;

		if (!str_eq(name, str_from(s->list[at].name)))
			continue;
		s->last = at;
		return &s->list[at];
	}
	source.name = xmemdup0(name.ptr ? name.ptr : "", name.len);
	s->list = xgrow(s->list, s->count, &s->cap, sizeof(source));
	s->list[s->count] = source;
	s->last = s->count;
	return &s->list[s->count++];
}

void
sources_add_article(struct sources *s, const struct index_article *a,
	int64_t now_s)
{
	struct source *source = sources_get(s, a->source);

	source->recent_s[source->articles % SOURCES_RECENT] = a->first_s;
	source->articles++;
	source->ahead += a->last_s > now_s + ISOTIME_AHEAD_S;
	source->versions += a->versions;
	source->gone += a->state == INDEX_GONE;
	source->moved += a->state == INDEX_MOVED;
	if (source->last_new_s < a->first_s)
		source->last_new_s = a->first_s;
	if (source->last_change_s < a->last_s)
		source->last_change_s = a->last_s;
}

void
sources_add_feed(struct sources *s, struct str name,
	const struct schedule_entry *e, int64_t due_s, int64_t now_s)
{
	struct source *source = sources_get(s, name);

	source->feeds++;
	if (due_s < now_s)
		due_s = now_s;
	if (!source->feeds_next_s || due_s < source->feeds_next_s)
		source->feeds_next_s = due_s;
	if (!e->checks)
		return;
	if (!source->feeds_first_s || e->first_s < source->feeds_first_s)
		source->feeds_first_s = e->first_s;
	if (!e->failures) {
		if (source->feeds_read_s < e->checked_s)
			source->feeds_read_s = e->checked_s;
		return;
	}
	source->feeds_failing++;
	free(source->feed_error);
	source->feed_error = xmemdup0(e->error.ptr, e->error.len);
}

void
sources_add_entry(struct sources *s, const struct schedule_entry *e,
	int64_t now_s)
{
	struct source *source = sources_get(s, e->source);

	source->failing += e->failures > 0 && e->state != SCHEDULE_ABSENT;
	source->missing += e->misses > 0;
	source->ahead += e->checked_s > now_s + ISOTIME_AHEAD_S;
	if (!e->next_s)
		return;
	source->scheduled++;
	source->due += e->next_s <= now_s;
	if (!source->next_s || e->next_s < source->next_s)
		source->next_s = e->next_s;
}

static int
by_name(const void *a, const void *b)
{
	const struct source *x = a, *y = b;

	return strcmp(x->name, y->name);
}

void
sources_sort(struct sources *s)
{
	if (s->count)
		qsort(s->list, s->count, sizeof(*s->list), by_name);
	s->last = 0;
}

/* The gap before the arrival that is `back` before the newest. */
static int64_t
gap_s(const struct source *source, int64_t back)
{
	int64_t at = source->articles - 1 - back;

	return source->recent_s[at % SOURCES_RECENT] -
		source->recent_s[(at - 1) % SOURCES_RECENT];
}

static int64_t
gaps(const struct source *source)
{
	if (source->articles >= SOURCES_RECENT)
		return SOURCES_RECENT - 1;
	return source->articles ? source->articles - 1 : 0;
}

int64_t
source_longest_gap_s(const struct source *source)
{
	int64_t longest_s = 0;

	for (int64_t i = 0; i < gaps(source); i++)
		if (gap_s(source, i) > longest_s)
			longest_s = gap_s(source, i);
	return longest_s;
}

/* What came together with another tells nothing of how often they come. */
static bool
is_young(const struct source *source)
{
	int64_t known = 0;

	for (int64_t i = 0; i < gaps(source); i++)
		known += gap_s(source, i) > 0;
	return known < SOURCES_YOUNG_GAPS;
}

int64_t
source_quiet_since_s(const struct source *source)
{
	return source->last_new_s > source->feeds_first_s ?
		source->last_new_s : source->feeds_first_s;
}

bool
source_is_silent(const struct source *source, int64_t now_s)
{
	int64_t limit_s = SOURCES_SILENT_GAPS * source_longest_gap_s(source);
	int64_t least_s = source->articles && is_young(source) ?
		SOURCES_YOUNG_S : SOURCES_SILENT_S;

	if (!source->feeds_first_s)
		return false;
	return now_s - source_quiet_since_s(source) >
		(limit_s > least_s ? limit_s : least_s);
}
