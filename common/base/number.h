/* Decimal numbers with bounds: no sign but '-', no white space, no rest. */
#ifndef STET_NUMBER_H
#define STET_NUMBER_H

#include <stdint.h>

#include "common/base/str.h"

/* Parses s into *out; -1 when it is no number within [min, max]. */
int number_parse(int64_t *out, struct str s, int64_t min, int64_t max);

/* The same with an optional suffix K, M or G (1024, 1024^2, 1024^3). */
int number_parse_size(int64_t *out, struct str s, int64_t min, int64_t max);

/* What follows a noun of which there are so many: "" or "s". */
const char *number_plural(int64_t n);

#endif
