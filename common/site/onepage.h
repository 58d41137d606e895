/*
 * One file of a site by its address, made when it is asked for: with the same
 * bytes that stet-render writes to that address, and for addresses that a
 * folder of files cannot have (any two versions, JSON, what a number leads
 * to).
 *
 *	struct onepage page;
 *	onepage_init(&page);
 *	if (onepage_make(&page, w, STR("changes/1.html"), &err) == 0)
 *		... page.answer, page.bytes
 *	onepage_release(&page);
 */
#ifndef STET_ONEPAGE_H
#define STET_ONEPAGE_H

#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/site/work.h"

enum onepage_answer {
	ONEPAGE_FOUND,
	ONEPAGE_MISSING,
	ONEPAGE_MOVED, /* for good: `target` is the path to go to */
	ONEPAGE_HIDDEN /* `bytes` say so */
};

struct onepage {
	enum onepage_answer answer;
	struct strbuf bytes;
	struct strbuf target;
	/* Of a version and of an article's page; empty: neither. */
	struct strbuf original; /* where it was at its publisher */
	struct strbuf timemap;  /* path */
	int64_t memento_s;      /* of a version: when it was captured */
};

void onepage_init(struct onepage *p);
void onepage_release(struct onepage *p);

/* `from` and `to` are the numbers or times of a comparison's query. 0; -1: the
 * archive cannot be read. */
int onepage_make(struct onepage *p, struct work *w, struct str path,
	struct str from, struct str to, struct err *err);

/*
 * Finds an article by its address or key and the version that was there at
 * `time_s`, or the first after it: `target` is that version's page,
 * `original` and `timemap` are set. Missing when there is none.
 */
int onepage_timegate(struct onepage *p, struct work *w, struct str url,
	int64_t time_s, struct err *err);

#endif
