#include "common/site/sitecard.h"

#include "common/page/card.h"
#include "common/page/excerpt.h"

/* Both documents, compared in w->rows. */
static int
compare(struct work *w, const struct view *v, size_t left, size_t right,
	struct document docs[2], struct err *err)
{
	const size_t sides[] = { left, right };

	for (size_t i = 0; i < 2; i++) {
		arena_reset(&w->texts[i]);
		if (view_document(&docs[i], w->store, view_text(v, sides[i]),
			    &w->texts[i], err) < 0)
			return -1;
	}
	return rows_compare(w->rows, &docs[0], &docs[1], err);
}

static int
find(struct excerpt *e, struct work *w, struct err *err)
{
	int got = excerpt_find(e, w->rows, err);

	return got == 0 ? err_set(err, "the two versions read alike") :
		got < 0 ? -1 : 0;
}

int
sitecard_compared(struct strbuf *png, struct work *w, const struct view *v,
	size_t left, size_t right, bool square, struct err *err)
{
	struct excerpt e;
	struct card card = { .site = w->options.title,
		.before_s = view_text(v, left)->fetched_s,
		.after_s = view_text(v, right)->fetched_s,
		.excerpt = &e, .square = square };

	if (find(&e, w, err) < 0 ||
		work_source_title(&card.source, w, v->article.source,
			&w->article, err) < 0)
		return -1;
	return card_draw(png, &card, err);
}

int
sitecard_draw(struct strbuf *png, struct work *w, const struct view *v,
	size_t left, size_t right, bool square, struct err *err)
{
	struct document docs[2];

	if (compare(w, v, left, right, docs, err) < 0)
		return -1;
	return sitecard_compared(png, w, v, left, right, square, err);
}

int
sitecard_text(struct strbuf *out, struct work *w, const struct view *v,
	size_t left, size_t right, struct err *err)
{
	struct document docs[2];
	struct excerpt e;

	if (compare(w, v, left, right, docs, err) < 0 || find(&e, w, err) < 0)
		return -1;
	excerpt_text(out, &e);
	return 0;
}
