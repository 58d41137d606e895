/* The difference of two versions for programs. */
#ifndef STET_ROWSJSON_H
#define STET_ROWSJSON_H

#include "common/base/err.h"
#include "common/base/strbuf.h"
#include "common/page/rows.h"

/*
 * Appends `"words_added":N,"words_removed":N,"rows":[...]` of what
 * rows_compare was given to an object that is open: of each paragraph its
 * kind (as in stet-diff's JSON), its places from 1 and its words as
 * ["equal"|"delete"|"insert", text].
 */
int rowsjson_add(struct strbuf *out, struct rows *r, struct err *err);

#endif
