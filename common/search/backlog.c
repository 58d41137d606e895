#include "common/search/backlog.h"

#include <stdlib.h>

#include "common/base/ids.h"
#include "common/base/xalloc.h"

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
	out->count = ids_sort(out->articles, out->count);
	return got;
}

void
backlog_release(struct backlog *b)
{
	free(b->articles);
}
