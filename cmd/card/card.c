#include "cmd/card/card.h"

#include "common/archive/lookup.h"
#include "common/base/status.h"
#include "common/page/view.h"
#include "common/site/address.h"
#include "common/site/sitecard.h"
#include "common/site/work.h"

/* The texts that are meant; the last two where none is named. */
static int
choose(size_t *left, size_t *right, const struct view *v,
	const struct card_options *o, struct err *err)
{
	bool lasting;

	if (v->texts_count < 2)
		return err_set(err, "there is one version only");
	*left = v->texts_count - 2;
	*right = v->texts_count - 1;
	if (o->left.len == 0)
		return 0;
	if (address_text(left, &lasting, v, o->left) < 0)
		return err_set(err, "there is no version '%.*s'",
			STR_ARGS(o->left));
	if (address_text(right, &lasting, v, o->right) < 0)
		return err_set(err, "there is no version '%.*s'",
			STR_ARGS(o->right));
	return 0;
}

static int
make(struct strbuf *out, struct work *w, const struct card_options *o,
	struct err *err)
{
	struct index_article a;
	struct view v;
	size_t left, right;
	int got = lookup_asked(&a, w->index, o->article, &w->article, err);

	if (got <= 0)
		return got < 0 ? STATUS_STOPPED : STATUS_PARTIAL;
	if (hidden_has(&w->hidden, a.id)) {
		err_set(err, "'%.*s' is hidden", STR_ARGS(o->article));
		return STATUS_PARTIAL;
	}
	got = view_load(&v, w->index, a.id, &w->article, err);
	if (got == 0)
		err_set(err, "'%.*s' has no version", STR_ARGS(o->article));
	if (got <= 0)
		return got < 0 ? STATUS_STOPPED : STATUS_PARTIAL;
	if (choose(&left, &right, &v, o, err) < 0)
		return STATUS_PARTIAL;
	got = o->text ? sitecard_text(out, w, &v, left, right, err) :
		sitecard_draw(out, w, &v, left, right, o->square, err);
	if (o->text)
		strbuf_addc(out, '\n');
	return got < 0 ? STATUS_PARTIAL : STATUS_OK;
}

int
card_run(struct strbuf *out, const struct card_options *options,
	struct err *err)
{
	struct work w = { .reading = true };
	int status = STATUS_USAGE;

	if (work_open(&w, options->archive, err) == 0)
		status = make(out, &w, options, err);
	work_close(&w);
	return status;
}
