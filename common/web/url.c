/*
 * The standard's state machine for special schemes, unrolled: each state
 * takes its part off the front of `rest` and appends it, serialised, to the
 * one buffer that becomes href. A relative reference begins with a copy of
 * the front of the base's href. Marks hold the offsets at which the parts
 * begin, since the buffer moves while it grows.
 */
#include "common/web/url.h"

#include <stdint.h>

#include "common/base/ascii.h"
#include "common/base/number.h"
#include "common/base/utf8.h"
#include "common/web/urlhost.h"

enum { HREF_BYTES = URL_INPUT_BYTES * 10 };

struct build {
	struct strbuf href;
	size_t user, user_end;  /* [user, user_end) is the user name */
	size_t password, password_end;
	size_t host, host_end;
	size_t path, path_end;
	size_t query, fragment; /* 0: none; else behind "?" and "#" */
	enum url_host_kind host_kind;
	int port;
};

/* ---- percent-encode sets (WHATWG URL 1.3) ---- */

enum set { SET_FRAGMENT, SET_QUERY, SET_PATH, SET_USERINFO };

static bool
in_set(enum set set, char c)
{
	/* Beyond C0 controls, blank, '"', "<", ">" and what is no ASCII. */
	static const char *const more[] = { "`", "#'", "#?^`{}",
		"#?^`{}/:;=@[\\]|" };
	unsigned char byte = (unsigned char)c;

	if (ascii_alnum(c))
		return false;
	if (byte <= 0x20 || byte > 0x7e)
		return true;
	return c == '"' || c == '<' || c == '>' || strchr(more[set], c);
}

static void
add_encoded(struct strbuf *out, enum set set, struct str s)
{
	static const char hex[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.len; i++) {
		unsigned char byte = (unsigned char)s.ptr[i];

		if (in_set(set, s.ptr[i])) {
			strbuf_addc(out, '%');
			strbuf_addc(out, hex[byte >> 4]);
			strbuf_addc(out, hex[byte & 15]);
		} else {
			strbuf_addc(out, s.ptr[i]);
		}
	}
}

/* ---- states ---- */

static bool
is_slash(char c)
{
	return c == '/' || c == '\\';
}

static struct str
skip_slashes(struct str s)
{
	while (s.len > 0 && is_slash(s.ptr[0]))
		s = str_sub(s, 1, s.len);
	return s;
}

/* The part of *rest before the first of `ends`, which stays in *rest. */
static struct str
take_until(struct str *rest, const char *ends)
{
	size_t len = 0;
	struct str part;

	while (len < rest->len && (rest->ptr[len] == '\0' ||
		!strchr(ends, rest->ptr[len])))
		len++;
	part = str_sub(*rest, 0, len);
	*rest = str_sub(*rest, len, rest->len);
	return part;
}

static void
add_userinfo(struct build *b, struct str userinfo)
{
	struct str user;

	b->user = b->href.len;
	str_cut(&user, &userinfo, ':');
	add_encoded(&b->href, SET_USERINFO, user);
	b->user_end = b->href.len;
	b->password = b->password_end = b->user_end;
	if (userinfo.len > 0) {
		strbuf_addc(&b->href, ':');
		b->password = b->href.len;
		add_encoded(&b->href, SET_USERINFO, userinfo);
		b->password_end = b->href.len;
	}
	if (b->href.len > b->user)
		strbuf_addc(&b->href, '@');
}

static int
add_port(struct build *b, struct str digits, int standard, struct err *err)
{
	int64_t port;

	b->port = -1;
	if (digits.len == 0)
		return 0;
	while (digits.len > 1 && digits.ptr[0] == '0')
		digits = str_sub(digits, 1, digits.len);
	if (number_parse(&port, digits, 0, 65535) < 0)
		return err_set(err, "bad port '%.*s'",
			STR_ARGS(str_sub(digits, 0, 40)));
	if (port == standard)
		return 0;
	b->port = (int)port;
	strbuf_addf(&b->href, ":%d", b->port);
	return 0;
}

/* Where the host ends: the first ':' that stands outside of brackets. */
static size_t
host_len(struct str authority)
{
	bool bracketed = false;

	for (size_t i = 0; i < authority.len; i++) {
		char c = authority.ptr[i];

		if (c == '[')
			bracketed = true;
		else if (c == ']')
			bracketed = false;
		else if (c == ':' && !bracketed)
			return i;
	}
	return authority.len;
}

static int
add_authority(struct build *b, struct str *rest, int standard_port,
	struct err *err)
{
	struct str authority = take_until(rest, "/\\?#");
	ptrdiff_t at = str_find_last(authority, '@');
	struct str host;

	b->user = b->user_end = b->password = b->password_end = b->href.len;
	if (at >= 0) {
		add_userinfo(b, str_sub(authority, 0, (size_t)at));
		authority = str_sub(authority, (size_t)at + 1, authority.len);
	}
	host = str_sub(authority, 0, host_len(authority));
	if (host.len == 0)
		return err_set(err, "no host");
	b->host = b->href.len;
	if (urlhost_add(&b->href, &b->host_kind, host, err) < 0)
		return -1;
	b->host_end = b->href.len;
	return add_port(b, str_sub(authority, host.len + 1, authority.len),
		standard_port, err);
}

/* 1 for ".", 2 for "..", in any spelling; else 0. */
static int
dots_in(struct str segment)
{
	int dots = 0;

	while (segment.len > 0) {
		if (segment.ptr[0] == '.')
			segment = str_sub(segment, 1, segment.len);
		else if (str_starts_nocase(segment, STR("%2e")))
			segment = str_sub(segment, 3, segment.len);
		else
			return 0;
		dots++;
	}
	return dots <= 2 ? dots : 0;
}

/* Drops the last segment with the slash before it. */
static void
shorten_path(struct build *b)
{
	struct str path = str_sub(strbuf_str(&b->href), b->path, SIZE_MAX);
	ptrdiff_t slash = str_find_last(path, '/');

	if (slash >= 0)
		strbuf_cut(&b->href, b->path + (size_t)slash);
}

/*
 * Appends the segments of `path`, which stands behind a slash, each with a
 * slash in front.
 */
static void
add_path(struct build *b, struct str path)
{
	for (;;) {
		struct str segment = take_until(&path, "/\\");
		bool last = path.len == 0;
		int dots = dots_in(segment);

		if (dots == 2)
			shorten_path(b);
		if (dots == 0 || last)
			strbuf_addc(&b->href, '/');
		if (dots == 0)
			add_encoded(&b->href, SET_PATH, segment);
		if (last)
			return;
		path = str_sub(path, 1, path.len);
	}
}

static void
add_query(struct build *b, struct str query)
{
	strbuf_addc(&b->href, '?');
	b->query = b->href.len;
	add_encoded(&b->href, SET_QUERY, query);
}

/* Path, query and fragment, the path beginning behind b->path. */
static void
add_tail(struct build *b, struct str rest, bool has_path)
{
	struct str path = take_until(&rest, "?#");

	if (has_path) {
		if (path.len > 0 && is_slash(path.ptr[0]))
			path = str_sub(path, 1, path.len);
		add_path(b, path);
	}
	b->path_end = b->href.len;
	if (rest.len > 0 && rest.ptr[0] == '?') {
		rest = str_sub(rest, 1, rest.len);
		add_query(b, take_until(&rest, "#"));
	}
	if (rest.len > 0) {
		strbuf_addc(&b->href, '#');
		b->fragment = b->href.len;
		add_encoded(&b->href, SET_FRAGMENT,
			str_sub(rest, 1, rest.len));
	}
}

/* An absolute URL behind its scheme and slashes. */
static int
parse_absolute(struct build *b, struct str scheme, struct str rest,
	struct err *err)
{
	strbuf_adds(&b->href, scheme);
	strbuf_adds(&b->href, STR("://"));
	if (add_authority(b, &rest, scheme.len == 5 ? 443 : 80, err) < 0)
		return -1;
	b->path = b->href.len;
	add_tail(b, rest, true);
	return 0;
}

/* The front of the base, up to its path. */
static void
copy_front(struct build *b, const struct url *base)
{
	const char *start = base->href.ptr;

	b->user = (size_t)(base->username.ptr - start);
	b->user_end = b->user + base->username.len;
	b->password = (size_t)(base->password.ptr - start);
	b->password_end = b->password + base->password.len;
	b->host = (size_t)(base->host.ptr - start);
	b->host_end = b->host + base->host.len;
	b->host_kind = base->host_kind;
	b->port = base->port;
	b->path = (size_t)(base->path.ptr - start);
	strbuf_add(&b->href, start, b->path);
}

static int
parse_relative(struct build *b, struct str rest, const struct url *base,
	struct err *err)
{
	bool has_path = rest.len > 0 && rest.ptr[0] != '?' &&
		rest.ptr[0] != '#';

	if (rest.len > 1 && is_slash(rest.ptr[0]) && is_slash(rest.ptr[1]))
		return parse_absolute(b, base->scheme, skip_slashes(rest),
			err);
	copy_front(b, base);
	if (has_path && !is_slash(rest.ptr[0])) {
		strbuf_adds(&b->href, base->path);
		shorten_path(b);
	} else if (!has_path) {
		strbuf_adds(&b->href, base->path);
	}
	if (!has_path && base->has_query &&
		(rest.len == 0 || rest.ptr[0] == '#')) {
		b->path_end = b->href.len;
		strbuf_addc(&b->href, '?');
		b->query = b->href.len;
		strbuf_adds(&b->href, base->query);
		if (rest.len > 0) {
			strbuf_addc(&b->href, '#');
			b->fragment = b->href.len;
			add_encoded(&b->href, SET_FRAGMENT,
				str_sub(rest, 1, rest.len));
		}
		return 0;
	}
	add_tail(b, rest, has_path);
	return 0;
}

/* ---- before and after ---- */

/* Takes "scheme:" off the front of *s; *scheme is empty when none is there. */
static void
take_scheme(struct str *scheme, struct str *s)
{
	size_t len = 0;

	*scheme = STR("");
	if (s->len == 0 || !ascii_alpha(s->ptr[0]))
		return;
	while (len < s->len && (ascii_alnum(s->ptr[len]) ||
		memchr("+-.", s->ptr[len], 3)))
		len++;
	if (len == s->len || s->ptr[len] != ':')
		return;
	*scheme = str_sub(*s, 0, len);
	*s = str_sub(*s, len + 1, s->len);
}

/*
 * The input without blanks and controls at its ends, tabs and newlines
 * within, and bad UTF-8.
 */
static void
clean_input(struct strbuf *out, struct str input)
{
	while (input.len > 0 && (unsigned char)input.ptr[0] <= ' ')
		input = str_sub(input, 1, input.len);
	while (input.len > 0 &&
		(unsigned char)input.ptr[input.len - 1] <= ' ')
		input.len--;
	while (input.len > 0) {
		struct str run = take_until(&input, "\t\r\n");

		utf8_clean(out, run);
		input = str_sub(input, 1, input.len);
	}
}

static struct str
lower(struct arena *arena, struct str s)
{
	char *copy = arena_alloc(arena, s.len + 1);

	if (!copy)
		return STR("");
	for (size_t i = 0; i < s.len; i++)
		copy[i] = ascii_to_lower(s.ptr[i]);
	copy[s.len] = '\0';
	return (struct str){ copy, s.len };
}

static int
parse_cleaned(struct build *b, struct url *out, struct str rest,
	const struct url *base, struct arena *arena, struct err *err)
{
	struct str scheme;

	take_scheme(&scheme, &rest);
	if (scheme.len == 0)
		return base ? parse_relative(b, rest, base, err) :
			err_set(err, "no scheme");
	scheme = lower(arena, scheme);
	if (!str_eq(scheme, STR("http")) && !str_eq(scheme, STR("https"))) {
		out->scheme = scheme;
		return err_set(err, "scheme '%.*s' is not http or https",
			STR_ARGS(str_sub(scheme, 0, 40)));
	}
	if (base && str_eq(base->scheme, scheme) &&
		!str_starts(rest, STR("//")))
		return parse_relative(b, rest, base, err);
	return parse_absolute(b, scheme, skip_slashes(rest), err);
}

static struct str
part(const struct url *url, size_t from, size_t to)
{
	return str_sub(url->href, from, to - from);
}

static void
set_parts(struct url *out, const struct build *b)
{
	size_t end = out->href.len;
	size_t query_end = b->fragment ? b->fragment - 1 : end;

	out->scheme = str_sub(out->href, 0,
		(size_t)str_find_byte(out->href, ':'));
	out->username = part(out, b->user, b->user_end);
	out->password = part(out, b->password, b->password_end);
	out->host = part(out, b->host, b->host_end);
	out->host_kind = b->host_kind;
	out->port = b->port;
	out->path = part(out, b->path, b->path_end);
	out->has_query = b->query > 0;
	out->query = b->query ? part(out, b->query, query_end) :
		part(out, b->path_end, b->path_end);
	out->has_fragment = b->fragment > 0;
	out->fragment = b->fragment ? part(out, b->fragment, end) :
		part(out, end, end);
}

int
url_parse(struct url *out, struct str input, const struct url *base,
	struct arena *arena, struct err *err)
{
	struct build b = { .port = -1 };
	struct strbuf cleaned;
	int result;

	*out = (struct url){ .port = -1 };
	if (input.len > URL_INPUT_BYTES)
		return err_set(err, "longer than %d bytes", URL_INPUT_BYTES);
	strbuf_init(&b.href, HREF_BYTES);
	strbuf_init(&cleaned, URL_INPUT_BYTES * 3);
	clean_input(&cleaned, input);
	result = parse_cleaned(&b, out, strbuf_str(&cleaned), base, arena,
		err);
	if (result == 0 && strbuf_overflowed(&b.href))
		result = err_set(err, "too long");
	if (result == 0) {
		out->href = arena_dup(arena, strbuf_str(&b.href));
		if (out->href.ptr)
			set_parts(out, &b);
		else
			result = err_set(err, "too long");
	}
	strbuf_release(&b.href);
	strbuf_release(&cleaned);
	return result;
}

int
url_resolve(struct url *out, struct str input, struct str base,
	struct arena *arena, struct err *err)
{
	struct url parsed;

	if (url_parse(&parsed, base, NULL, arena, err) < 0) {
		*out = (struct url){ .port = -1 };
		return err_prefix(err, "base");
	}
	return url_parse(out, input, &parsed, arena, err);
}
