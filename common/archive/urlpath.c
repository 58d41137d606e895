/*
 * A path is made from names (the folders and the file) and a date. Whether
 * it needs the digest is not tracked rule by rule: the plain path is read
 * back to a URL, and unless that is the key, the digest is added. Two keys
 * with one plain path would both have to be that URL.
 */
#include "common/archive/urlpath.h"

#include <stdint.h>

#include "common/base/arena.h"
#include "common/base/ascii.h"
#include "common/base/digest.h"
#include "common/base/isotime.h"
#include "common/base/number.h"
#include "common/web/url.h"

enum {
	ARENA_BYTES = 4 << 20,
	SEGMENTS_MAX = 512,
	FILE_TAIL_BYTES = 1 + URLPATH_MORE_DIGITS + 3 /* "~...", ".md" */
};

struct date {
	int year, month, day; /* day 0: none; year 0: no date */
	size_t at, count;     /* the segments that are nothing but the date */
};

struct segments {
	struct str items[SEGMENTS_MAX];
	size_t count;
};

/* ---- dates ---- */

static int
two_digits(struct str s, int min, int max)
{
	int64_t n;

	return s.len == 2 && number_parse(&n, s, min, max) == 0 ? (int)n : 0;
}

static int
year_of(struct str s)
{
	int64_t n;

	return s.len == 4 && number_parse(&n, s, 1800, 2099) == 0 ? (int)n : 0;
}

/* 1 to 12 for "07", "jul" and "july", else 0. */
static int
month_of(struct str s)
{
	static const struct str names[] = { STR_INIT("january"),
		STR_INIT("february"), STR_INIT("march"), STR_INIT("april"),
		STR_INIT("may"), STR_INIT("june"), STR_INIT("july"),
		STR_INIT("august"), STR_INIT("september"),
		STR_INIT("october"), STR_INIT("november"),
		STR_INIT("december") };

	for (int i = 0; i < 12; i++)
		if (str_eq_nocase(s, names[i]) ||
			str_eq_nocase(s, str_sub(names[i], 0, 3)))
			return i + 1;
	return two_digits(s, 1, 12);
}

static bool
exists(const struct date *d)
{
	struct civil c = { .year = d->year, .month = d->month,
		.day = d->day };

	return d->year && d->month && d->day && isotime_valid(&c);
}

/* /2016/07/15/ and, with `days` unset, /2016/07/. */
static bool
date_in_segments(struct date *out, const struct segments *s, bool days)
{
	size_t wanted = days ? 3 : 2;

	for (size_t i = 0; i + wanted < s->count; i++) {
		struct date d = { .at = i, .count = wanted };

		d.year = year_of(s->items[i]);
		d.month = d.year ? month_of(s->items[i + 1]) : 0;
		d.day = !days || !d.month ? 0 :
			two_digits(s->items[i + 2], 1, 31);
		if (d.month && (!days || exists(&d))) {
			*out = d;
			return true;
		}
	}
	return false;
}

/* 2016-07-15 and 20160715 with no digit on either side. */
static bool
date_in_segment(struct date *out, struct str s)
{
	for (size_t i = 0; i + 8 <= s.len; i++) {
		size_t dash = i + 4 < s.len && s.ptr[i + 4] == '-' ? 1 : 0;
		size_t len = 8 + 2 * dash;
		struct date d = { 0 };

		if ((i > 0 && ascii_digit(s.ptr[i - 1])) ||
			i + len > s.len || (i + len < s.len &&
			ascii_digit(s.ptr[i + len])) ||
			(dash && s.ptr[i + 7] != '-'))
			continue;
		d.year = year_of(str_sub(s, i, 4));
		d.month = two_digits(str_sub(s, i + 4 + dash, 2), 1, 12);
		d.day = two_digits(str_sub(s, i + 6 + 2 * dash, 2), 1, 31);
		if (exists(&d)) {
			*out = d;
			out->count = len == s.len;
			return true;
		}
	}
	return false;
}

static void
find_date(struct date *out, const struct segments *s)
{
	if (date_in_segments(out, s, true))
		return;
	for (size_t i = 0; i < s->count; i++)
		if (date_in_segment(out, s->items[i])) {
			/* The file keeps its name. */
			out->at = i;
			if (i + 1 == s->count)
				out->count = 0;
			return;
		}
	date_in_segments(out, s, false);
}

/* ---- names ---- */

static bool
is_device(struct str name)
{
	static const struct str devices[] = { STR_INIT("con"),
		STR_INIT("prn"), STR_INIT("aux"), STR_INIT("nul") };
	struct str stem;

	str_cut(&stem, &name, '.');
	for (size_t i = 0; i < sizeof(devices) / sizeof(*devices); i++)
		if (str_eq(stem, devices[i]))
			return true;
	return stem.len == 4 && stem.ptr[3] >= '1' && stem.ptr[3] <= '9' &&
		(str_starts(stem, STR("com")) || str_starts(stem, STR("lpt")));
}

static bool
is_safe(char c)
{
	return ascii_lower(c) || ascii_digit(c) || c == '-' || c == '_' ||
		c == '.';
}

/* Appends s in the safe alphabet, at most `max` bytes of it. */
static void
add_name(struct strbuf *out, struct str s, size_t max)
{
	size_t start = out->len;
	struct strbuf name;

	strbuf_init(&name, max + 1);
	for (size_t i = 0; i < s.len && name.len < max; i++) {
		char c = ascii_to_lower(s.ptr[i]);

		if (c == '%' && i + 2 < s.len)
			i += 2;
		if (is_safe(c))
			strbuf_addc(&name, c);
		else if (name.len == 0 || name.ptr[name.len - 1] != '-')
			strbuf_addc(&name, '-');
	}
	if (name.len == 0)
		strbuf_addc(&name, '_');
	if (name.ptr[0] == '.' || name.ptr[0] == '-')
		name.ptr[0] = '_';
	if (is_device(strbuf_str(&name)))
		strbuf_addc(out, '_');
	strbuf_adds(out, strbuf_str(&name));
	strbuf_cut(out, start + max);
	if (out->ptr[out->len - 1] == '.')
		out->ptr[out->len - 1] = '-';
	strbuf_release(&name);
}

static void
add_folder(struct strbuf *out, struct str s, size_t max)
{
	add_name(out, s, max);
	if (str_ends(strbuf_str(out), STR(".md")))
		out->ptr[out->len - 3] = '-';
	strbuf_addc(out, '/');
}

static void
add_host(struct strbuf *out, const struct url *url)
{
	struct strbuf port;

	strbuf_init(&port, 16);
	if (url->port >= 0)
		strbuf_addf(&port, "+%d", url->port);
	add_folder(out, url->host, URLPATH_NAME_BYTES - port.len);
	if (port.len > 0) {
		strbuf_cut(out, out->len - 1);
		strbuf_adds(out, strbuf_str(&port));
		strbuf_addc(out, '/');
	}
	strbuf_release(&port);
}

/* The last segment without an extension that says nothing. */
static struct str
file_of(struct str segment)
{
	static const struct str extensions[] = { STR_INIT(".html"),
		STR_INIT(".htm"), STR_INIT(".php"), STR_INIT(".aspx") };

	for (size_t i = 0; i < sizeof(extensions) / sizeof(*extensions); i++)
		if (segment.len > extensions[i].len &&
			str_ends_nocase(segment, extensions[i])) {
			segment.len -= extensions[i].len;
			break;
		}
	return segment.len == 0 ? STR("index") : segment;
}

/* ---- paths ---- */

/* Splits the path; what is beyond SEGMENTS_MAX stays in the last segment. */
static void
split(struct segments *out, struct str path)
{
	struct str segment;

	out->count = 0;
	path = str_sub(path, 1, path.len);
	while (out->count + 1 < SEGMENTS_MAX &&
		str_find_byte(path, '/') >= 0) {
		str_cut(&segment, &path, '/');
		out->items[out->count++] = segment;
	}
	out->items[out->count++] = path;
}

static bool
is_date_segment(const struct date *d, size_t i)
{
	return i >= d->at && i < d->at + d->count;
}

/* Length of the last folder's name; out ends in its slash. */
static size_t
last_folder_len(const struct strbuf *out)
{
	struct str path = { out->ptr, out->len - 1 };

	return path.len - (size_t)(str_find_last(path, '/') + 1);
}

/* Folders, as long as the file's name has room behind them. */
static void
add_folders(struct strbuf *out, const struct segments *s,
	const struct date *date)
{
	size_t most = URLPATH_BYTES - FILE_TAIL_BYTES - 20, folders = 0;

	for (size_t i = 0; i + 1 < s->count; i++) {
		size_t before = out->len;

		if (is_date_segment(date, i) || s->items[i].len == 0)
			continue;
		if (folders >= URLPATH_FOLDERS)
			out->ptr[out->len - 1] = '+';
		add_folder(out, s->items[i], URLPATH_NAME_BYTES);
		if (out->len > most ||
			last_folder_len(out) > URLPATH_NAME_BYTES) {
			strbuf_cut(out, before);
			out->ptr[out->len - 1] = '/';
			return;
		}
		folders++;
	}
}

/* The path but for digest and ".md". */
static void
add_plain(struct strbuf *out, const struct url *url, const char *hex,
	size_t digits, enum urlpath_place place)
{
	struct segments s;
	struct date date;
	size_t room;

	split(&s, url->path);
	date = (struct date){ 0 };
	if (place == URLPATH_OWN)
		find_date(&date, &s);
	add_host(out, url);
	if (date.day)
		strbuf_addf(out, "%04d/%02d/%02d/", date.year, date.month,
			date.day);
	else if (date.year)
		strbuf_addf(out, "%04d/%02d/", date.year, date.month);
	else
		strbuf_addf(out, "_/%c/%c/%c/", hex[0], hex[1], hex[2]);
	add_folders(out, &s, &date);
	room = URLPATH_BYTES - 4 - digits - out->len;
	if (room > URLPATH_NAME_BYTES - 4 - digits)
		room = URLPATH_NAME_BYTES - 4 - digits;
	add_name(out, file_of(s.items[s.count - 1]), room);
}

/* Appends the URL that a plain path (without ".md") is the path of. */
static void
read_back(struct strbuf *out, struct str path)
{
	struct str host;
	ptrdiff_t port;

	str_cut(&host, &path, '/');
	port = str_find_byte(host, '+');
	strbuf_adds(out, STR("https://"));
	strbuf_adds(out, str_sub(host, 0, port < 0 ? host.len : (size_t)port));
	if (port >= 0) {
		strbuf_addc(out, ':');
		strbuf_adds(out, str_sub(host, (size_t)port + 1, host.len));
	}
	strbuf_addc(out, '/');
	if (str_starts(path, STR("_/")))
		path = str_sub(path, 8, path.len);
	if (str_ends(path, STR("/index")) || str_eq(path, STR("index")))
		path.len -= 5;
	strbuf_adds(out, path);
}

static bool
reads_back(struct str path, struct str key)
{
	struct strbuf url;
	bool same;

	strbuf_init(&url, URLPATH_BYTES + 16);
	read_back(&url, path);
	same = str_eq(strbuf_str(&url), key);
	strbuf_release(&url);
	return same;
}

int
urlpath_at(struct strbuf *out, struct str key, size_t digits,
	enum urlpath_place place, struct err *err)
{
	unsigned char sum[DIGEST_SHA256_BYTES];
	struct strbuf hex, path;
	struct arena arena;
	struct url url;
	int result;

	arena_init(&arena, ARENA_BYTES);
	result = url_parse(&url, key, NULL, &arena, err);
	if (result == 0) {
		strbuf_init(&hex, 2 * sizeof(sum));
		strbuf_init(&path, 2 * URLPATH_BYTES);
		digest_sha256(sum, key);
		digest_hex(&hex, sum, sizeof(sum));
		add_plain(&path, &url, hex.ptr, digits, place);
		if (digits > URLPATH_DIGITS ||
			!reads_back(strbuf_str(&path), key)) {
			strbuf_addc(&path, '~');
			strbuf_adds(&path, str_sub(strbuf_str(&hex), 0,
				digits));
		}
		strbuf_adds(out, strbuf_str(&path));
		strbuf_adds(out, STR(".md"));
		strbuf_release(&hex);
		strbuf_release(&path);
	}
	arena_release(&arena);
	return result;
}

int
urlpath_of(struct strbuf *out, struct str key, size_t digits, struct err *err)
{
	return urlpath_at(out, key, digits, URLPATH_OWN, err);
}
