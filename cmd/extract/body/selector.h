/*
 * Simple CSS selectors (Selectors 3): type, *, .class, #id, [attr],
 * [attr=v], [attr~=v], [attr^=v], [attr$=v], [attr*=v], joined by descendant
 * (space) and child (>), alternatives separated by commas. No pseudo-classes.
 */
#ifndef STET_EXTRACT_SELECTOR_H
#define STET_EXTRACT_SELECTOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/web/html.h"

enum { SELECTOR_PARTS = 24, SELECTOR_TESTS = 8, SELECTOR_BYTES = 4096 };

enum selector_op {
	SELECTOR_HAS,
	SELECTOR_IS,
	SELECTOR_WORD,
	SELECTOR_STARTS,
	SELECTOR_ENDS,
	SELECTOR_HOLDS
};

struct selector_test {
	struct str attr; /* "class", "id" or another, in lower case */
	enum selector_op op;
	struct str value;
};

/* One compound: what one element must be. */
struct selector_part {
	struct str tag; /* empty: any */
	struct selector_test tests[SELECTOR_TESTS];
	size_t tests_count;
	bool child; /* its parent matches the part before, else some ancestor */
	bool first; /* the first part of an alternative */
};

struct selector {
	struct selector_part parts[SELECTOR_PARTS];
	size_t parts_count;
	char *storage; /* what the views point into */
};

/* Parses; -1 names what is wrong and where. */
int selector_parse(struct selector *out, struct str text, struct err *err);
void selector_release(struct selector *s);

/* Whether the element matches one of the alternatives. */
bool selector_matches(const struct selector *s, const struct html *h,
	uint32_t node);

#endif
