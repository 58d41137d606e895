/*
 * What the addresses of one page have in common on most sites: its own, that
 * for telephones (m., mobile., /amp), that with other parameters at its end.
 * Two addresses of one shape may be of one page; their text must tell.
 */
#ifndef STET_URLSHAPE_H
#define STET_URLSHAPE_H

#include <stdbool.h>

#include "common/base/strbuf.h"

/* Appends the shape of a key: "host/path" without these. */
void urlshape_add(struct strbuf *out, struct str key);

/* Whether two keys differ and have one shape. */
bool urlshape_same(struct str a, struct str b);

#endif
