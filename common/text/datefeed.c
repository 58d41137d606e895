/*
 * First the strict forms, by isotime_parse and as plain digits. What is left
 * is cut into words and numbers, and each finds its place by what it looks
 * like and by what is there already: "n:n" is a time, a sign after a time is
 * a zone, a word that begins like a month is the month, other words (days,
 * "at", the Chinese and Korean signs for year, month and day) only separate.
 */
#include "common/text/datefeed.h"

#include <stdbool.h>

#include "common/base/ascii.h"
#include "common/base/isotime.h"

enum { DAY_S = 86400, NUMBERS_MAX = 3, KOREA_S = 9 * 3600 };

struct feed_date {
	struct str rest;
	struct civil civil;
	int numbers[NUMBERS_MAX];
	size_t digits[NUMBERS_MAX];
	size_t count;
	char separator; /* between the first two numbers */
	bool month_first_word; /* the month's word came before all else */
	bool has_time, has_zone;
	bool odd_zone; /* a word that may be a zone which is not known */
	bool korean;   /* its words are: the zone is Korea's without one */
	bool summer;   /* the offset is an hour more in summer */
	int offset_s;
};

/* For each language its months, as far as they tell them apart. */
static const char *const months[] = {
	"jan feb mar apr may jun jul aug sep oct nov dec",
	"jän feb mär apr mai jun jul aug sep okt nov dez",
	"jaen feb mrz apr mai juni juli aug sept okt nov dez",
	"janv fév mars avr mai juin juil aoû sept oct nov déc",
	"janv fev mars avr mai juin juil aou sept oct nov dec",
	"ene feb mar abr may jun jul ago sep oct nov dic",
	"gen feb mar apr mag giu lug ago set ott nov dic",
	"jan fev mar abr mai jun jul ago set out nov dez",
	"jan feb maa apr mei jun jul agu sep okt nov des",
	"jan feb mrt apr maj jun jul aug sep okt nov dec",
	"sty lut mar kwi maj cze lip sie wrz paź lis gru",
	"oca şub mar nis may haz tem ağu eyl eki kas ara",
	"jan feb már ápr máj jún júl aug szep okt nov dec",
	"янв фев мар апр мая июн июл авг сен окт ноя дек",
	"Янв Фев Мар Апр Мая Июн Июл Авг Сен Окт Ноя Дек",
	"січ лют бер кві тра чер лип сер вер жов лис гру",
	"Ιαν Φεβ Μάρ Απρ Μάι Ιούν Ιούλ Αύγ Σεπ Οκτ Νοέ Δεκ",
	"Ιαν Φεβ Μαρ Απρ Μαι Ιουν Ιουλ Αυγ Σεπ Οκτ Νοε Δεκ",
	"Ιαν Φεβ Μαρ Απρ Μαΐ Ιούν Ιούλ Αύγ Σεπ Οκτ Νοέ Δεκ"
};

/*
 * What names of zones mean in feeds, in minutes east of Greenwich. Of those
 * that are used in several countries the one whose feeds have them: IST is
 * India's (not Israel's or Ireland's), CST and BST are America's and
 * Britain's, AST and ADT are the Atlantic's, AMT is the Amazon's. With SUMMER a
 * name holds all year and is an hour more in the summer of the United States
 * and Canada.
 */
enum { SUMMER = 10000 };

static const struct {
	const char *name;
	int minutes;
} zones[] = {
	{ "gmt", 0 }, { "utc", 0 }, { "ut", 0 }, { "z", 0 }, { "wet", 0 },
	/* America */
	{ "nt", SUMMER - 210 }, { "nst", -210 }, { "ndt", -150 },
	{ "at", SUMMER - 240 }, { "ast", -240 }, { "adt", -180 },
	{ "et", SUMMER - 300 }, { "est", -300 }, { "edt", -240 },
	{ "ct", SUMMER - 360 }, { "cst", -360 }, { "cdt", -300 },
	{ "mt", SUMMER - 420 }, { "mst", -420 }, { "mdt", -360 },
	{ "pt", SUMMER - 480 }, { "pst", -480 }, { "pdt", -420 },
	{ "akst", -540 }, { "akdt", -480 }, { "hst", -600 }, { "hdt", -540 },
	{ "brt", -180 }, { "brst", -120 }, { "art", -180 }, { "amt", -240 },
	{ "clt", -240 }, { "clst", -180 }, { "cot", -300 }, { "pet", -300 },
	{ "vet", -240 }, { "bot", -240 }, { "uyt", -180 }, { "pyt", -180 },
	{ "gyt", -240 }, { "ect", -300 },
	/* Europe and Africa */
	{ "bst", 60 }, { "west", 60 }, { "cet", 60 }, { "cest", 120 },
	{ "met", 60 }, { "mest", 120 }, { "mez", 60 }, { "mesz", 120 },
	{ "eet", 120 }, { "eest", 180 }, { "msk", 180 }, { "msd", 240 },
	{ "trt", 180 }, { "azot", -60 }, { "azost", 0 }, { "samt", 240 },
	{ "wat", 60 }, { "cat", 120 }, { "sast", 120 }, { "eat", 180 },
	/* Asia and Oceania */
	{ "idt", 180 }, { "irst", 210 }, { "gst", 240 }, { "azt", 240 },
	{ "get", 240 }, { "aft", 270 }, { "pkt", 300 }, { "uzt", 300 },
	{ "yekt", 300 }, { "ist", 330 }, { "npt", 345 }, { "almt", 360 },
	{ "omst", 360 }, { "mmt", 390 }, { "wib", 420 }, { "ict", 420 },
	{ "novt", 420 }, { "krat", 420 }, { "sgt", 480 }, { "myt", 480 },
	{ "pht", 480 }, { "hkt", 480 }, { "wita", 480 }, { "irkt", 480 },
	{ "awst", 480 }, { "jst", 540 }, { "kst", 540 }, { "wit", 540 },
	{ "yakt", 540 }, { "acst", 570 }, { "acdt", 630 }, { "aest", 600 },
	{ "aedt", 660 }, { "vlat", 600 }, { "chst", 600 }, { "nzst", 720 },
	{ "nzdt", 780 }, { "fjt", 720 }
};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static bool
is_word(char c)
{
	return ascii_alpha(c) || (unsigned char)c >= 128;
}

static size_t
run(struct str s, bool (*belongs)(char))
{
	size_t n = 0;

	while (n < s.len && belongs(s.ptr[n]))
		n++;
	return n;
}

static struct str
take(struct feed_date *d, size_t len)
{
	struct str token = str_sub(d->rest, 0, len);

	d->rest = str_sub(d->rest, len, d->rest.len);
	return token;
}

static int
value(struct str digits)
{
	int n = 0;

	for (size_t i = 0; i < digits.len && i < 9; i++)
		n = n * 10 + (digits.ptr[i] - '0');
	return n;
}

/* 1 to 12 when the word begins like a month, else 0. */
static int
month_of(struct str word)
{
	for (size_t i = 0; i < COUNT(months); i++) {
		struct str rest = str_from(months[i]), name;

		for (int month = 1; str_field(&name, &rest, ' '); month++)
			if (str_starts_nocase(word, name))
				return month;
	}
	return 0;
}

static bool
zone_of(int *minutes, struct str word)
{
	for (size_t i = 0; i < COUNT(zones); i++) {
		if (!str_eq_nocase(word, str_from(zones[i].name)))
			continue;
		*minutes = zones[i].minutes;
		return true;
	}
	return false;
}

/* Capitals, two to five of them, as names of zones are. */
static bool
looks_like_zone(struct str word)
{
	for (size_t i = 0; i < word.len; i++)
		if (word.ptr[i] < 'A' || word.ptr[i] > 'Z')
			return false;
	return word.len >= 2 && word.len <= 5;
}

static void
on_zone_word(struct feed_date *d, struct str word)
{
	int minutes;

	if (!zone_of(&minutes, word)) {
		d->odd_zone = d->odd_zone || looks_like_zone(word);
		return;
	}
	d->summer = minutes > SUMMER / 2;
	if (d->summer)
		minutes -= SUMMER;
	d->offset_s = minutes * 60;
	d->odd_zone = d->korean = false;
	/* "GMT+0200": the sign still counts. */
	d->has_zone = minutes != 0;
}

static bool
is_korean(struct str word)
{
	static const struct str words[] = { STR_INIT("년"), STR_INIT("월"),
		STR_INIT("일"), STR_INIT("오전"), STR_INIT("오후") };

	for (size_t i = 0; i < COUNT(words); i++)
		if (str_eq(word, words[i]))
			return true;
	return false;
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
us_summer(const struct civil *c)
{
	bool now = c->year >= 2007;
	int begin = now ? 3 : 4, end = now ? 11 : 10;

	if (c->month == begin)
		return c->day * 24 + c->hour >= 24 * sunday(c->year, begin,
			now ? 2 : c->year >= 1987 ? 1 : -1) + 2;
	if (c->month == end)
		return c->day * 24 + c->hour <
			24 * sunday(c->year, end, now ? 1 : -1) + 2;
	return c->month > begin && c->month < end;
}

/* AM and PM, also as Korean and Greek feeds have them. */
static bool
half_of_day(struct civil *c, struct str word)
{
	bool am = str_eq_nocase(word, STR("am")) || str_eq(word, STR("오전")) ||
		str_eq(word, STR("上午")) || str_eq(word, STR("πμ"));
	bool pm = str_eq_nocase(word, STR("pm")) || str_eq(word, STR("오후")) ||
		str_eq(word, STR("下午")) || str_eq(word, STR("μμ"));

	if (am && c->hour == 12)
		c->hour = 0;
	if (pm && c->hour < 12)
		c->hour += 12;
	return am || pm;
}

/* Where the half of the day stands before the time it holds for. */
static bool
early_half(struct feed_date *d, struct str word)
{
	struct civil probe = { .hour = 1 };

	if (d->has_time || !half_of_day(&probe, word))
		return false;
	d->civil.hour = probe.hour == 13 ? 12 : 0;
	return true;
}

static void
on_word(struct feed_date *d, struct str word, bool first)
{
	bool day_name = first && d->rest.len && d->rest.ptr[0] == ',';
	int month = day_name ? 0 : month_of(word);

	d->korean = d->korean || is_korean(word);
	if (d->has_time ? half_of_day(&d->civil, word) : early_half(d, word))
		return;
	if (month && (!d->civil.month || d->month_first_word)) {
		d->civil.month = month;
		d->month_first_word = first;
	} else if (d->has_time && !d->has_zone) {
		on_zone_word(d, word);
	}
}

/* hh:mm[:ss[.fraction]], the hour being taken already. */
static int
on_time(struct feed_date *d, int hour)
{
	int before_noon = d->civil.hour; /* 12: a PM stood in front */
	size_t len;

	take(d, 1);
	len = run(d->rest, ascii_digit);
	if (hour > 24 || len < 1 || len > 2)
		return -1;
	d->civil.hour = before_noon == 12 && hour < 12 ? hour + 12 : hour;
	d->civil.minute = value(take(d, len));
	d->has_time = true;
	if (!str_starts(d->rest, STR(":")))
		return 0;
	take(d, 1);
	len = run(d->rest, ascii_digit);
	d->civil.second = value(take(d, len));
	if (str_starts(d->rest, STR(".")))
		take(d, 1 + run(str_sub(d->rest, 1, d->rest.len),
			ascii_digit));
	return len < 1 || len > 2 || str_starts(d->rest, STR(":")) ? -1 : 0;
}

/* +hhmm, +hh:mm, +hh; `digits` were taken already. */
static int
on_zone(struct feed_date *d, struct str digits, int sign)
{
	int hours = value(digits), minutes = 0;
	bool cut = false;

	if (digits.len > 2) {
		minutes = hours % 100;
		hours /= 100;
	} else if (str_starts(d->rest, STR(":"))) {
		take(d, 1);
		cut = run(d->rest, ascii_digit) == 0;
		minutes = value(take(d, run(d->rest, ascii_digit)));
	}
	if (digits.len > 4 || hours > 23 || minutes > 59)
		return -1;
	d->offset_s = sign * (hours * 3600 + minutes * 60);
	d->has_zone = true;
	d->summer = false;
	d->odd_zone = cut;
	return 0;
}

static int
on_number(struct feed_date *d, char before)
{
	struct str digits = take(d, run(d->rest, ascii_digit));

	if (d->has_time && !d->has_zone && (before == '+' || before == '-') &&
		(digits.len == 2 || digits.len == 4))
		return on_zone(d, digits, before == '-' ? -1 : 1);
	if (!d->has_time && str_starts(d->rest, STR(":")) && digits.len <= 2)
		return on_time(d, value(digits));
	if (d->count == NUMBERS_MAX)
		return d->has_time ? 0 : -1;
	if (digits.len > 4)
		return -1;
	if (d->count == 1)
		d->separator = before;
	d->numbers[d->count] = value(digits);
	d->digits[d->count++] = digits.len;
	return 0;
}

static int
scan(struct feed_date *d)
{
	bool first = true;
	char before = ' ';

	while (d->rest.len) {
		if (ascii_digit(d->rest.ptr[0])) {
			if (on_number(d, before) < 0)
				return -1;
		} else if (is_word(d->rest.ptr[0])) {
			if (before == '+' && d->has_time && !d->has_zone)
				d->odd_zone = true;
			on_word(d, take(d, run(d->rest, is_word)), first);
		} else {
			before = take(d, 1).ptr[0];
			continue;
		}
		before = ' ';
		first = false;
	}
	return 0;
}

static void
set_year(struct civil *c, int number, size_t digits)
{
	c->year = number;
	if (digits <= 2)
		c->year += number < 50 ? 2000 : 1900;
}

/*
 * "03-12-31" is ISO 8601 without the century; "31-12-03" begins with a day, as
 * 28 to 31 are years to come.
 */
static bool
year_first(const int *n)
{
	return (n[0] < 28 || n[0] > 31 || n[2] >= 28) && n[1] >= 1 &&
		n[1] <= 12 && n[2] >= 1 && n[2] <= 31;
}

/* Three numbers without a month's name. */
static int
place_numbers(struct feed_date *d)
{
	const int *n = d->numbers;

	if (d->count < 3)
		return -1;
	if (d->digits[0] == 4) {
		set_year(&d->civil, n[0], 4);
		d->civil.month = n[1];
		d->civil.day = n[2];
		return 0;
	}
	if (d->separator == '-' && d->digits[0] == 2 && d->digits[2] == 2 &&
		year_first(n)) {
		set_year(&d->civil, n[0], 2);
		d->civil.month = n[1];
		d->civil.day = n[2];
		return 0;
	}
	set_year(&d->civil, n[2], d->digits[2]);
	if (d->separator == '/' && n[0] <= 12) {
		d->civil.month = n[0];
		d->civil.day = n[1];
	} else {
		d->civil.month = n[1];
		d->civil.day = n[0];
	}
	return 0;
}

/* Day and year beside a month's name; the day may be missing. */
static int
place_with_month(struct feed_date *d)
{
	size_t year = d->count == 1 || d->digits[0] == 4 ? 0 : 1;

	if (d->count == 0 || (d->count == 1 &&
			(d->digits[0] != 4 || d->has_time)))
		return -1;
	set_year(&d->civil, d->numbers[year], d->digits[year]);
	d->civil.day = d->count == 1 ? 1 : d->numbers[year ? 0 : 1];
	return 0;
}

/* The instant that the parts and the zone make. */
static int
join(int64_t *out, struct feed_date *d, int64_t extra_s)
{
	if (!isotime_valid(&d->civil))
		return -1;
	if (d->summer && us_summer(&d->civil))
		d->offset_s += 3600;
	if (d->korean && !d->has_zone && d->has_time)
		d->offset_s = KOREA_S;
	*out = isotime_join(&d->civil) + extra_s - d->offset_s;
	return 0;
}

static int
finish(int64_t *out, struct feed_date *d)
{
	int64_t extra_s = 0;

	if ((d->civil.month ? place_with_month(d) : place_numbers(d)) < 0)
		return -1;
	if (!d->has_time)
		d->civil.hour = 0;
	if (d->civil.hour == 24 && d->civil.minute == 0) {
		d->civil.hour = 0;
		extra_s = DAY_S;
	}
	return join(out, d, extra_s);
}

/* The day of a year, from 1. */
static int
day_of_year(int64_t *out, struct str year, struct str day)
{
	struct civil c = { .month = 1, .day = 1 };
	int n = value(day);

	set_year(&c, value(year), year.len);
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

/* All digits, but for eight of them. */
static int
bare_number(int64_t *out, struct str s)
{
	struct civil c = { .day = 1 };

	if (s.len == 5 || s.len == 7)
		return day_of_year(out, str_sub(s, 0, s.len - 3),
			str_sub(s, s.len - 3, 3));
	if (s.len != 6)
		return since_1970(out, s);
	set_year(&c, value(str_sub(s, 0, 2)), 2);
	c.month = value(str_sub(s, 2, 2));
	c.day = value(str_sub(s, 4, 2));
	if (!isotime_valid(&c))
		return -1;
	*out = isotime_join(&c);
	return 0;
}

/* "-YYMM" and "-YY-MM", without the "-" in front. */
static int
year_and_month(int64_t *out, struct str s)
{
	struct civil c = { .day = 1 };
	size_t mark = s.len > 2 && s.ptr[2] == '-';

	if (s.len != 4 + mark || run(s, ascii_digit) < 2 ||
		run(str_sub(s, 2 + mark, 2), ascii_digit) != 2)
		return -1;
	set_year(&c, value(str_sub(s, 0, 2)), 2);
	c.month = value(str_sub(s, 2 + mark, 2));
	if (!isotime_valid(&c))
		return -1;
	*out = isotime_join(&c);
	return 0;
}

/*
 * ISO 8601 without marks between its parts: YYYYMMDD with an optional
 * Thhmm[ss], YYYY-DDD, YYYYDDD, YYDDD, YYMMDD, -YYMM, -YY-MM; and seconds
 * since 1970.
 */
static int
plain_digits(int64_t *out, struct feed_date *d, struct str s)
{
	size_t len = run(s, ascii_digit);
	struct str tail = str_sub(s, len, s.len);

	if (str_starts(s, STR("-")))
		return year_and_month(out, str_sub(s, 1, s.len));
	if (len == 4 && str_starts(tail, STR("-")) && tail.len == 4 &&
		run(str_sub(tail, 1, 3), ascii_digit) == 3)
		return day_of_year(out, str_sub(s, 0, 4), str_sub(tail, 1, 3));
	if (len != 8)
		return tail.len == 0 ? bare_number(out, s) : -1;
	d->civil.year = value(str_sub(s, 0, 4));
	d->civil.month = value(str_sub(s, 4, 2));
	d->civil.day = value(str_sub(s, 6, 2));
	tail = str_sub(tail, 1, tail.len);
	len = run(tail, ascii_digit);
	if (len == 4 || len == 6) {
		d->civil.hour = value(str_sub(tail, 0, 2));
		d->civil.minute = value(str_sub(tail, 2, 2));
		d->civil.second = value(str_sub(tail, 4, len - 4));
		d->has_time = true;
		d->rest = str_sub(tail, len, tail.len);
		d->count = NUMBERS_MAX;
		if (scan(d) < 0)
			return -1;
	}
	return join(out, d, 0);
}

int
date_parse_zoned(int64_t *out, bool *zoned, struct str s)
{
	struct feed_date d = { .rest = STR("") };
	int result = 0;

	*zoned = true;
	s = str_trim(s);
	if (s.len > DATE_BYTES_MAX)
		return -1;
	if (isotime_parse(out, s) == 0)
		return 0;
	if (plain_digits(out, &d, s) < 0) {
		d = (struct feed_date){ .rest = s };
		result = scan(&d) < 0 ? -1 : finish(out, &d);
	}
	*zoned = !d.odd_zone;
	return result;
}

int
date_parse(int64_t *out, struct str s)
{
	bool zoned;

	return date_parse_zoned(out, &zoned, s);
}
