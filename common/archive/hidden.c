#include "common/archive/hidden.h"

#include <stdlib.h>

#include "common/archive/lookup.h"
#include "common/base/ids.h"
#include "common/base/xalloc.h"

enum { HIDDEN_BYTES = 64 << 20 };

int
hidden_load(struct hidden *out, struct gitstore *store, struct index *index,
	struct err *err)
{
	struct index_article article;
	struct strlist names;
	struct arena arena;
	int got;

	*out = (struct hidden){ 0 };
	arena_init(&arena, HIDDEN_BYTES);
	got = gitstore_config_all(&names, store, "stet.hide", &arena, err);
	if (got >= 0)
		out->ids = xcalloc(names.count + 1, sizeof(*out->ids));
	for (size_t i = 0; got >= 0 && i < names.count; i++) {
		got = lookup_article(&article, index, names.items[i], &arena,
			err);
		if (got > 0)
			out->ids[out->count++] = article.id;
	}
	out->count = ids_sort(out->ids, out->count);
	arena_release(&arena);
	return got < 0 ? -1 : 0;
}

void
hidden_release(struct hidden *h)
{
	free(h->ids);
	*h = (struct hidden){ 0 };
}

bool
hidden_has(const struct hidden *h, int64_t id)
{
	return ids_has(h->ids, h->count, id);
}
