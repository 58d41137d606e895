/*
 * The instant that a feed or a header means: what date_find reads by the rules
 * for feeds, and ISO 8601's forms of digits alone, which elsewhere are numbers.
 */
#include "common/text/date.h"

#include "common/base/ascii.h"
#include "common/base/isotime.h"
#include "common/base/utf8.h"

enum { DAY_S = 86400, KOREA_MINUTES = 9 * 60 };

static size_t
digits_at(struct str s)
{
	size_t n = 0;

	while (n < s.len && ascii_digit(s.ptr[n]))
		n++;
	return n;
}

static int
value(struct str digits)
{
	int n = 0;

	for (size_t i = 0; i < digits.len && i < 9; i++)
		n = n * 10 + (digits.ptr[i] - '0');
	return n;
}

static int
year_of(struct str digits)
{
	int n = value(digits);

	return digits.len > 2 ? n : n < 50 ? 2000 + n : 1900 + n;
}

/* The day of the nth Sunday of a month, counted from its end below 0. */
static int
sunday(int64_t year, int month, int n)
{
	struct civil c = { .year = year, .month = month, .day = 1 };
	int first = 1 + (7 - isotime_split(isotime_join(&c)).weekday) % 7;

	if (n > 0)
		return first + 7 * (n - 1);
	while (first + 7 <= (month == 10 ? 31 : 30))
		first += 7;
	return first;
}

/*
 * Whether it is summer in the United States at this local time: since 2007
 * from the second Sunday of March to the first of November, before that from
 * the first (until 1986 the last) of April to the last of October.
 */
static bool
is_us_summer(const struct date *d)
{
	bool now = d->year >= 2007;
	int begin = now ? 3 : 4, end = now ? 11 : 10;

	if (d->month == begin)
		return d->day * 24 + d->hour >= 24 * sunday(d->year, begin,
			now ? 2 : d->year >= 1987 ? 1 : -1) + 2;
	if (d->month == end)
		return d->day * 24 + d->hour <
			24 * sunday(d->year, end, now ? 1 : -1) + 2;
	return d->month > begin && d->month < end;
}

/* The day of a year, from 1. */
static int
day_of_year(int64_t *out, struct str year, struct str day)
{
	struct civil c = { .year = year_of(year), .month = 1, .day = 1 };
	int n = value(day);

	*out = isotime_join(&c) + (n - 1) * (int64_t)DAY_S;
	return n < 1 || n > 366 ? -1 : 0;
}

/* Seconds or milliseconds since 1970, from 1973 on. */
static int
since_1970(int64_t *out, struct str s)
{
	bool fine = s.len == 12 || s.len == 13;

	if (s.len != 9 && s.len != 10 && !fine)
		return -1;
	*out = 0;
	for (size_t i = 0; i < s.len - (fine ? 3 : 0); i++)
		*out = *out * 10 + (s.ptr[i] - '0');
	return 0;
}

/* "-YYMM" and "-YY-MM", without the "-" in front. */
static int
year_and_month(int64_t *out, struct str s)
{
	struct civil c = { .day = 1 };
	size_t mark = s.len > 2 && s.ptr[2] == '-';

	if (s.len != 4 + mark || digits_at(s) < 2 ||
		digits_at(str_sub(s, 2 + mark, 2)) != 2)
		return -1;
	c.year = year_of(str_sub(s, 0, 2));
	c.month = value(str_sub(s, 2 + mark, 2));
	if (!isotime_valid(&c))
		return -1;
	*out = isotime_join(&c);
	return 0;
}

/* YYYY-DDD, YYYYDDD, YYDDD, YYMMDD, -YYMM, -YY-MM, seconds since 1970. */
static int
plain_digits(int64_t *out, struct str s)
{
	struct civil c = { .day = 1 };
	size_t len = digits_at(s);

	if (str_starts(s, STR("-")))
		return year_and_month(out, str_sub(s, 1, s.len));

	if (len == 4 && s.len == 8 && s.ptr[4] == '-' &&
		digits_at(str_sub(s, 5, 3)) == 3)
		return day_of_year(out, str_sub(s, 0, 4), str_sub(s, 5, 3));
	if (len != s.len)
		return -1;
	if (len == 5 || len == 7)
		return day_of_year(out, str_sub(s, 0, len - 3),
			str_sub(s, len - 3, 3));
	if (len != 6)
		return since_1970(out, s);
	c.year = year_of(str_sub(s, 0, 2));
	c.month = value(str_sub(s, 2, 2));
	c.day = value(str_sub(s, 4, 2));
	if (!isotime_valid(&c))
		return -1;
	*out = isotime_join(&c);
	return 0;
}

/* Whether there are words in Hangul. */
static bool
is_korean(struct str s)
{
	while (s.len > 0) {
		uint32_t c = utf8_decode(&s);

		if (c >= 0xac00 && c <= 0xd7a3)
			return true;
	}
	return false;
}

/* Whether digits stand around a colon: a time. */
static bool
has_colon(struct str s)
{
	for (size_t i = 1; i + 1 < s.len; i++)
		if (s.ptr[i] == ':' && ascii_digit(s.ptr[i - 1]) &&
			ascii_digit(s.ptr[i + 1]))
			return true;
	return false;
}

static int
by_rules(int64_t *out, bool *zoned, struct str s)
{
	struct date d;
	size_t start, end;

	/* a time that cannot be read makes it none */
	if (!date_find(&d, s, DATE_OF_FEED, &start, &end) ||
		(!d.has_time && has_colon(s)) || (d.hour == 24 && d.minute > 0))
		return -1;
	if (d.summer && is_us_summer(&d))
		d.zone_minutes += 60;
	if (d.has_time && !d.has_zone && is_korean(s))
		d.zone_minutes = KOREA_MINUTES;
	*out = date_seconds(&d);
	*zoned = !d.odd_zone;
	return 0;
}

int
date_parse_zoned(int64_t *out, bool *zoned, struct str s)
{
	*zoned = true;
	s = str_trim(s);
	if (s.len > DATE_BYTES_MAX)
		return -1;
	if (isotime_parse(out, s) == 0 || plain_digits(out, s) == 0)
		return 0;
	return by_rules(out, zoned, s);
}

int
date_parse(int64_t *out, struct str s)
{
	bool zoned;

	return date_parse_zoned(out, &zoned, s);
}
