#include "common/text/date.h"

#include "common/base/isotime.h"
#include "tests/unit/test.h"

/* Each form and the instant it means. */
static const struct {
	const char *text;
	const char *expected;
} forms[] = {
	{ "Thu, 01 Jan 2004 19:48:21 GMT", "2004-01-01T19:48:21Z" },
	{ "Thu, 1 Jan 04 19:48 +0200", "2004-01-01T17:48:00Z" },
	{ "01 Jan 2004 19:48:21 EST", "2004-01-02T00:48:21Z" },
	{ "1 Jan 2004", "2004-01-01T00:00:00Z" },
	{ "Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21Z" },
	{ "Sun Jan  4 16:29:06 PST 2004", "2004-01-05T00:29:06Z" },
	{ "Thu, 01-Jan-2004 19:48:21 UTC", "2004-01-01T19:48:21Z" },
	{ "Thursday, 01-Jan-99 19:48:21 GMT", "1999-01-01T19:48:21Z" },
	{ "Thu, 01 Jan 2004 19:48:21 GMT+0200", "2004-01-01T17:48:21Z" },
	{ "Thu, 01 Jan 2004 19:48:21 +02:00", "2004-01-01T17:48:21Z" },
	{ "Thu, 01 Jan 2004 19:48:21 -0500 (EST)", "2004-01-02T00:48:21Z" },
	{ "Thu,01 Jan 2004 19:48:21 XYZ", "2004-01-01T19:48:21Z" },
	{ "Thu, 31 Dec 2003 24:00:00 GMT", "2004-01-01T00:00:00Z" },
	{ "January 5, 2004 7:05 PM", "2004-01-05T19:05:00Z" },
	{ "Jan 5, 2004 12:05 am EST", "2004-01-05T05:05:00Z" },
	{ "5 January 2004", "2004-01-05T00:00:00Z" },
	{ "2004-01-05", "2004-01-05T00:00:00Z" },
	{ "2004-01-05T07:05:06+01:00", "2004-01-05T06:05:06Z" },
	{ "2004-01-05T07:05:06.789Z", "2004-01-05T07:05:06Z" },
	{ "2004-1-5 7:05:06", "2004-01-05T07:05:06Z" },
	{ "2004-01-05 07:05:06 EST", "2004-01-05T12:05:06Z" },
	{ "2004-01-05 07:05:06 -0500", "2004-01-05T12:05:06Z" },
	{ "20040105", "2004-01-05T00:00:00Z" },
	{ "20040105T070506Z", "2004-01-05T07:05:06Z" },
	{ "20040105070506", NULL },
	{ "2004-005", "2004-01-05T00:00:00Z" },
	{ "2003-12", "2003-12-01T00:00:00Z" },
	{ "Fri, 2006/09/15 08:19:53 EDT", "2006-09-15T12:19:53Z" },
	{ "12/31/2003 10:14", "2003-12-31T10:14:00Z" },
	{ "31/12/2003", "2003-12-31T00:00:00Z" },
	{ "31.12.2003", "2003-12-31T00:00:00Z" },
	{ "05.01.04, 07:05 Uhr", "2004-01-05T07:05:00Z" },
	{ "Mo, 05 Mai 2014 13:00:00 +0200", "2014-05-05T11:00:00Z" },
	{ "mar., 6 janv. 2004 10:00:00 +0100", "2004-01-06T09:00:00Z" },
	{ "mar 6 gen 2004", "2004-01-06T00:00:00Z" },
	{ "Vie, 06 Ago 2004 10:00:00 GMT", "2004-08-06T10:00:00Z" },
	{ "Вс, 11 июл 2004 12:00:00 +0300", "2004-07-11T09:00:00Z" },
	{ "Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T17:00:00Z" },
	{ "2004-július-13", "2004-07-13T00:00:00Z" },
	{ "2004년 05월 28일 01:31:15", "2004-05-27T16:31:15Z" },
	{ "2004-05-25 오후 11:23:17", "2004-05-25T14:23:17Z" },
	{ "2004-05-25 오후 11:23:17 GMT", "2004-05-25T23:23:17Z" },
	{ "2004-05-25 오후 11:23:17 +0100", "2004-05-25T22:23:17Z" },
	/* North American names that hold all year */
	{ "Mon, 26 January 2004 16:31:00 ET", "2004-01-26T21:31:00Z" },
	{ "Mon, 26 July 2004 16:31:00 ET", "2004-07-26T20:31:00Z" },
	{ "Tue, 08 Oct 2013 18:30:00 CT", "2013-10-08T23:30:00Z" },
	{ "10 Mar 2013 01:59:59 PT", "2013-03-10T09:59:59Z" },
	{ "10 Mar 2013 02:00:00 PT", "2013-03-10T09:00:00Z" },
	{ "3 Nov 2013 01:59:59 MT", "2013-11-03T07:59:59Z" },
	{ "3 Nov 2013 02:00:00 MT", "2013-11-03T09:00:00Z" },
	{ "4 Apr 2004 02:00:00 AT", "2004-04-04T05:00:00Z" },
	{ "31 Oct 2004 02:00:00 ET", "2004-10-31T07:00:00Z" },
	{ "26 Apr 1986 12:00:00 ET", "1986-04-26T17:00:00Z" },
	{ "27 Apr 1986 12:00:00 ET", "1986-04-27T16:00:00Z" },
	{ "Sat, 28 Mar 2020 10:10:10 IST", "2020-03-28T04:40:10Z" },
	{ "28 Mar 2020 10:10 NPT", "2020-03-28T04:25:00Z" },
	{ "2002-12-31T18:20:30 PT", "2003-01-01T02:20:30Z" },
	/* ISO 8601 without marks or century, seconds since 1970 */
	{ "20021231T182030", "2002-12-31T18:20:30Z" },
	{ "20021231T1820Z", "2002-12-31T18:20:00Z" },
	{ "031231", "2003-12-31T00:00:00Z" },
	{ "03335", "2003-12-01T00:00:00Z" },
	{ "2003335", "2003-12-01T00:00:00Z" },
	{ "03-12-31", "2003-12-31T00:00:00Z" },
	{ "99-12-31", "1999-12-31T00:00:00Z" },
	{ "31-12-03", "2003-12-31T00:00:00Z" },
	{ "05-13-04", NULL },
	{ "1520932969", "2018-03-13T09:22:49Z" },
	{ "1520932969123", "2018-03-13T09:22:49Z" },
	{ "991332", NULL },
	{ "-0312", "2003-12-01T00:00:00Z" },
	{ "-03-12", "2003-12-01T00:00:00Z" },
	{ "-0313", NULL },
	{ "-03", NULL },
	{ "-", NULL },
	/* parts that are missing or too many */
	{ "Sun, 16 Dec 2012 1:2:3:4 GMT", NULL },
	{ "Sun, Dec x 2012 11:47:32 GMT", NULL },
	{ "Dec 2012", "2012-12-01T00:00:00Z" },
	{ "2014年5月6日 13:05", "2014-05-06T13:05:00Z" },
	{ "  Thu, 01 Jan 2004 19:48:21 GMT\n", "2004-01-01T19:48:21Z" },
	{ "Thu, 30 Feb 2004 19:48:21 GMT", NULL },
	{ "Thu, 01 Jan 2004 29:48:21 GMT", NULL },
	{ "yesterday", NULL },
	{ "", NULL },
	{ "12", NULL },
	{ "May", NULL },
	{ "99999999999999999999", NULL },
	{ "::::", NULL },
	{ "1 2 3 4 5 6", NULL },
};

static void
test_form(const char *text, const char *expected)
{
	char got[ISOTIME_BYTES] = "none";
	int64_t s;

	if (date_parse(&s, str_from(text)) == 0)
		isotime_format(got, s);
	TEST(str_eq(str_from(got), str_from(expected ? expected : "none")),
		"\"%s\" is %s", text, got);
}

/* What pages say, with the precision that they said it with. */
static const struct {
	const char *text;
	unsigned flags;
	const char *expected;
} pages[] = {
	{ "2019-03-18T12:00:05+01:00", 0, "2019-03-18T12:00:05+01:00" },
	{ "2019-03-18T12:00Z", 0, "2019-03-18T12:00:00Z" },
	{ "2019-03-18 12:00", 0, "2019-03-18T12:00:00" },
	{ "Monday, March 18th, 2019 at 7:05 p.m.", 0, "2019-03-18T19:05:00" },
	{ "18 de marzo de 2019", 0, "2019-03-18" },
	{ "2019년 3월 18일 오후 7:05", 0, "2019-03-18T19:05:00" },
	{ "2019年3月18日 上午12:05", 0, "2019-03-18T00:05:00" },
	{ "5 lis 2019", 0, "2019-11-05" },
	{ "3/4/2019", 0, "2019-04-03" },
	{ "3/4/2019", DATE_MONTH_FIRST, "2019-03-04" },
	{ "18 Mar 2019 12:00", DATE_NO_TIME, "2019-03-18" },
	{ "18 Mar 19", 0, NULL },
	{ "18 March 1985", 0, NULL },
	{ "March 2019", 0, NULL },
	{ "18 Mar 2019 12:00 MET office", 0, "2019-03-18T12:00:00" },
};

static void
test_pages(void)
{
	struct arena arena;

	arena_init(&arena, 1 << 16);
	for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
		struct str got = STR("none");
		struct date d;

		if (date_read(&d, str_from(pages[i].text), pages[i].flags))
			got = date_format(&d, &arena);
		TEST(str_eq(got, str_from(pages[i].expected ?
			pages[i].expected : "none")), "\"%s\" on a page is "
			"%.*s", pages[i].text, STR_ARGS(got));
	}
	arena_release(&arena);
}

static void
test_zones(void)
{
	static const struct {
		const char *text;
		bool zoned;
	} texts[] = {
		{ "Thu, 01 Jan 2004 19:48:21 XYZ", false },
		{ "2004-01-01T19:48:21 XYZ", false },
		{ "20040101T194821 XYZ", false },
		{ "Sun, 16 Dec 2012 11:47:32 +zz:00", false },
		{ "Sun, 16 Dec 2012 11:47:32 +00:zz", false },
		{ "Thu, 01 Jan 2004 19:48:21 XYZ +0100", true },
		{ "Thu, 01 Jan 2004 19:48:21 XYZ (CET)", true },
		{ "Thu, 01 Jan 2004 19:48:21", true },
		{ "01.01.2004, 19:48 Uhr", true },
		{ "Jan 1, 2004 7:48 PM", true },
		{ "THU, 01 JAN 2004 19:48:21 GMT", true },
		{ "Thu, 01 Jan 2004 19:48:21 GMT", true },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		bool zoned;
		int64_t s;

		TEST(date_parse_zoned(&s, &zoned, str_from(texts[i].text)) ==
			0 && zoned == texts[i].zoned, "\"%s\" %s",
			texts[i].text, texts[i].zoned ? "has a known zone" :
			"has a zone that nobody knows");
	}
}

int
main(void)
{
	char text[DATE_BYTES_MAX + 2];
	int64_t s;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		test_form(forms[i].text, forms[i].expected);
	test_pages();
	test_zones();
	memset(text, ' ', sizeof(text));
	memcpy(text, "1 Jan 2004", 10);
	memcpy(text + sizeof(text) - 1, "x", 1);
	TEST(date_parse(&s, (struct str){ text, sizeof(text) }) < 0,
		"a date over the limit is none");
	return test_done();
}
