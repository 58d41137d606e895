/* Times of day and zones behind a date: see datetoken.h. */
#include "common/text/datetoken.h"

#include "common/text/datewords.h"

enum { TIME_GAP = 14 };

static bool
read_zone_name(struct date *d, const struct datetoken *t, size_t *end)
{
	if (t->kind != TOKEN_WORD || !datewords_zone(&d->zone_minutes, t->text,
		DATEWORDS_ZONE))
		return false;
	d->has_zone = true;
	*end = t->end;
	return true;
}

/* +02:00, +0200, +02, Z, GMT, UTC, "UTC+2", CEST; false leaves d alone. */
static bool
read_zone(struct date *d, struct str s, struct datetoken t, size_t *end)
{
	struct datetoken hours, colon, minutes;
	int sign;

	if (read_zone_name(d, &t, end))
		return true;
	if (datetoken_is_word(&t, "z") || datetoken_is_word(&t, "utc") ||
		datetoken_is_word(&t, "gmt")) {
		d->has_zone = d->zulu = true;
		*end = t.end;
		t = datetoken_after(s, &t);
		if (t.spaced)
			return true;
	}
	if (!datetoken_is_mark(&t, '+') && !datetoken_is_mark(&t, '-'))
		return d->zulu;
	sign = t.mark == '-' ? -1 : 1;
	hours = datetoken_after(s, &t);
	if (hours.kind != TOKEN_NUMBER || hours.spaced ||
		(hours.digits != 4 && hours.digits > 2))
		return d->zulu;
	colon = datetoken_after(s, &hours);
	minutes = datetoken_after(s, &colon);
	d->zone_minutes = hours.digits == 4 ?
		hours.value / 100 * 60 + hours.value % 100 : hours.value * 60;
	*end = hours.end;
	if (hours.digits <= 2 && datetoken_is_mark(&colon, ':') &&
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
read_half_day(struct date *d, struct str s, struct datetoken *t,
	size_t *end)
{
	bool pm = datetoken_is_word(t, "pm") || datetoken_is_word(t, "p");
	bool am = datetoken_is_word(t, "am") || datetoken_is_word(t, "a");

	if (!pm && !am)
		return;
	if (pm && d->hour < 12)
		d->hour += 12;
	else if (am && d->hour == 12)
		d->hour = 0;
	*end = t->end;
	*t = datetoken_after(s, t);
}

/* hh:mm[:ss[.fraction]] [am|pm] [zone] at the number t. */
static bool
read_clock(struct date *d, struct str s, struct datetoken t, size_t *end)
{
	struct datetoken colon = datetoken_after(s, &t), next;

	if (t.kind != TOKEN_NUMBER || t.digits > 2 || t.value > 23 ||
		!datetoken_is_mark(&colon, ':') || colon.spaced)
		return false;
	next = datetoken_after(s, &colon);
	if (next.kind != TOKEN_NUMBER || next.digits != 2 || next.value > 59)
		return false;
	*d = (struct date){ d->year, d->month, d->day, .has_time = true,
		.hour = t.value, .minute = next.value };
	*end = next.end;
	next = datetoken_after(s, &next);
	colon = datetoken_after(s, &next);
	if (datetoken_is_mark(&next, ':') && colon.kind == TOKEN_NUMBER &&
		colon.digits == 2 && colon.value <= 60) {
		d->second = colon.value;
		d->has_seconds = true;
		*end = colon.end;
		next = datetoken_after(s, &colon);
		colon = datetoken_after(s, &next);
		if ((datetoken_is_mark(&next, '.') ||
			    datetoken_is_mark(&next, ',')) &&
			colon.kind == TOKEN_NUMBER && !colon.spaced) {
			*end = colon.end;
			next = datetoken_after(s, &colon);
		}
	}
	read_half_day(d, s, &next, end);
	read_zone(d, s, next, end);
	return true;
}

/* "T161908Z" of the basic form, t being the word T or the number behind. */
static bool
read_basic_clock(struct date *d, struct str s, struct datetoken t,
	size_t *end)
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
	read_zone(d, s, datetoken_after(s, &t), end);
	return true;
}

void
dateclock_read(struct date *d, struct str s, size_t *end)
{
	struct datetoken t = datetoken_at(s, *end);
	struct date before = *d;

	if (datetoken_is_word(&t, "t")) {
		t = datetoken_after(s, &t);
		if (read_basic_clock(d, s, t, end))
			return;
		*d = before;
	}
	for (; t.kind != TOKEN_END && t.at < *end + TIME_GAP;
		t = datetoken_after(s, &t))
		if (t.kind == TOKEN_NUMBER) {
			read_clock(d, s, t, end);
			return;
		}
}

/* "Mar 18 12:00:00 CET 2019": the clock stands before the year. */
void
dateclock_read_inner(struct date *d, struct str s, size_t from, size_t to)
{
	struct datetoken t = datetoken_at(s, from);
	size_t end = to;

	for (; t.kind != TOKEN_END && t.end < to; t = datetoken_after(s, &t))
		if (read_clock(d, str_sub(s, 0, to), t, &end))
			return;
}
