/*
 * A date is looked for among tokens: numbers, words and the bytes between
 * them. At each number or month's name the forms are tried, the stricter
 * first; what is read is checked against the calendar, so that "3.14.2015"
 * and a telephone number are none.
 */
#include "common/text/date.h"

#include "common/text/datetoken.h"
#include "common/base/ascii.h"
#include "common/base/isotime.h"
#include "common/base/number.h"
#include "common/base/utf8.h"

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
	return year >= DATE_YEAR_MIN && year <= DATE_YEAR_MAX &&
		isotime_valid(&c);
}

/* Past "." "," "de" "of" "del" "st" and the like between a date's parts. */
static struct datetoken
past_filler(struct str s, struct datetoken t)
{
	static const char *const fillers[] = { "de", "del", "of", "d", "st",
		"nd", "rd", "th", "er", "e", "den", "do", "di", "º" };
	bool skip = true;

	for (int i = 0; i < 4 && skip; i++) {
		skip = datetoken_is_mark(&t, '.') ||
			datetoken_is_mark(&t, ',') ||
			datetoken_is_mark(&t, '-') ||
			datetoken_is_mark(&t, '/');
		for (size_t k = 0; k < sizeof(fillers) / sizeof(*fillers); k++)
			skip = skip || datetoken_is_word(&t, fillers[k]);
		if (skip)
			t = datetoken_after(s, &t);
	}
	return t;
}

/* 2024-05-03, 2024/5/3, 2024.05.03, 2024 年 5 月 3 日, 2024. május 3. */
static size_t
year_first(struct date *d, struct str s, const struct datetoken *year)
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

/* The year of "3.5.24" and "3/5/2024"; 0 when it is none. */
static int
year_value(const struct datetoken *t)
{
	if (datetoken_is_year(t))
		return t->value;
	if (t->kind == TOKEN_NUMBER && t->digits == 2)
		return t->value < 70 ? 2000 + t->value : 1900 + t->value;
	return 0;
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
	if (month > 12 || ((flags & DATE_MONTH_FIRST) && sep.mark != '.' &&
		day <= 12)) {
		day = second.value;
		month = first->value;
	}
	return set_date(d, year_value(&year), month, day) ? year.end : 0;
}

/*
 * 3 May 2024, 3. Mai 2024, 3rd of May, 2024, 3 de mayo de 2024, 3 tháng 5 năm
 * 2024
 */
static size_t
day_first(struct date *d, struct str s, const struct datetoken *day)
{
	struct datetoken month, year;
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
	/* "3. Mai 24" is rare; "3 May 12:30" is not a year. */
	return datetoken_is_year(&year) && set_date(d, year.value, name,
		day->value) ? year.end : 0;
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

/* May 3, 2024; May 3rd 2024; Mar 18 12:00:00 CET 2019 */
static size_t
month_first(struct date *d, struct str s, const struct datetoken *month)
{
	struct datetoken day, year, colon;
	int name;

	name = datetoken_before_digit(s, month) ? datetoken_month(month) : 0;
	if (!name)
		return 0;
	day = past_filler(s, datetoken_after(s, month));
	if (!datetoken_is_small(&day, 31))
		return 0;
	year = past_filler(s, datetoken_after(s, &day));
	if (!datetoken_is_year(&year)) {
		colon = datetoken_after(s, &year);
		if (!datetoken_is_mark(&colon, ':'))
			return 0;
		year = past_clock(s, year);
	}
	return datetoken_is_year(&year) && set_date(d, year.value, name,
		day.value) ? year.end : 0;
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

static size_t
date_at(struct date *d, struct str s, const struct datetoken *t,
	unsigned flags)
{
	struct datetoken year;
	size_t end = t->kind == TOKEN_WORD && era_year(&year, s, t) ?
		year_first(d, s, &year) : year_first(d, s, t);

	if (!end)
		end = compact(d, t);
	if (!end)
		end = numbers_only(d, s, t, flags);
	if (!end)
		end = day_first(d, s, t);
	if (!end)
		end = month_first(d, s, t);
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
			dateclock_read_inner(out, s, t.end, *end);
			if (!out->has_time)
				dateclock_read(out, s, end);
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
