#include "cmd/web/request.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"

static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (ascii_control(s.ptr[i]))
			return true;
	return false;
}

/* Whether a part between slashes is one that leads elsewhere. */
static bool
has_dots(struct str path)
{
	struct str part;

	while (str_field(&part, &path, '/'))
		if (str_eq(part, STR(".")) || str_eq(part, STR("..")))
			return true;
	return false;
}

int
request_check(const char **why, const struct request *r)
{
	*why = NULL;
	if (r->path.len > REQUEST_PATH_BYTES)
		*why = "The address is too long.";
	else if (r->query.len > REQUEST_QUERY_BYTES)
		*why = "The query is too long.";
	else if (!utf8_valid(r->path) || has_control(r->path))
		*why = "The address is not text in UTF-8.";
	else if (has_dots(r->path))
		*why = "The address has parts that lead elsewhere.";
	else if (r->path.len > 0 && r->path.ptr[0] != '/')
		*why = "The address does not begin with a slash.";
	return *why ? -1 : 0;
}

static int
digit(char c)
{
	if (ascii_digit(c))
		return c - '0';
	c = ascii_to_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* RFC 1866 section 8.2.1: '+' is a space, %XX a byte. */
static struct str
decode(struct str s, struct arena *arena)
{
	const struct str bad = { NULL, 0 };
	char *out = arena_alloc(arena, s.len + 1);
	size_t len = 0;

	for (size_t i = 0; out && i < s.len; i++) {
		char c = s.ptr[i];

		if (c == '%') {
			bool whole = s.len - i > 2;
			int high = whole ? digit(s.ptr[i + 1]) : -1;
			int low = whole ? digit(s.ptr[i + 2]) : -1;

			if (high < 0 || low < 0)
				return bad;
			c = (char)(high * 16 + low);
			i += 2;
		} else if (c == '+') {
			c = ' ';
		}
		out[len++] = c;
	}
	if (!out || memchr(out, '\0', len) ||
		!utf8_valid((struct str){ out, len }))
		return bad;
	out[len] = '\0';
	return (struct str){ out, len };
}

struct str
request_param(const struct request *r, const char *name, struct arena *arena)
{
	struct str pair, key, rest = r->query;

	while (rest.len > 0 && str_field(&pair, &rest, '&')) {
		str_cut(&key, &pair, '=');
		if (str_eq(key, str_from(name)))
			return decode(pair, arena);
	}
	return STR("");
}
