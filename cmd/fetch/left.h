/*
 * The links that a stopped run did not come to (--remaining).
 */
#ifndef STET_FETCH_LEFT_H
#define STET_FETCH_LEFT_H

#include <stddef.h>

#include "common/base/linebuf.h"
#include "common/base/strbuf.h"

/*
 * Appends the lines that `in` still has, until its end or a further signal;
 * returns how many.
 */
size_t left_read(struct strbuf *out, struct linebuf *in, int signals);

#endif
