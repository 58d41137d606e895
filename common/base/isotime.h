/*
 * Times: seconds since 1970-01-01T00:00:00Z without leap seconds (int64_t),
 * their civil parts, and RFC 3339. No locale, no zone of the machine.
 */
#ifndef STET_ISOTIME_H
#define STET_ISOTIME_H

#include <stdint.h>

#include "common/base/str.h"

enum { ISOTIME_BYTES = 32, ISOTIME_RFC822_BYTES = 40 };

/* A time that is further ahead of the clock than this is a wrong clock's. */
enum { ISOTIME_AHEAD_S = 86400 };

struct civil {
	int64_t year;
	int month; /* 1-12 */
	int day;   /* 1-31 */
	int hour, minute, second;
	int weekday; /* 0 = Sunday */
};

/* The civil parts of `s`, in UTC; and back (weekday is not read). */
struct civil isotime_split(int64_t s);
int64_t isotime_join(const struct civil *c);

/* Whether the parts are a date and time that exist (second up to 60). */
int isotime_valid(const struct civil *c);

/*
 * Parses RFC 3339 and the W3C profile of ISO 8601: YYYY, YYYY-MM,
 * YYYY-MM-DD, or with (T or space)hh:mm[:ss[.fraction]][Z|+hh:mm|+hhmm|+hh].
 * Without a zone it is taken as UTC. -1 when it is none of these.
 */
int isotime_parse(int64_t *out, struct str s);

/* Writes YYYY-MM-DDThh:mm:ssZ; returns `out`. Years 0 to 9999. */
const char *isotime_format(char out[ISOTIME_BYTES], int64_t s);

/* Writes "Mon, 23 Nov 2026 05:22:00 GMT" (RFC 9110, RFC 1123, RSS). */
const char *isotime_rfc822(char out[ISOTIME_RFC822_BYTES], int64_t s);

#endif
