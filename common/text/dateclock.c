/* Times of day and zones behind a date: see datetoken.h. */
#include "common/text/datetoken.h"

#include "common/base/ascii.h"
#include "common/text/datewords.h"

enum { TIME_GAP = 14, FEED_TIME_GAP = 60, ZONE_TOKENS = 8 };

static bool
read_zone_name(struct date *d, const struct datetoken *t, unsigned flags,
	size_t *end)
{
	uint32_t lists = DATEWORDS_ZONE, found;

	if (flags & DATE_OF_FEED)
		lists |= DATEWORDS_ZONE_FEED | DATEWORDS_ZONE_SUMMER;
	found = t->kind == TOKEN_WORD ?
		datewords_zone(&d->zone_minutes, t->text, lists) : 0;
	if (!found)
		return false;
	d->has_zone = true;
	d->summer = found & DATEWORDS_ZONE_SUMMER;
	*end = t->end;
	return true;
}

static bool
is_of(const struct datetoken *t, uint32_t lists)
{
	return t->kind == TOKEN_WORD && datewords_of(t->text) & lists;
}

/* +02:00, +0200, +02, Z, GMT, UTC, "UTC+2", CEST; false leaves d alone. */
static bool
read_zone(struct date *d, struct str s, struct datetoken t, unsigned flags,
	size_t *end)
{
	struct datetoken hours, colon, minutes;
	int sign;

	if (read_zone_name(d, &t, flags, end))
		return true;
	if (is_of(&t, DATEWORDS_UNIVERSAL)) {
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

/* Capitals, two to five of them, as names of zones are. */
static bool
looks_like_zone(const struct datetoken *t)
{
	for (size_t i = 0; i < t->text.len; i++)
		if (!ascii_upper(t->text.ptr[i]))
			return false;
	return t->kind == TOKEN_WORD && t->text.len >= 2 && t->text.len <= 5;
}

/* In feeds a zone may come after other words: "XYZ +0100", "(CET)". */
static void
read_feed_zone(struct date *d, struct str s, struct datetoken t, size_t *end)
{
	for (int i = 0; i < ZONE_TOKENS && t.kind != TOKEN_END; i++) {
		struct datetoken next = datetoken_after(s, &t);

		if (read_zone(d, s, t, DATE_OF_FEED, end)) {
			next = datetoken_at(s, *end);
			d->odd_zone = datetoken_is_mark(&next, ':');
			return;
		}
		d->odd_zone |= looks_like_zone(&t) ||
			(datetoken_is_mark(&t, '+') && next.kind == TOKEN_WORD);
		t = next;
	}
}

static void
set_half_day(struct date *d, uint32_t half)
{
	if (half & DATEWORDS_AFTERNOON && d->hour < 12)
		d->hour += 12;
	else if (half & DATEWORDS_MORNING && d->hour == 12)
		d->hour = 0;
}

static void
read_half_day(struct date *d, struct str s, struct datetoken *t,
	size_t *end)
{
	if (!is_of(t, DATEWORDS_MORNING | DATEWORDS_AFTERNOON))
		return;
	set_half_day(d, datewords_of(t->text));
	*end = t->end;
	*t = datetoken_after(s, t);
}

/* hh:mm[:ss[.fraction]] [am|pm] [zone] at the number t. */
static bool
read_clock(struct date *d, struct str s, struct datetoken t, unsigned flags,
	size_t *end)
{
	struct datetoken colon = datetoken_after(s, &t), next;
	bool feed = flags & DATE_OF_FEED;

	if (t.kind != TOKEN_NUMBER || t.digits > 2 ||
		t.value > (feed ? 24 : 23) ||
		!datetoken_is_mark(&colon, ':') || colon.spaced)
		return false;
	next = datetoken_after(s, &colon);
	if (next.kind != TOKEN_NUMBER || next.digits > 2 || next.value > 59 ||
		(next.digits != 2 && !feed))
		return false;
	*d = (struct date){ d->year, d->month, d->day, .has_time = true,
		.hour = t.value, .minute = next.value };
	*end = next.end;
	next = datetoken_after(s, &next);
	colon = datetoken_after(s, &next);
	if (datetoken_is_mark(&next, ':') && colon.kind == TOKEN_NUMBER &&
		(colon.digits == 2 || (feed && colon.digits == 1)) &&
		colon.value <= 60) {
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
	if (feed && d->has_seconds && datetoken_is_mark(&next, ':'))
		d->has_time = false; /* one part too many: it is none */
	read_half_day(d, s, &next, end);
	if (feed)
		read_feed_zone(d, s, next, end);
	else
		read_zone(d, s, next, flags, end);
	return true;
}

/* "T161908Z" of the basic form, t being the word T or the number behind. */
static bool
read_basic_clock(struct date *d, struct str s, struct datetoken t,
	unsigned flags, size_t *end)
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
	t = datetoken_after(s, &t);
	if (flags & DATE_OF_FEED)
		read_feed_zone(d, s, t, end);
	else
		read_zone(d, s, t, flags, end);
	return true;
}

void
dateclock_read(struct date *d, struct str s, unsigned flags, size_t *end)
{
	struct datetoken t = datetoken_at(s, *end);
	size_t last = *end +
		(flags & DATE_OF_FEED ? FEED_TIME_GAP : TIME_GAP);
	struct date before = *d;
	uint32_t half = 0;

	if (datetoken_is_word(&t, "t")) {
		t = datetoken_after(s, &t);
		if (read_basic_clock(d, s, t, flags, end))
			return;
		*d = before;
	}
	for (; t.kind != TOKEN_END && t.at < last;
		t = datetoken_after(s, &t)) {
		/* before the time in Korean and Chinese; "am" is German too */
		if (t.kind == TOKEN_WORD && (unsigned char)*t.text.ptr >= 0x80)
			half |= datewords_at(str_sub(s, t.at, s.len));
		if (t.kind == TOKEN_NUMBER) {
			if (read_clock(d, s, t, flags, end))
				set_half_day(d, half);
			return;
		}
	}
}

/* "Mar 18 12:00:00 CET 2019": the clock stands before the year. */
void
dateclock_read_inner(struct date *d, struct str s, unsigned flags, size_t from,
	size_t to)
{
	struct datetoken t = datetoken_at(s, from);
	size_t end = to;

	for (; t.kind != TOKEN_END && t.end < to; t = datetoken_after(s, &t))
		if (read_clock(d, str_sub(s, 0, to), t, flags, &end))
			return;
}
