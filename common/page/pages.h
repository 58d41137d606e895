/*
 * The pages of one article. Each appends a whole HTML document to `out`; the
 * frame's `path` is where it will stand.
 */
#ifndef STET_PAGES_H
#define STET_PAGES_H

#include "common/article/document.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/page/frame.h"
#include "common/page/rows.h"
#include "common/page/view.h"

/* The article's own page; `newest` is the document of its newest version. */
void pages_article(struct strbuf *out, const struct site_options *site,
	const struct view *v, const struct document *newest);

/* The text number n (from 0). */
void pages_version(struct strbuf *out, const struct site_options *site,
	const struct view *v, size_t n, const struct document *doc);

/*
 * Text `left` beside text `right`, which `rows` has compared; `doc` is the
 * right one, `change` has words and classes. `path` is where the page stands.
 */
int pages_diff(struct strbuf *out, const struct site_options *site,
	const struct view *v, const char *path, size_t left, size_t right,
	const struct document *doc, const struct index_version *change,
	struct rows *rows, struct err *err);

/* What stands at `path`, an old address of the page now at `target`. */
void pages_moved(struct strbuf *out, const struct site_options *site,
	const char *path, struct str target);

/* What stands at `path`, an address by number of the page at `target`. */
void pages_renamed(struct strbuf *out, const struct site_options *site,
	const char *path, struct str target);

/* What stands at every address of a hidden article. */
void pages_hidden(struct strbuf *out, const struct site_options *site,
	const char *path);

#endif
