/*
 * Dates as pages write them, for machines and for people, in some twenty
 * languages. A date is kept as it was written: the zone that the page gave or
 * none, a time of day only where there was one.
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
	DATE_YEAR_MIN = 1990,
	DATE_YEAR_MAX = 2100,
	DATE_SOLAR_MIN = 1369, /* of the Iranian calendar */
	DATE_SOLAR_MAX = 1478
};

enum date_flags {
	DATE_MONTH_FIRST = 1 << 0, /* 3/4/2024 is the 4th of March */
	DATE_NO_TIME = 1 << 1      /* a time of day is not looked for */
};

struct date {
	int year, month, day;
	bool has_time, has_seconds, has_zone, zulu;
	int hour, minute, second;
	int zone_minutes; /* east of Greenwich */
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

#endif
