#include "cmd/search/backlog.h"

#include <stdlib.h>

#include "common/xalloc.h"

static int
compare(const void *a, const void *b)
{
	int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return left < right ? -1 : left > right;
}

static void
add(struct backlog *b, const struct index_version *v)
{
	if (v->seq > b->last_seq) {
		b->last_seq = v->seq;
		b->last = v->commit;
	}
	b->articles = xgrow(b->articles, b->count, &b->cap,
		sizeof(*b->articles));
	b->articles[b->count++] = v->article;
}

static void
sort(struct backlog *b)
{
	size_t kept = 0;

	if (b->count > 1)
		qsort(b->articles, b->count, sizeof(*b->articles), compare);
	for (size_t i = 0; i < b->count; i++)
		if (i == 0 || b->articles[i] != b->articles[i - 1])
			b->articles[kept++] = b->articles[i];
	b->count = kept;
}

int
backlog_load(struct backlog *out, struct index *index, int64_t since,
	struct err *err)
{
	struct index_cursor *cursor;
	struct index_version v;
	int got;

	*out = (struct backlog){ .last_seq = since };
	if (index_history(&cursor, index, since + 1, INT64_MAX, err) < 0)
		return -1;
	while ((got = index_next_version(&v, cursor, err)) > 0)
		add(out, &v);
	index_cursor_free(cursor);
	sort(out);
	return got;
}

void
backlog_release(struct backlog *b)
{
	free(b->articles);
}
