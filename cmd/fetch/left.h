/*
 * The links that a stopped run did not come to (--remaining).
 */
#ifndef STET_LEFT_H
#define STET_LEFT_H

#include <stddef.h>

#include "common/base/err.h"
#include "common/base/linebuf.h"
#include "common/base/strbuf.h"

/*
 * Appends the lines that `in` still has, until its end or a further signal;
 * returns how many.
 */
size_t left_read(struct strbuf *out, struct linebuf *in, int signals);

/* Replaces the file `path`; does nothing when that is NULL. */
int left_write(const char *path, const struct strbuf *left, struct err *err);

#endif
