/*
 * From the bytes of one page to its article: decoding, parsing, metadata,
 * body. A struct extract is one worker's storage, reused from page to page.
 *
 *	struct extract x;
 *	extract_init(&x);
 *	event_read(&event, &article, ...);
 *	extract_page(&article, &x, &event, &rules);
 *	article_write(&out, &article);
 *	extract_release(&x);
 *
 * Memory: what a page may take is EXTRACT_BASE_BYTES and
 * EXTRACT_PAGE_FACTOR times its size; a page that wants more is a `failed`
 * record with the reason.
 */
#ifndef STET_EXTRACT_EXTRACT_H
#define STET_EXTRACT_EXTRACT_H

#include "cmd/extract/body/body.h"
#include "cmd/extract/body/selectors.h"
#include "cmd/extract/page/facts.h"
#include "cmd/extract/verdict/event.h"
#include "common/article/article.h"
#include "common/base/arena.h"
#include "common/base/strbuf.h"

enum {
	EXTRACT_BASE_BYTES = 24 << 20,
	EXTRACT_PAGE_FACTOR = 8
};

struct extract {
	struct arena arena;    /* all that the article's views point into */
	struct strbuf decoded; /* the page in UTF-8 when it was not */
};

/* What is known of a page before its article record is written. */
struct reading {
	struct page page;
	struct facts facts;
	struct body body;
	bool cut; /* the page breaks off */
};

void extract_init(struct extract *x);
void extract_release(struct extract *x);

/*
 * Decodes and parses the page of `article`, which has what event_read knows,
 * and looks for its text. Views are valid until the next call; -1 when the
 * page wants more memory than it may have.
 */
int extract_read(struct reading *out, struct extract *x,
	const struct article *article, const struct event *event,
	const struct selectors *rules, struct err *err);

/* Fills of `out` what was read: text, metadata, gate, signals. */
void extract_tell(struct article *out, const struct reading *r);

/*
 * Fills what the page tells of `out` (event, title, blocks ...), which has
 * what event_read knows of it. `rules` may be NULL. Views are valid until the
 * next call.
 */
void extract_page(struct article *out, struct extract *x,
	const struct event *event,
	const struct selectors *rules);

#endif
