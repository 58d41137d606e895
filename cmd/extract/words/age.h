/*
 * Lines that go on changing though nobody edits them: "5 hours ago",
 * "vor 3 Stunden", "Copyright © 2026". In an article's text each fetch of the
 * page would make a version of them.
 */
#ifndef STET_EXTRACT_AGE_H
#define STET_EXTRACT_AGE_H

#include <stdbool.h>

#include "common/base/str.h"

/* Whether a short text is such an age and little else: a name, a time. */
bool age_is(struct str text);

/* Whether a text begins with a sign of copyright and its year. */
bool age_is_copyright(struct str text);

#endif
