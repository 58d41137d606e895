/*
 * Which links of a source are wanted: POSIX extended regular expressions, one
 * rule a line, "SOURCE <tab> KIND <tab> REGEX". Kinds: include and exclude
 * look at the URL, title and category at the feed's entry. A link is wanted
 * when no exclude matches and, of each other kind that the source has rules
 * of, at least one matches.
 *
 *	struct rules rules;
 *	rules_init(&rules);
 *	if (rules_read(&rules, fd, &err) < 0)
 *		... err names the line
 *	if (rules_want(&rules, source, url, title, categories))
 *		...
 *	rules_release(&rules);
 */
#ifndef STET_LINKS_RULES_H
#define STET_LINKS_RULES_H

#include <stdbool.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum { RULES_MAX = 10000, RULES_LINE_BYTES = 4096 };

struct rule;

struct rules {
	struct rule *list;
	size_t count, cap;
};

void rules_init(struct rules *r);
void rules_release(struct rules *r);

/*
 * Adds the rules of a file. Empty lines and kinds that are other commands'
 * ("select", "drop") are passed over. -1: a bad line or expression.
 */
int rules_read(struct rules *r, int fd, struct err *err);

/* Whether a link passes; `categories` has one a line. */
bool rules_want(const struct rules *r, struct str source, struct str url,
	struct str title, struct str categories);

#endif
