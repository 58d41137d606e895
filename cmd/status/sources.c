#include "cmd/status/sources.h"

#include <stdlib.h>
#include <string.h>

#include "common/xalloc.h"

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

struct source *
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
sources_add_article(struct sources *s, const struct index_article *a)
{
	struct source *source = sources_get(s, a->source);

	source->recent_s[source->articles % SOURCES_RECENT] = a->first_s;
	source->articles++;
	source->versions += a->versions;
	source->gone += a->state == INDEX_GONE;
	source->moved += a->state == INDEX_MOVED;
	if (source->last_new_s < a->first_s)
		source->last_new_s = a->first_s;
	if (source->last_change_s < a->last_s)
		source->last_change_s = a->last_s;
}

static void
add_feed(struct source *source, const struct schedule_entry *e)
{
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

	if (e->kind == SCHEDULE_FEED) {
		add_feed(source, e);
		return;
	}
	source->failing += e->failures > 0 && e->state != SCHEDULE_ABSENT;
	source->missing += e->misses > 0;
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

int64_t
source_longest_gap_s(const struct source *source)
{
	int64_t count = source->articles < SOURCES_RECENT ? source->articles :
		SOURCES_RECENT;
	int64_t longest_s = 0;

	for (int64_t i = 1; i < count; i++) {
		int64_t at = source->articles - i;
		int64_t gap_s = source->recent_s[at % SOURCES_RECENT] -
			source->recent_s[(at - 1) % SOURCES_RECENT];

		longest_s = gap_s > longest_s ? gap_s : longest_s;
	}
	return longest_s;
}

bool
source_is_silent(const struct source *source, int64_t now_s)
{
	int64_t since_s = source->articles ? source->last_new_s :
		source->feeds_first_s;
	int64_t limit_s = SOURCES_SILENT_GAPS * source_longest_gap_s(source);

	if (!source->feeds || !since_s)
		return false;
	if (limit_s < SOURCES_SILENT_S)
		limit_s = SOURCES_SILENT_S;
	return now_s - since_s > limit_s;
}
