/*
 * A date is looked for among tokens: numbers, words and the bytes between
 * them. At each number or month's name the forms are tried, the stricter
 * first; what is read is checked against the calendar, so that "3.14.2015"
 * and a telephone number are none.
 */
#include "cmd/extract/date.h"

#include "common/ascii.h"
#include "common/isotime.h"
#include "common/number.h"
#include "common/unicode.h"
#include "common/utf8.h"

enum { TOKEN_GAP = 24, TIME_GAP = 14 };

enum token_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_WORD, TOKEN_MARK };

struct token {
	enum token_kind kind;
	int value;   /* of a number of at most 9 digits */
	int digits;
	int month;   /* that a word names */
	char mark;   /* '.', '/', '-', ',', ':', '+' or another byte */
	struct str text;
	size_t at, end; /* offsets */
	bool spaced; /* white space in front */
};

static struct token
number_token(struct str s, size_t at)
{
	struct token t = { .kind = TOKEN_NUMBER, .at = at, .end = at };

	for (; t.end < s.len && ascii_digit(s.ptr[t.end]); t.end++, t.digits++)
		if (t.digits < 9)
			t.value = t.value * 10 + (s.ptr[t.end] - '0');
	t.text = str_sub(s, at, t.end - at);
	return t;
}

/* A letter's bytes at s, or 0. */
static size_t
letter_bytes(struct str s)
{
	struct str before = s;
	uint32_t c;

	if (s.len == 0)
		return 0;
	if ((unsigned char)*s.ptr < 0x80)
		return ascii_alpha(*s.ptr) ? 1 : 0;
	c = utf8_decode(&s);
	return c != UTF8_BAD && unicode_class(c) >= UNICODE_DIGIT ? before.len - s.len : 0;
}

static struct token
word_token(struct str s, size_t at)
{
	struct token t = { .kind = TOKEN_WORD, .at = at, .end = at };
	size_t n = letter_bytes(str_sub(s, at, 4)), first = n;

	/* A Han character is a word: the parts of a date stand alone. */
	while (n > 0) {
		t.end += n;
		if (first == 3 && n == 3)
			break;
		n = letter_bytes(str_sub(s, t.end, 4));
	}
	t.text = str_sub(s, at, t.end - at);
	t.month = date_month(t.text);
	return t;
}

/* No-break and thin spaces are spaces too. */
static size_t
space_bytes(struct str s)
{
	if (s.len > 0 && ascii_space(*s.ptr))
		return 1;
	if (str_starts(s, STR("\u00a0")))
		return 2;
	return str_starts(s, STR("\u202f")) || str_starts(s, STR("\u2009")) ?
		3 : 0;
}

static struct token
token_at(struct str s, size_t at)
{
	struct token t = { .kind = TOKEN_END, .at = s.len, .end = s.len };
	size_t start = at, n;

	while ((n = space_bytes(str_sub(s, at, 3))) > 0)
		at += n;
	if (at >= s.len)
		return t;
	if (ascii_digit(s.ptr[at]))
		t = number_token(s, at);
	else if (letter_bytes(str_sub(s, at, 4)) > 0)
		t = word_token(s, at);
	else
		t = (struct token){ .kind = TOKEN_MARK, .mark = s.ptr[at],
			.at = at, .end = at + 1, .text = str_sub(s, at, 1) };
	t.spaced = at > start;
	return t;
}

static struct token
after(struct str s, const struct token *t)
{
	return token_at(s, t->end);
}

static bool
is_mark(const struct token *t, char c)
{
	return t->kind == TOKEN_MARK && t->mark == c;
}

static bool
is_word(const struct token *t, const char *word)
{
	return t->kind == TOKEN_WORD && str_eq_nocase(t->text, str_from(word));
}

static bool
is_year(const struct token *t)
{
	return t->kind == TOKEN_NUMBER && t->digits == 4 &&
		t->value >= DATE_YEAR_MIN && t->value <= DATE_YEAR_MAX;
}

static bool
is_small(const struct token *t, int max)
{
	return t->kind == TOKEN_NUMBER && t->digits <= 2 && t->value >= 1 &&
		t->value <= max;
}

static bool
set_date(struct date *d, int year, int month, int day)
{
	struct civil c = { year, month, day, 0, 0, 0, 0 };

	*d = (struct date){ .year = year, .month = month, .day = day };
	return year >= DATE_YEAR_MIN && year <= DATE_YEAR_MAX &&
		isotime_valid(&c);
}

/* Past "." "," "de" "of" "del" "st" and the like between a date's parts. */
static struct token
past_filler(struct str s, struct token t)
{
	static const char *const fillers[] = { "de", "del", "of", "d", "st",
		"nd", "rd", "th", "er", "e", "den", "do", "di", "\u00ba" };
	bool skip = true;

	for (int i = 0; i < 4 && skip; i++) {
		skip = is_mark(&t, '.') || is_mark(&t, ',') ||
			is_mark(&t, '-') || is_mark(&t, '/');
		for (size_t k = 0; k < sizeof(fillers) / sizeof(*fillers); k++)
			skip = skip || is_word(&t, fillers[k]);
		if (skip)
			t = after(s, &t);
	}
	return t;
}

/* 2024-05-03, 2024/5/3, 2024.05.03, 2024 年 5 月 3 日, 2024. május 3. */
static size_t
year_first(struct date *d, struct str s, const struct token *year)
{
	struct token sep = after(s, year), month, sep2, day;

	if (!is_year(year))
		return 0;
	if (sep.kind != TOKEN_MARK && sep.kind != TOKEN_WORD)
		return 0;
	month = sep.kind == TOKEN_WORD && sep.month ? sep : after(s, &sep);
	if (month.kind == TOKEN_WORD && month.month) {
		day = past_filler(s, after(s, &month));
		return is_small(&day, 31) && set_date(d, year->value,
			month.month, day.value) ? day.end : 0;
	}
	if (!is_small(&month, 12))
		return 0;
	sep2 = after(s, &month);
	if (sep2.kind != sep.kind || (sep.kind == TOKEN_MARK &&
		sep.mark != sep2.mark))
		return 0;
	day = after(s, &sep2);
	if (!is_small(&day, 31) ||
		!set_date(d, year->value, month.value, day.value))
		return 0;
	if (sep.kind == TOKEN_WORD) /* 年 or 년, then 日 or 일 */
		return letter_bytes(sep.text) == 3 ? after(s, &day).end : 0;
	return sep.mark == '-' || sep.mark == '/' || sep.mark == '.' ?
		day.end : 0;
}

/* 20240503 */
static size_t
compact(struct date *d, const struct token *t)
{
	if (t->kind != TOKEN_NUMBER || t->digits != 8)
		return 0;
	return set_date(d, t->value / 10000, t->value / 100 % 100,
		t->value % 100) ? t->end : 0;
}

/* The year of "3.5.24" and "3/5/2024"; 0 when it is none. */
static int
year_value(const struct token *t)
{
	if (is_year(t))
		return t->value;
	if (t->kind == TOKEN_NUMBER && t->digits == 2)
		return t->value < 70 ? 2000 + t->value : 1900 + t->value;
	return 0;
}

/* 03.05.2024, 3/5/2024, 3-5-2024, 3.5.24 */
static size_t
numbers_only(struct date *d, struct str s, const struct token *first,
	unsigned flags)
{
	struct token sep = after(s, first), second, sep2, year;
	int day, month;

	if (!is_small(first, 31) || sep.kind != TOKEN_MARK ||
		!(sep.mark == '.' || sep.mark == '/' || sep.mark == '-'))
		return 0;
	second = after(s, &sep);
	sep2 = after(s, &second);
	if (!is_small(&second, 31) || !is_mark(&sep2, sep.mark))
		return 0;
	year = after(s, &sep2);
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

/* 3 May 2024, 3. Mai 2024, 3rd of May, 2024, 3 de mayo de 2024 */
static size_t
day_first(struct date *d, struct str s, const struct token *day)
{
	struct token month, year;

	if (!is_small(day, 31))
		return 0;
	month = past_filler(s, after(s, day));
	if (month.kind != TOKEN_WORD || !month.month)
		return 0;
	year = past_filler(s, after(s, &month));
	/* "3. Mai 24" is rare; "3 May 12:30" is not a year. */
	return is_year(&year) && set_date(d, year.value, month.month,
		day->value) ? year.end : 0;
}

/* Past "12:30:00", a zone and marks: "Mon Mar 18 12:00:00 CET 2019". */
static struct token
past_clock(struct str s, struct token t)
{
	for (int i = 0; i < 10; i++) {
		if (is_year(&t) || t.kind == TOKEN_END)
			break;
		t = after(s, &t);
	}
	return t;
}

/* May 3, 2024; May 3rd 2024; Mar 18 12:00:00 CET 2019 */
static size_t
month_first(struct date *d, struct str s, const struct token *month)
{
	struct token day, year, colon;

	if (month->kind != TOKEN_WORD || !month->month)
		return 0;
	day = past_filler(s, after(s, month));
	if (!is_small(&day, 31))
		return 0;
	year = past_filler(s, after(s, &day));
	if (!is_year(&year)) {
		colon = after(s, &year);
		if (!is_mark(&colon, ':'))
			return 0;
		year = past_clock(s, year);
	}
	return is_year(&year) && set_date(d, year.value, month->month,
		day.value) ? year.end : 0;
}

/* Zones by their letters, where these mean one zone only. */
static const struct {
	const char *name;
	int minutes;
} zones[] = {
	{ "cet", 60 }, { "cest", 120 }, { "mez", 60 }, { "mesz", 120 },
	{ "eet", 120 }, { "eest", 180 }, { "wet", 0 }, { "west", 60 },
	{ "bst", 60 }, { "msk", 180 }, { "est", -300 }, { "edt", -240 },
	{ "cst", -360 }, { "cdt", -300 }, { "mst", -420 }, { "mdt", -360 },
	{ "pst", -480 }, { "pdt", -420 }, { "jst", 540 }, { "kst", 540 },
	{ "hkt", 480 }, { "aest", 600 }, { "aedt", 660 },
};

static bool
read_zone_name(struct date *d, const struct token *t, size_t *end)
{
	for (size_t i = 0; i < sizeof(zones) / sizeof(*zones); i++)
		if (is_word(t, zones[i].name)) {
			d->zone_minutes = zones[i].minutes;
			d->has_zone = true;
			*end = t->end;
			return true;
		}
	return false;
}

/* +02:00, +0200, +02, Z, GMT, UTC, "UTC+2", CEST; false leaves d alone. */
static bool
read_zone(struct date *d, struct str s, struct token t, size_t *end)
{
	struct token hours, colon, minutes;
	int sign;

	if (read_zone_name(d, &t, end))
		return true;
	if (is_word(&t, "z") || is_word(&t, "utc") || is_word(&t, "gmt")) {
		d->has_zone = d->zulu = true;
		*end = t.end;
		t = after(s, &t);
		if (t.spaced)
			return true;
	}
	if (!is_mark(&t, '+') && !is_mark(&t, '-'))
		return d->zulu;
	sign = t.mark == '-' ? -1 : 1;
	hours = after(s, &t);
	if (hours.kind != TOKEN_NUMBER || hours.spaced ||
		(hours.digits != 4 && hours.digits > 2))
		return d->zulu;
	colon = after(s, &hours);
	minutes = after(s, &colon);
	d->zone_minutes = hours.digits == 4 ?
		hours.value / 100 * 60 + hours.value % 100 : hours.value * 60;
	*end = hours.end;
	if (hours.digits <= 2 && is_mark(&colon, ':') &&
		minutes.kind == TOKEN_NUMBER && minutes.digits == 2) {
		d->zone_minutes += minutes.value;
		*end = minutes.end;
	}
	d->zone_minutes *= sign;
	d->has_zone = true;
	d->zulu = false;
	return true;
}

static void
read_half_day(struct date *d, struct str s, struct token *t, size_t *end)
{
	bool pm = is_word(t, "pm") || is_word(t, "p");
	bool am = is_word(t, "am") || is_word(t, "a");

	if (!pm && !am)
		return;
	if (pm && d->hour < 12)
		d->hour += 12;
	else if (am && d->hour == 12)
		d->hour = 0;
	*end = t->end;
	*t = after(s, t);
}

/* hh:mm[:ss[.fraction]] [am|pm] [zone] at the number t. */
static bool
read_clock(struct date *d, struct str s, struct token t, size_t *end)
{
	struct token colon = after(s, &t), next;

	if (t.kind != TOKEN_NUMBER || t.digits > 2 || t.value > 23 ||
		!is_mark(&colon, ':') || colon.spaced)
		return false;
	next = after(s, &colon);
	if (next.kind != TOKEN_NUMBER || next.digits != 2 || next.value > 59)
		return false;
	*d = (struct date){ d->year, d->month, d->day, .has_time = true,
		.hour = t.value, .minute = next.value };
	*end = next.end;
	next = after(s, &next);
	colon = after(s, &next);
	if (is_mark(&next, ':') && colon.kind == TOKEN_NUMBER &&
		colon.digits == 2 && colon.value <= 60) {
		d->second = colon.value;
		d->has_seconds = true;
		*end = colon.end;
		next = after(s, &colon);
		colon = after(s, &next);
		if ((is_mark(&next, '.') || is_mark(&next, ',')) &&
			colon.kind == TOKEN_NUMBER && !colon.spaced) {
			*end = colon.end;
			next = after(s, &colon);
		}
	}
	read_half_day(d, s, &next, end);
	read_zone(d, s, next, end);
	return true;
}

/* "T161908Z" of the basic form, t being the word T or the number behind. */
static bool
read_basic_clock(struct date *d, struct str s, struct token t, size_t *end)
{
	if (t.kind != TOKEN_NUMBER || t.spaced ||
		(t.digits != 6 && t.digits != 4))
		return false;
	d->has_seconds = t.digits == 6;
	d->second = d->has_seconds ? t.value % 100 : 0;
	d->minute = (d->has_seconds ? t.value / 100 : t.value) % 100;
	d->hour = t.value / (d->has_seconds ? 10000 : 100);
	if (d->hour > 23 || d->minute > 59 || d->second > 60)
		return false;
	d->has_time = true;
	*end = t.end;
	read_zone(d, s, after(s, &t), end);
	return true;
}

/* The time of day within a few bytes behind a date. */
static void
read_time(struct date *d, struct str s, size_t *end)
{
	struct token t = token_at(s, *end);
	struct date before = *d;

	if (is_word(&t, "t")) {
		t = after(s, &t);
		if (read_basic_clock(d, s, t, end))
			return;
		*d = before;
	}
	for (; t.kind != TOKEN_END && t.at < *end + TIME_GAP; t = after(s, &t))
		if (t.kind == TOKEN_NUMBER) {
			read_clock(d, s, t, end);
			return;
		}
}

/* "Mar 18 12:00:00 CET 2019": the clock stands before the year. */
static void
read_inner_time(struct date *d, struct str s, size_t from, size_t to)
{
	struct token t = token_at(s, from);
	size_t end = to;

	for (; t.kind != TOKEN_END && t.end < to; t = after(s, &t))
		if (read_clock(d, str_sub(s, 0, to), t, &end))
			return;
}

static size_t
date_at(struct date *d, struct str s, const struct token *t, unsigned flags)
{
	size_t end = year_first(d, s, t);

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
	struct token t = token_at(s, 0);

	for (; t.kind != TOKEN_END; t = after(s, &t)) {
		if (t.kind == TOKEN_MARK || (t.kind == TOKEN_WORD && !t.month))
			continue;
		*end = date_at(out, s, &t, flags);
		if (*end == 0)
			continue;
		*start = t.at;
		if (!(flags & DATE_NO_TIME)) {
			read_inner_time(out, s, t.end, *end);
			if (!out->has_time)
				read_time(out, s, end);
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
