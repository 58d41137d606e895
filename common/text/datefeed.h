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
#ifndef STET_DATEFEED_H
#define STET_DATEFEED_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

enum { DATE_BYTES_MAX = 100 };

/*
 * Parses s into seconds since 1970 UTC. A date without a time is midnight,
 * one without a zone is UTC (Korea's time, when its words are Korean), as is
 * one with a zone that is not known. The names of zones and what they mean are
 * one table in date.c. Two digits of a year are 1950 to 2049. Of three numbers
 * without a month's name the one with four digits is the year; "a/b/c" is
 * month first unless that is no month, "a.b.c" is day first, "a-b-c" too
 * unless it is ISO 8601's year, month and day. Nine or ten digits are seconds
 * since 1970, twelve or thirteen milliseconds. -1: no date can be made of it,
 * it does not exist (30 February), or it is longer than DATE_BYTES_MAX.
 */
int date_parse(int64_t *out, struct str s);

/* The same; *zoned is false when it names a zone that is not known. */
int date_parse_zoned(int64_t *out, bool *zoned, struct str s);

#endif
