/*
 * Dates as feeds write them: RFC 822 and what passes for it (two-digit years,
 * names of zones, days and months in other languages, asctime, numbers with
 * slashes), and ISO 8601 with its compact and ordinal forms. Base layer: no
 * locale, no clock.
 *
 *	int64_t published_s;
 *	if (date_parse(&published_s, STR("Tue, 3 Feb 04 07:05 EST")) == 0)
 *		...
 */
#ifndef STET_DATE_H
#define STET_DATE_H

#include <stdint.h>

#include "common/base/str.h"

enum { DATE_BYTES_MAX = 100 };

/*
 * Parses s into seconds since 1970 UTC. A date without a time is midnight,
 * one without a zone or with an unknown zone is UTC. Two digits of a year are
 * 1950 to 2049. Of three numbers without a month's name the one with four
 * digits is the year; "a/b/c" is month first unless that is no month, "a.b.c"
 * and "a-b-c" are day first. -1: no date can be made of it, it does not exist
 * (30 February), or it is longer than DATE_BYTES_MAX.
 */
int date_parse(int64_t *out, struct str s);

#endif
