/* Pages of numbers: of the archive and of each source, drawn as SVG with a
 * table beside each drawing. */
#ifndef STET_NUMBERSPAGE_H
#define STET_NUMBERSPAGE_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/site/work.h"

/* Writes all of them. */
int numberspage_write(struct work *w, struct err *err);

/* Writes the one at `path`: 1; 0: there is none; -1. */
int numberspage_one(struct work *w, struct str path, struct err *err);

#endif
