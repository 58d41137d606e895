/*
 * Help for single sources where a user wants it: what of their pages to read
 * and what never to read, as CSS selectors. A file of lines
 *
 *	NAME <tab> select|drop <tab> SELECTOR
 *	NAME <tab> reserved <tab> store|hide|skip
 *
 * as stet-run(1) makes it from the archive's configuration; lines of other
 * kinds are other commands' and passed over.
 */
#ifndef STET_EXTRACT_SELECTORS_H
#define STET_EXTRACT_SELECTORS_H

#include <stdbool.h>
#include <stddef.h>

#include "cmd/extract/body/selector.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/web/html.h"

enum { SELECTORS_LINE_BYTES = 64 << 10, SELECTORS_MAX = 10000 };

struct rule {
	char *source;
	bool drop; /* else select */
	struct selector selector;
};

/* What is done with an article whose publisher reserves it. */
enum reserved_policy { RESERVED_STORE, RESERVED_HIDE, RESERVED_SKIP };

struct policy {
	char *source;
	enum reserved_policy policy;
};

struct selectors {
	struct rule *items;
	size_t count, cap;
	struct policy *policies;
	size_t policies_count, policies_cap;
	struct str *attrs; /* the attributes that the selectors ask for */
	size_t attrs_count, attrs_cap;
};

void selectors_init(struct selectors *r);
void selectors_release(struct selectors *r);

/* Reads the file at `path`; -1 names the line and what is wrong. */
int selectors_read(struct selectors *r, const char *path, struct err *err);

/* The source's policy; RESERVED_STORE without one. */
enum reserved_policy selectors_policy(const struct selectors *r,
	struct str source);

/*
 * What the source's rules leave out, by node, in `arena`: all that a drop
 * rule matches, and, when select rules match anything, all that is in no
 * match. NULL when there is nothing to leave out or the arena is full.
 */
bool *selectors_apply(const struct selectors *r, struct str source,
	const struct html *h, struct arena *arena);

#endif
