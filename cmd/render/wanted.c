#include "cmd/render/wanted.h"

#include <stdlib.h>

#include "common/article/receipt.h"
#include "common/base/ids.h"
#include "common/base/xalloc.h"

void
wanted_init(struct wanted *w)
{
	*w = (struct wanted){ 0 };
	arena_init(&w->arena, WANTED_BYTES);
}

void
wanted_release(struct wanted *w)
{
	if (w->reading)
		linebuf_release(&w->lines);
	free(w->ids);
	free(w->keys);
	arena_release(&w->arena);
}

static int
take(struct wanted *w, struct str line, struct err *err)
{
	struct arena scratch;
	struct receipt r;
	struct str key = { NULL, 0 };
	int failed;

	if (str_trim(line).len == 0)
		return 0;
	arena_init(&scratch, 16 << 20);
	failed = receipt_parse(&r, line, &scratch, err);
	if (!failed) {
		key = arena_dup(&w->arena, r.key.len ? r.key : r.url);
		if (!key.ptr)
			failed = err_set(err, "too many receipts");
	}
	arena_release(&scratch);
	if (failed)
		return err_prefix(err, "receipt in line %zu",
			w->lines.number);
	w->keys = xgrow(w->keys, w->keys_count, &w->keys_cap,
		sizeof(*w->keys));
	w->keys[w->keys_count++] = key;
	return 0;
}

int
wanted_read(struct wanted *w, int in, struct err *err)
{
	struct str line;
	int got;

	if (!w->reading)
		linebuf_init(&w->lines, in, RECEIPT_LINE_BYTES);
	w->reading = true;
	while ((got = linebuf_next(&w->lines, &line, err)) != LINEBUF_END) {
		if (got == LINEBUF_ERROR)
			return -1;
		if (got == LINEBUF_LONG) {
			err_set(err, "receipt in line %zu is too long",
				w->lines.number);
			return 1;
		}
		if (take(w, line, err) < 0)
			return 1;
	}
	return 0;
}

void
wanted_add(struct wanted *w, int64_t id)
{
	w->ids = xgrow(w->ids, w->count, &w->cap, sizeof(*w->ids));
	w->ids[w->count++] = id;
}

void
wanted_sort(struct wanted *w)
{
	w->count = ids_sort(w->ids, w->count);
}

int
wanted_find(struct wanted *w, struct index *index, struct err *err)
{
	struct index_article article;
	struct arena scratch;
	int got = 0;

	arena_init(&scratch, 16 << 20);
	for (size_t i = 0; i < w->keys_count && got >= 0; i++) {
		arena_reset(&scratch);
		got = index_find(&article, index, w->keys[i], &scratch, err);
		if (got > 0)
			wanted_add(w, article.id);
	}
	arena_release(&scratch);
	wanted_sort(w);
	return got < 0 ? -1 : 0;
}
