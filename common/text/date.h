/*
 * Dates as pages and feeds write them, for machines and for people, in some
 * twenty languages. A date is kept as it was written: the zone that it gave or
 * none, a time of day only where there was one. What feeds say, and HTTP's
 * fields, is wanted as an instant: date_parse. No locale, no clock.
 *
 *	struct date d;
 *	if (date_read(&d, STR("Mon, 18 Mar 2019 12:00 +0100"), 0))
 *		published = date_format(&d, arena);
 *						"2019-03-18T12:00:00+01:00"
 */
#ifndef STET_DATE_H
#define STET_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/str.h"

enum {
	DATE_YEAR_MIN = 1990, /* of pages */
	DATE_YEAR_MAX = 2100,
	DATE_SOLAR_MIN = 1369, /* of the Iranian calendar */
	DATE_SOLAR_MAX = 1478,
	DATE_BYTES_MAX = 100 /* of date_parse */
};

enum date_flags {
	DATE_MONTH_FIRST = 1 << 0, /* 3/4/2024 is the 4th of March */
	DATE_NO_TIME = 1 << 1,     /* a time of day is not looked for */
	DATE_OF_FEED = 1 << 2      /* by the rules of date_parse */
};

struct date {
	int year, month, day;
	bool has_time, has_seconds, has_zone, zulu;
	int hour, minute, second;
	int zone_minutes; /* east of Greenwich */
	bool summer;      /* an hour more in North America's summer */
	bool odd_zone;    /* a word that may be a zone which is not known */
};

/*
 * The first date in s: ISO 8601 in its forms, RFC 822, 2024/05/03, 3.5.2024,
 * "3 May 2024", "May 3rd, 2024", "3 de mayo de 2024", "2024. május 3.",
 * 2024年5月3日, the same in the digits of other scripts, in the years of the
 * Buddhist and the Iranian calendar (and its months) and of Japanese and
 * Taiwanese eras; seconds or milliseconds since 1970 when s is nothing else;
 * with the time of day behind it unless DATE_NO_TIME. false when there is
 * no date, or it does not exist.
 */
bool date_read(struct date *out, struct str s, unsigned flags);

/*
 * The same; *end is the offset behind what was read, *start where it began.
 */
bool date_find(struct date *out, struct str s, unsigned flags,
	size_t *start, size_t *end);

/* The date in a URL's path: /2024/05/03/, /2024-05-03-, /20240503/. */
bool date_of_url(struct date *out, struct str url);

/* "2024-05-03", or with time and zone as far as they are known. */
struct str date_format(const struct date *d, struct arena *arena);

/* Negative, 0, positive by the calendar day. */
int date_compare_days(const struct date *a, const struct date *b);

/*
 * Negative, 0, positive by the instant; a missing zone is UTC, a missing time
 * the day's begin.
 */
int64_t date_seconds(const struct date *d);

/*
 * Parses all of s into seconds since 1970 UTC. A date without a time is
 * midnight, one without a zone is UTC (Korea's time, when its words are
 * Korean), as is one with a zone that is not known. Two digits of a year are
 * 1950 to 2049. Of three numbers without a month's name the one with four
 * digits is the year; "a/b/c" is month first unless that is no month, "a.b.c"
 * is day first, "a-b-c" too unless it is ISO 8601's year, month and day. Nine
 * or ten digits are seconds since 1970, twelve or thirteen milliseconds. -1:
 * no date can be made of it, it does not exist (30 February), or it is longer
 * than DATE_BYTES_MAX.
 */
int date_parse(int64_t *out, struct str s);

/* The same; *zoned is false when it names a zone that is not known. */
int date_parse_zoned(int64_t *out, bool *zoned, struct str s);

#endif
