/*
 * The names of what is met where a WARC is wanted and stet does not read, and
 * how to make it readable.
 */
#ifndef STET_WARCKIND_H
#define STET_WARCKIND_H

#include "common/base/str.h"

/*
 * What bytes that begin no record look like: "bzip2: 'bzip2 -dc FILE' gives
 * what is in it"; NULL when they look like nothing known.
 */
const char *warckind_name(struct str begin);

#endif
