#include "common/page/phrase.h"

#include <stdbool.h>
#include <stdio.h>

#include "common/base/isotime.h"
#include "common/page/markup.h"

enum {
	HOUR_MIN = 60,
	DAY_MIN = 24 * HOUR_MIN,
	MONTH_MIN = 30 * DAY_MIN,
	YEAR_MIN = 365 * DAY_MIN
};

static int64_t
rounded(int64_t n, int64_t unit)
{
	return (n + unit / 2) / unit;
}

static void
count_of(struct strbuf *out, const char *before, int64_t n, const char *unit)
{
	strbuf_addf(out, "%s%lld %s%s", before, (long long)n, unit,
		n == 1 ? "" : "s");
}

static bool
leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Leap days that the span is taken to hold, counted as Rails does. */
static int64_t
leap_days(int64_t from_s, int64_t to_s)
{
	struct civil from = isotime_split(from_s), to = isotime_split(to_s);
	int64_t first = from.month >= 3 ? from.year + 1 : from.year;
	int64_t last = to.month < 3 ? to.year - 1 : to.year;
	int64_t days = 0;

	for (int64_t year = first; year <= last; year++)
		days += leap(year);
	return days;
}

static void
years(struct strbuf *out, int64_t minutes, int64_t from_s, int64_t to_s)
{
	int64_t rest, count;

	minutes -= leap_days(from_s, to_s) * DAY_MIN;
	rest = minutes % YEAR_MIN;
	count = minutes / YEAR_MIN;
	if (rest < YEAR_MIN / 4)
		count_of(out, "about ", count, "year");
	else if (rest < YEAR_MIN * 3 / 4)
		count_of(out, "over ", count, "year");
	else
		count_of(out, "almost ", count + 1, "year");
}

void
phrase_distance(struct strbuf *out, int64_t from_s, int64_t to_s)
{
	int64_t earlier = from_s < to_s ? from_s : to_s;
	int64_t later = from_s < to_s ? to_s : from_s;
	int64_t minutes = rounded(later - earlier, 60);

	if (minutes < 1)
		markup_add(out, "less than a minute");
	else if (minutes < 45)
		count_of(out, "", minutes, "minute");
	else if (minutes < 90)
		markup_add(out, "about 1 hour");
	else if (minutes < DAY_MIN)
		count_of(out, "about ", rounded(minutes, HOUR_MIN), "hour");
	else if (minutes < DAY_MIN * 7 / 4)
		markup_add(out, "1 day");
	else if (minutes < MONTH_MIN)
		count_of(out, "", rounded(minutes, DAY_MIN), "day");
	else if (minutes < 2 * MONTH_MIN)
		count_of(out, "about ", rounded(minutes, MONTH_MIN), "month");
	else if (minutes < YEAR_MIN)
		count_of(out, "", rounded(minutes, MONTH_MIN), "month");
	else
		years(out, minutes, earlier, later);
}

void
phrase_later(struct strbuf *out, int64_t from_s, int64_t to_s)
{
	phrase_distance(out, from_s, to_s);
	markup_add(out, to_s < from_s ? " earlier" : " later");
}

void
phrase_plain_time(struct strbuf *out, int64_t s)
{
	static const char *const months[] = { "January", "February", "March",
		"April", "May", "June", "July", "August", "September",
		"October", "November", "December" };
	struct civil c = isotime_split(s);

	strbuf_addf(out, "%d %s %lld, %02d:%02d UTC", c.day,
		months[c.month - 1], (long long)c.year, c.hour, c.minute);
}

void
phrase_time(struct strbuf *out, int64_t s)
{
	char iso[ISOTIME_BYTES];

	strbuf_addf(out, "<time datetime=\"%s\">", isotime_format(iso, s));
	phrase_plain_time(out, s);
	markup_add(out, "</time>");
}

void
phrase_number(struct strbuf *out, int64_t n)
{
	char digits[24];
	int len = snprintf(digits, sizeof(digits), "%lld", (long long)n);
	int start = n < 0;

	for (int i = 0; i < len; i++) {
		if (i > start && (len - i) % 3 == 0)
			strbuf_addc(out, ',');
		strbuf_addc(out, digits[i]);
	}
}

void
phrase_count(struct strbuf *out, int64_t n, const char *one, const char *many)
{
	phrase_number(out, n);
	strbuf_addc(out, ' ');
	markup_add(out, n == 1 ? one : many);
}
