#include "common/base/isotime.h"

#include <stdio.h>

#include "common/base/ascii.h"

enum { DAY_S = 86400 };

/*
 * Days from civil date and back, by counting in years that begin in March
 * and eras of 400 years (the proleptic Gregorian calendar).
 */
static int64_t
days_of(int64_t year, int month, int day)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 +
		day - 1;
	int64_t day_of_era = of_era * 365 + of_era / 4 - of_era / 100 +
		of_year;

	return era * 146097 + day_of_era - 719468;
}

static void
civil_of(struct civil *out, int64_t days)
{
	int64_t z = days + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t of_era = z - era * 146097;
	int64_t y = (of_era - of_era / 1460 + of_era / 36524 -
			    of_era / 146096) / 365;
	int64_t of_year = of_era - (365 * y + y / 4 - y / 100);
	int64_t m = (5 * of_year + 2) / 153;

	out->day = (int)(of_year - (153 * m + 2) / 5 + 1);
	out->month = (int)(m < 10 ? m + 3 : m - 9);
	out->year = y + era * 400 + (out->month <= 2);
	out->weekday = (int)(((days + 4) % 7 + 7) % 7);
}

struct civil
isotime_split(int64_t s)
{
	struct civil c = { 0 };
	int64_t days = s / DAY_S;
	int64_t rest = s % DAY_S;

	if (rest < 0) {
		rest += DAY_S;
		days--;
	}
	civil_of(&c, days);
	c.hour = (int)(rest / 3600);
	c.minute = (int)(rest / 60 % 60);
	c.second = (int)(rest % 60);
	return c;
}

int64_t
isotime_join(const struct civil *c)
{
	return days_of(c->year, c->month, c->day) * DAY_S + c->hour * 3600 +
		c->minute * 60 + c->second;
}

int
isotime_valid(const struct civil *c)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int leap = c->year % 4 == 0 &&
		(c->year % 100 != 0 || c->year % 400 == 0);

	if (c->month < 1 || c->month > 12 || c->day < 1 ||
		c->day > days[c->month - 1])
		return 0;
	if (c->month == 2 && c->day == 29 && !leap)
		return 0;
	return c->hour >= 0 && c->hour <= 23 && c->minute >= 0 &&
		c->minute <= 59 && c->second >= 0 && c->second <= 60;
}

/* Takes exactly `count` digits off *s. */
static int
digits(int *out, struct str *s, size_t count)
{
	int n = 0;

	if (s->len < count)
		return -1;
	for (size_t i = 0; i < count; i++) {
		if (!ascii_digit(s->ptr[i]))
			return -1;
		n = n * 10 + (s->ptr[i] - '0');
	}
	*s = str_sub(*s, count, s->len);
	*out = n;
	return 0;
}

static bool
take(struct str *s, char c)
{
	if (!s->len || s->ptr[0] != c)
		return false;
	*s = str_sub(*s, 1, s->len);
	return true;
}

/* The zone at the end: its offset in seconds; none is UTC. */
static int
zone(int *out, struct str *s)
{
	int sign, hours, minutes = 0;

	*out = 0;
	if (!s->len || take(s, 'Z') || take(s, 'z'))
		return 0;
	sign = take(s, '-') ? -1 : take(s, '+') ? 1 : 0;
	if (!sign || digits(&hours, s, 2) < 0)
		return -1;
	take(s, ':');
	if (s->len && digits(&minutes, s, 2) < 0)
		return -1;
	if (hours > 23 || minutes > 59)
		return -1;
	*out = sign * (hours * 3600 + minutes * 60);
	return 0;
}

static int
time_of_day(struct civil *c, struct str *s)
{
	if (digits(&c->hour, s, 2) < 0 || !take(s, ':') ||
		digits(&c->minute, s, 2) < 0)
		return -1;
	if (!take(s, ':'))
		return 0;
	if (digits(&c->second, s, 2) < 0)
		return -1;
	if (take(s, '.') || take(s, ','))
		while (s->len && ascii_digit(s->ptr[0]))
			*s = str_sub(*s, 1, s->len);
	return 0;
}

int
isotime_parse(int64_t *out, struct str s)
{
	struct civil c = { .month = 1, .day = 1 };
	int year, offset = 0;

	s = str_trim(s);
	if (digits(&year, &s, 4) < 0)
		return -1;
	c.year = year;
	if (take(&s, '-') && digits(&c.month, &s, 2) < 0)
		return -1;
	if (take(&s, '-') && digits(&c.day, &s, 2) < 0)
		return -1;
	if (s.len) {
		if (!take(&s, 'T') && !take(&s, 't') && !take(&s, ' '))
			return -1;
		if (time_of_day(&c, &s) < 0)
			return -1;
		take(&s, ' ');
		if (zone(&offset, &s) < 0)
			return -1;
	}
	if (s.len || !isotime_valid(&c))
		return -1;
	*out = isotime_join(&c) - offset;
	return 0;
}

const char *
isotime_format(char out[ISOTIME_BYTES], int64_t s)
{
	struct civil c = isotime_split(s);

	snprintf(out, ISOTIME_BYTES, "%04d-%02d-%02dT%02d:%02d:%02dZ",
		(int)(c.year % 10000), c.month, c.day, c.hour, c.minute,
		c.second);
	return out;
}

const char *
isotime_rfc822(char out[ISOTIME_RFC822_BYTES], int64_t s)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct civil c = isotime_split(s);

	snprintf(out, ISOTIME_RFC822_BYTES,
		"%.3s, %02d %.3s %04d %02d:%02d:%02d GMT",
		days + c.weekday * 3, c.day, months + (c.month - 1) * 3,
		(int)(c.year % 10000), c.hour, c.minute, c.second);
	return out;
}
