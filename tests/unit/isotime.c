/* Times against the C library's timegm, day by day, and written forms. */
#include "common/base/isotime.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "tests/unit/test.h"

static int64_t
seconds_of(int year, int month, int day, int hour)
{
	struct tm tm = { .tm_year = year - 1900, .tm_mon = month - 1,
		.tm_mday = day, .tm_hour = hour, .tm_min = 7, .tm_sec = 59 };

	return (int64_t)timegm(&tm);
}

/* Every day of years around all kinds of leap years, before 1970 too. */
static void
test_days(void)
{
	static const int years[] = { 1, 4, 99, 100, 400, 1582, 1600, 1899,
		1900, 1904, 1969, 1970, 1999, 2000, 2001, 2004, 2026, 2100,
		2399, 2400, 9999 };
	int wrong = 0, invalid = 0;

	for (size_t i = 0; i < sizeof(years) / sizeof(*years); i++)
		for (int n = 0; n < 366; n++) {
			int64_t s = seconds_of(years[i], 1, 1 + n, n % 24);
			time_t at = (time_t)s;
			struct civil c = isotime_split(s);
			struct tm tm;

			gmtime_r(&at, &tm);
			wrong += c.year != tm.tm_year + 1900 ||
				c.month != tm.tm_mon + 1 ||
				c.day != tm.tm_mday || c.hour != tm.tm_hour ||
				c.minute != 7 || c.second != 59 ||
				c.weekday != tm.tm_wday ||
				isotime_join(&c) != s;
			invalid += !isotime_valid(&c);
		}
	TEST(wrong == 0, "%d days differ from the library's", wrong);
	TEST(invalid == 0, "%d days that exist are refused", invalid);
}

static void
test_valid(void)
{
	static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int wrong = 0;

	for (int month = 1; month <= 12; month++) {
		struct civil c = { .year = 2023, .month = month,
			.day = lengths[month - 1] };

		wrong += !isotime_valid(&c);
		c.day++;
		wrong += isotime_valid(&c);
		c.day = 0;
		wrong += isotime_valid(&c);
	}
	TEST(wrong == 0, "the lengths of months: %d wrong", wrong);
	for (int year = 1896; year <= 2404; year++) {
		struct civil c = { .year = year, .month = 2, .day = 29 };

		wrong += isotime_valid(&c) != (year % 4 == 0 &&
			(year % 100 != 0 || year % 400 == 0));
	}
	TEST(wrong == 0, "leap years: %d wrong", wrong);
	TEST(!isotime_valid(&(struct civil){ .year = 2023, .month = 0,
			.day = 1 }) &&
			!isotime_valid(&(struct civil){ .year = 2023,
				.month = 13, .day = 1 }),
		"months are from 1 to 12");
}

static const struct {
	const char *text;
	int64_t s; /* after 2026-11-23T00:00:00Z; -1: refused */
} cases[] = {
	{ "2026-11-23", 0 },
	{ " 2026-11-23 ", 0 },
	{ "2026-11-23T00:00Z", 0 },
	{ "2026-11-23t00:01z", 60 },
	{ "2026-11-23 00:01:02", 62 },
	{ "2026-11-23T00:01:02.999Z", 62 },
	{ "2026-11-23T00:01:02,5 +0000", 62 },
	{ "2026-11-23T23:59:60Z", 86400 },
	{ "2026-11-23T01:00+01:00", 0 },
	{ "2026-11-23T01:30+0130", 0 },
	{ "2026-11-23T01:00+01", 0 },
	{ "2026-11-22T20:15-03:45", 0 },
	{ "2026-11-23T23:59+23:59", 0 },
	{ "2026-11-23T24:00Z", -1 },
	{ "2026-11-23T00:60Z", -1 },
	{ "2026-11-23T00:00:61Z", -1 },
	{ "2026-11-23T00:00+24:00", -1 },
	{ "2026-11-23T00:00+00:60", -1 },
	{ "2026-11-23T00:00+1", -1 },
	{ "2026-11-23T00:00+01:0", -1 },
	{ "2026-11-23T00:00*01:00", -1 },
	{ "2026-11-23T00:00Zx", -1 },
	{ "2026-11-23T00", -1 },
	{ "2026-11-23T0:00", -1 },
	{ "2026-11-23T00:0", -1 },
	{ "2026-11-23T00:00:0", -1 },
	{ "2026-11-23x00:00", -1 },
	{ "2026-11-31", -1 },
	{ "2026-11-2", -1 },
	{ "2026-1-23", -1 },
	{ "2026-11-", -1 },
	{ "226-11-23", -1 },
	{ "2026/11/23", -1 },
	{ "202611", -1 },
	{ "", -1 },
};

static void
test_parse(void)
{
	int64_t day = seconds_of(2026, 11, 23, 0) - 479, s;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int got = isotime_parse(&s, str_from(cases[i].text));

		TEST(cases[i].s < 0 ? got < 0 :
				      got == 0 && s == day + cases[i].s,
			"time '%s'", cases[i].text);
	}
	TEST(isotime_parse(&s, STR("2026")) == 0 &&
			s == seconds_of(2026, 1, 1, 0) - 479,
		"a year begins in January");
	TEST(isotime_parse(&s, STR("2026-11")) == 0 &&
			s == seconds_of(2026, 11, 1, 0) - 479,
		"a month begins with its first day");
}

static void
test_written(void)
{
	char text[ISOTIME_BYTES], mail[ISOTIME_RFC822_BYTES];
	int wrong = 0;

	for (int n = 0; n < 400; n++) {
		int64_t s = seconds_of(2026, 1, 1 + n, n % 24), again;
		time_t at = (time_t)s;
		struct tm tm;
		char want[40];

		gmtime_r(&at, &tm);
		strftime(want, sizeof(want), "%a, %d %b %Y %H:%M:%S GMT", &tm);
		wrong += strcmp(isotime_rfc822(mail, s), want) != 0;
		strftime(want, sizeof(want), "%Y-%m-%dT%H:%M:%SZ", &tm);
		wrong += strcmp(isotime_format(text, s), want) != 0;
		wrong += isotime_parse(&again, str_from(text)) < 0 ||
			again != s;
	}
	TEST(wrong == 0, "%d days are written in another way", wrong);
	TEST(!strcmp(isotime_format(text, -1), "1969-12-31T23:59:59Z"),
		"the second before 1970");
	TEST(!strcmp(isotime_format(text, -86400), "1969-12-31T00:00:00Z"),
		"the day before 1970");
}

int
main(void)
{
	test_days();
	test_valid();
	test_parse();
	test_written();
	return test_done();
}
