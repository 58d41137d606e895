/*
 * A date is looked for among tokens: numbers, words and the bytes between
 * them. At each number or month's name the forms are tried, the stricter
 * first; what is read is checked against the calendar, so that "3.14.2015"
 * and a telephone number are none.
 */
#include "common/text/date.h"

#include "common/base/ascii.h"
#include "common/base/isotime.h"
#include "common/base/number.h"
#include "common/base/utf8.h"
#include "common/text/datetoken.h"
#include "common/text/datewords.h"

/*
 * The day of the Iranian calendar's 1 Farvardin is that of the equinox; the
 * rule of 33 years gives it for our times. Days are counted from 1970.
 */
static void
from_solar(int *year, int *month, int *day)
{
	int y = *year - DATE_SOLAR_MIN, m = *month;
	/* 1 Farvardin 1369 was the 21st of March 1990. */
	int64_t days = 7384 + 365 * (int64_t)y;
	struct civil c;

	for (int i = 0; i < y; i++)
		days += ((DATE_SOLAR_MIN + i) * 8 + 29) % 33 < 8;
	days += m <= 7 ? (m - 1) * 31 : 6 * 31 + (m - 7) * 30;
	c = isotime_split((days + *day - 1) * 86400);
	*year = (int)c.year;
	*month = c.month;
	*day = c.day;
}

static bool
set_date(struct date *d, int year, int month, int day)
{
	struct civil c;

	if (year >= DATE_SOLAR_MIN && year <= DATE_SOLAR_MAX)
		from_solar(&year, &month, &day);
	c = (struct civil){ year, month, day, 0, 0, 0, 0 };
	*d = (struct date){ .year = year, .month = month, .day = day };
	return isotime_valid(&c);
}

/* The year of "3.5.24" and "3/5/2024"; 0 when it is none. */
static int
year_value(const struct datetoken *t)
{
	if (datetoken_is_year(t))
		return t->value;
	if (t->kind == TOKEN_NUMBER && t->digits == 2)
		return t->value < 50 ? 2000 + t->value : 1900 + t->value;
	return 0;
}

/* Behind a month's name; two digits only in feeds, "3 May 12:30" has none. */
static int
year_by_name(struct str s, const struct datetoken *t, unsigned flags)
{
	struct datetoken next = datetoken_after(s, t);

	if (t->digits == 2 && (!(flags & DATE_OF_FEED) ||
			datetoken_is_mark(&next, ':')))
		return 0;
	return year_value(t);
}

/* Past "." "," "de" "of" "del" "st" and the like between a date's parts. */
static struct datetoken
past_filler(struct str s, struct datetoken t)
{
	bool skip = true;

	for (int i = 0; i < 4 && skip; i++) {
		skip = datetoken_is_mark(&t, '.') ||
			datetoken_is_mark(&t, ',') ||
			datetoken_is_mark(&t, '-') ||
			datetoken_is_mark(&t, '/');
		skip = skip || (t.kind == TOKEN_WORD &&
			datewords_of(t.text) & DATEWORDS_BETWEEN);
		if (skip)
			t = datetoken_after(s, &t);
	}
	return t;
}

/* 2024-05-03, 2024/5/3, 2024.05.03, 2024 年 5 月 3 日, 2024. május 3. */
static size_t
year_first(struct date *d, struct str s, const struct datetoken *year,
	unsigned flags)
{
	struct datetoken sep = datetoken_after(s, year), month, sep2, day;
	int name;

	if (!datetoken_is_year(year))
		return 0;
	if (sep.kind != TOKEN_MARK && sep.kind != TOKEN_WORD)
		return 0;
	month = datetoken_month(&sep) ? sep : datetoken_after(s, &sep);
	name = datetoken_month(&month);
	if (name) {
		day = past_filler(s, datetoken_after(s, &month));
		return datetoken_is_small(&day, 31) && set_date(d, year->value,
			name, day.value) ? day.end : 0;
	}
	if (!datetoken_is_small(&month, 12))
		return 0;
	sep2 = datetoken_after(s, &month);
	if (flags & DATE_OF_FEED && sep2.kind == TOKEN_END)
		return set_date(d, year->value, month.value, 1) ?
			month.end : 0;
	if (sep2.kind != sep.kind || (sep.kind == TOKEN_MARK &&
		sep.mark != sep2.mark))
		return 0;
	day = datetoken_after(s, &sep2);
	if (!datetoken_is_small(&day, 31) ||
		!set_date(d, year->value, month.value, day.value))
		return 0;
	if (sep.kind == TOKEN_WORD) /* 年 or 년, then 日 or 일 */
		return sep.text.len == 3 ?
			datetoken_after(s, &day).end : 0;
	return sep.mark == '-' || sep.mark == '/' || sep.mark == '.' ?
		day.end : 0;
}

/* 20240503 */
static size_t
compact(struct date *d, const struct datetoken *t)
{
	if (t->kind != TOKEN_NUMBER || t->digits != 8)
		return 0;
	return set_date(d, t->value / 10000, t->value / 100 % 100,
		t->value % 100) ? t->end : 0;
}

/*
 * "03-12-31" is ISO 8601 without the century, in feeds; "31-12-03" begins with
 * a day, as 28 to 31 are years to come.
 */
static size_t
short_year_first(struct date *d, struct str s, const struct datetoken *first)
{
	struct datetoken sep = datetoken_after(s, first), month, sep2, last;

	month = datetoken_after(s, &sep);
	sep2 = datetoken_after(s, &month);
	last = datetoken_after(s, &sep2);
	if (first->kind != TOKEN_NUMBER || first->digits != 2 ||
		!datetoken_is_mark(&sep, '-') ||
		!datetoken_is_mark(&sep2, '-') || last.digits != 2 ||
		(first->value >= 28 && first->value <= 31 && last.value < 28))
		return 0;
	return datetoken_is_small(&month, 12) &&
		datetoken_is_small(&last, 31) && set_date(d, year_value(first),
		month.value, last.value) ? last.end : 0;
}

/* Whether of two numbers that can be both the first is the month. */
static bool
is_month_first(int first, int second, char sep, unsigned flags)
{
	if (flags & DATE_OF_FEED)
		return sep == '/' && first <= 12;
	return second > 12 || ((flags & DATE_MONTH_FIRST) && sep != '.' &&
		first <= 12);
}

/* 03.05.2024, 3/5/2024, 3-5-2024, 3.5.24 */
static size_t
numbers_only(struct date *d, struct str s, const struct datetoken *first,
	unsigned flags)
{
	struct datetoken sep = datetoken_after(s, first), second, sep2, year;
	int day, month;

	if (!datetoken_is_small(first, 31) || sep.kind != TOKEN_MARK ||
		!(sep.mark == '.' || sep.mark == '/' || sep.mark == '-'))
		return 0;
	second = datetoken_after(s, &sep);
	sep2 = datetoken_after(s, &second);
	if (!datetoken_is_small(&second, 31) ||
		!datetoken_is_mark(&sep2, sep.mark))
		return 0;
	year = datetoken_after(s, &sep2);
	if (year_value(&year) == 0 || (year.digits == 2 && year.spaced))
		return 0;
	day = first->value;
	month = second.value;
	if (is_month_first(day, month, sep.mark, flags)) {
		day = second.value;
		month = first->value;
	}
	return set_date(d, year_value(&year), month, day) ? year.end : 0;
}

/* Past "12:30:00", a zone and marks: "Mon Mar 18 12:00:00 CET 2019". */
static struct datetoken
past_clock(struct str s, struct datetoken t)
{
	for (int i = 0; i < 10; i++) {
		if (datetoken_is_year(&t) || t.kind == TOKEN_END)
			break;
		t = datetoken_after(s, &t);
	}
	return t;
}

/*
 * 3 May 2024, 3. Mai 2024, 3rd of May, 2024, 3 de mayo de 2024, 3 tháng 5 năm
 * 2024
 */
static size_t
day_first(struct date *d, struct str s, const struct datetoken *day,
	unsigned flags)
{
	struct datetoken month, year, colon;
	int name;

	if (!datetoken_is_small(day, 31))
		return 0;
	month = past_filler(s, datetoken_after(s, day));
	name = datetoken_month(&month);
	if (!name && datetoken_is_word(&month, "tháng")) {
		month = datetoken_after(s, &month);
		name = datetoken_is_small(&month, 12) ? month.value : 0;
	}
	if (!name)
		return 0;
	year = past_filler(s, datetoken_after(s, &month));
	if (datetoken_is_word(&year, "năm"))
		year = datetoken_after(s, &year);
	colon = datetoken_after(s, &year);
	if (flags & DATE_OF_FEED && datetoken_is_mark(&colon, ':'))
		year = past_clock(s, year);
	return year_by_name(s, &year, flags) && set_date(d,
		year_by_name(s, &year, flags), name, day->value) ? year.end : 0;
}

static bool
has_digit(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (ascii_digit(s.ptr[i]))
			return true;
	return false;
}

/* May 3, 2024; May 3rd 2024; Mar 18 12:00:00 CET 2019; in feeds May 2024 */
static size_t
month_first(struct date *d, struct str s, const struct datetoken *month,
	unsigned flags)
{
	struct datetoken day, year, colon;
	int name;

	name = datetoken_before_digit(s, month) ? datetoken_month(month) : 0;
	if (!name)
		return 0;
	day = past_filler(s, datetoken_after(s, month));
	if (flags & DATE_OF_FEED && datetoken_is_year(&day) &&
		!has_digit(str_sub(s, 0, month->at)))
		return set_date(d, day.value, name, 1) ? day.end : 0;
	if (!datetoken_is_small(&day, 31))
		return 0;
	year = past_filler(s, datetoken_after(s, &day));
	if (!year_by_name(s, &year, flags)) {
		colon = datetoken_after(s, &year);
		if (!datetoken_is_mark(&colon, ':'))
			return 0;
		year = past_clock(s, year);
	}
	return year_by_name(s, &year, flags) && set_date(d,
		year_by_name(s, &year, flags), name, day.value) ? year.end : 0;
}

/* "令和8年3月14日", "平成元年", "民國115年": the year, in *year. */
static bool
era_year(struct datetoken *year, struct str s, const struct datetoken *t)
{
	static const struct {
		struct str name;
		int before;
	} eras[] = { { STR_INIT("令和"), 2018 }, { STR_INIT("平成"), 1988 },
		{ STR_INIT("昭和"), 1925 }, { STR_INIT("民國"), 1911 },
		{ STR_INIT("民国"), 1911 } };

	for (size_t i = 0; i < sizeof(eras) / sizeof(*eras); i++) {
		if (!str_starts(str_sub(s, t->at, s.len), eras[i].name))
			continue;
		*year = datetoken_at(s, t->at + eras[i].name.len);
		if (str_eq(year->text, STR("元")))
			year->value = 1;
		else if (year->kind != TOKEN_NUMBER || year->digits > 3)
			return false;
		year->kind = TOKEN_NUMBER;
		year->value += eras[i].before;
		year->digits = 4;
		return true;
	}
	return false;
}

/* One form after the other, until one is read and its year can be. */
static size_t
date_at(struct date *d, struct str s, const struct datetoken *t,
	unsigned flags)
{
	bool feed = flags & DATE_OF_FEED;
	size_t end = 0;
	struct datetoken year;

	for (int form = 0; form < 6 && !end; form++) {
		if (form == 0)
			end = year_first(d, s, t->kind == TOKEN_WORD &&
				era_year(&year, s, t) ? &year : t, flags);
		else if (form == 1)
			end = compact(d, t);
		else if (form == 2)
			end = feed ? short_year_first(d, s, t) : 0;
		else if (form == 3)
			end = numbers_only(d, s, t, flags);
		else if (form == 4)
			end = day_first(d, s, t, flags);
		else
			end = month_first(d, s, t, flags);
		if (!feed && (d->year < DATE_YEAR_MIN ||
				d->year > DATE_YEAR_MAX))
			end = 0;
	}
	return end;
}

/* Seconds or milliseconds since 1970. */
static bool
read_epoch(struct date *d, struct str s)
{
	int64_t n;
	struct civil c;

	s = str_trim(s);
	if ((s.len != 10 && s.len != 13) ||
		number_parse(&n, s, 600000000, INT64_C(4000000000000)) < 0)
		return false;
	c = isotime_split(s.len == 13 ? n / 1000 : n);
	*d = (struct date){ (int)c.year, c.month, c.day, .has_time = true,
		.has_seconds = true, .has_zone = true, .zulu = true,
		.hour = c.hour, .minute = c.minute, .second = c.second };
	return true;
}

bool
date_find(struct date *out, struct str s, unsigned flags, size_t *start,
	size_t *end)
{
	struct datetoken t = datetoken_at(s, 0);

	for (; t.kind != TOKEN_END; t = datetoken_after(s, &t)) {
		if (t.kind == TOKEN_MARK || (t.kind == TOKEN_WORD &&
			!datetoken_before_digit(s, &t)))
			continue;
		*end = date_at(out, s, &t, flags);
		if (*end == 0)
			continue;
		*start = t.at;
		if (!(flags & DATE_NO_TIME)) {
			dateclock_read_inner(out, s, flags, t.end, *end);
			if (!out->has_time)
				dateclock_read(out, s, flags, end);
		}
		return true;
	}
	return false;
}

bool
date_read(struct date *out, struct str s, unsigned flags)
{
	size_t start, end;

	s = utf8_cut(s, 256);
	return read_epoch(out, s) || date_find(out, s, flags, &start, &end);
}

/* The number of `digits` digits at s, or -1. */
static int
fixed(struct str s, size_t digits)
{
	int n = 0;

	if (s.len < digits)
		return -1;
	for (size_t i = 0; i < digits; i++) {
		if (!ascii_digit(s.ptr[i]))
			return -1;
		n = n * 10 + (s.ptr[i] - '0');
	}
	return n;
}

static bool
exists(const struct date *d)
{
	struct civil c = { d->year, d->month, d->day, 0, 0, 0, 0 };

	return d->year >= DATE_YEAR_MIN && d->year <= DATE_YEAR_MAX &&
		isotime_valid(&c);
}

static bool
separates(char c)
{
	return c == '/' || c == '-' || c == '_' || c == '.';
}

/* "october/03/..." behind the year. */
static bool
month_in_path(struct date *out, struct str s)
{
	size_t n = 0, digits;

	while (n < s.len && ascii_alpha(s.ptr[n]))
		n++;
	out->month = datewords_month(str_sub(s, 0, n));
	if (out->month == 0 || n + 2 > s.len || s.ptr[n] != '/')
		return false;
	s = str_sub(s, n + 1, s.len);
	digits = s.len > 1 && ascii_digit(s.ptr[1]) ? 2 : 1;
	out->day = fixed(s, digits);
	return s.len == digits || !ascii_digit(s.ptr[digits]);
}

/* s begins with the year: how far does a date go? */
static bool
date_in_path(struct date *out, struct str s)
{
	size_t day_at;
	bool one;

	*out = (struct date){ .year = fixed(s, 4) };
	if (out->year < DATE_YEAR_MIN || s.len < 8)
		return false;
	if (ascii_digit(s.ptr[4])) {
		out->month = fixed(str_sub(s, 4, 2), 2);
		out->day = fixed(str_sub(s, 6, 2), 2);
		return (s.len == 8 || !ascii_digit(s.ptr[8])) && exists(out);
	}
	if (!separates(s.ptr[4]))
		return false;
	if (ascii_alpha(s.ptr[5]))
		return month_in_path(out, str_sub(s, 5, s.len)) && exists(out);
	one = !ascii_digit(s.ptr[6]);
	out->month = fixed(str_sub(s, 5, 2), one ? 1 : 2);
	day_at = one ? 7 : 8;
	if (s.len <= day_at || s.ptr[day_at - 1] != s.ptr[4])
		return false;
	one = s.len == day_at + 1 || !ascii_digit(s.ptr[day_at + 1]);
	out->day = fixed(str_sub(s, day_at, 2), one ? 1 : 2);
	day_at += one ? 1 : 2;
	return (s.len == day_at || !ascii_digit(s.ptr[day_at])) && exists(out);
}

bool
date_of_url(struct date *out, struct str url)
{
	ptrdiff_t path = str_find(url, STR("://"));

	if (path >= 0)
		url = str_sub(url, (size_t)path + 3, url.len);
	path = str_find_byte(url, '/');
	if (path < 0)
		return false;
	for (size_t i = (size_t)path; i + 8 < url.len; i++) {
		if (url.ptr[i] == '?' || url.ptr[i] == '#')
			break;
		if (!ascii_digit(url.ptr[i]) &&
			(url.ptr[i + 1] == '1' || url.ptr[i + 1] == '2') &&
			date_in_path(out, str_sub(url, i + 1, url.len)))
			return true;
	}
	return false;
}

struct str
date_format(const struct date *d, struct arena *arena)
{
	char bytes[64];
	int zone = d->zone_minutes < 0 ? -d->zone_minutes : d->zone_minutes;
	size_t n = (size_t)snprintf(bytes, sizeof(bytes), "%04d-%02d-%02d",
		d->year, d->month, d->day);

	if (d->has_time)
		n += (size_t)snprintf(bytes + n, sizeof(bytes) - n,
			"T%02d:%02d:%02d", d->hour, d->minute, d->second);
	if (d->has_time && d->has_zone && !d->zulu)
		n += (size_t)snprintf(bytes + n, sizeof(bytes) - n,
			"%c%02d:%02d", d->zone_minutes < 0 ? '-' : '+',
			zone / 60 % 24, zone % 60);
	if (d->has_time && d->zulu)
		bytes[n++] = 'Z';
	return arena_dup(arena, (struct str){ bytes, n });
}

int
date_compare_days(const struct date *a, const struct date *b)
{
	return (a->year - b->year) * 372 + (a->month - b->month) * 31 +
		(a->day - b->day);
}

int64_t
date_seconds(const struct date *d)
{
	struct civil c = { d->year, d->month, d->day, d->hour, d->minute,
		d->second, 0 };

	return isotime_join(&c) - (int64_t)d->zone_minutes * 60;
}
