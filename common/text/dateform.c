/* What can be done with a date once it is read: see date.h. */
#include "common/text/date.h"

#include "common/base/ascii.h"
#include "common/base/isotime.h"
#include "common/text/datewords.h"

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
