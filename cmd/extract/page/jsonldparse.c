#include "cmd/extract/page/jsonldparse.h"

#include "common/base/ascii.h"

static struct str
from(struct str s, size_t n)
{
	return str_sub(s, n, s.len);
}

/* Behind everything that stands before the first '{' or '['. */
static struct str
without_front(struct str s)
{
	size_t i = 0;

	while (i < s.len && s.ptr[i] != '{' && s.ptr[i] != '[')
		i++;
	/* "<![CDATA[" has a bracket of its own. */
	if (i >= 8 && str_eq(str_sub(s, i - 8, 9), STR("<![CDATA[")))
		return without_front(from(s, i + 1));
	if (i >= 2 && str_starts(from(s, i - 2), STR("<![CDATA[")))
		return without_front(from(s, i + 7));
	return from(s, i);
}

/* Up to the last '}' or ']' that is not the end of a CDATA section. */
static struct str
without_back(struct str s)
{
	size_t n = s.len;

	while (n > 0) {
		if (n >= 3 && str_eq(str_sub(s, n - 3, 3), STR("]]>")))
			n -= 3;
		else if (s.ptr[n - 1] == '}' || s.ptr[n - 1] == ']')
			break;
		else
			n--;
	}
	return str_sub(s, 0, n);
}

/* Whether the quote at i ends a string: what follows is structure. */
static bool
ends_string(struct str s, size_t i)
{
	size_t next = i + 1;
	char c;

	while (next < s.len && ascii_space(s.ptr[next]))
		next++;
	if (next >= s.len)
		return true;
	c = s.ptr[next];
	if (c == ':' || c == '}' || c == ']')
		return true;
	if (c != ',')
		return false;
	for (next++; next < s.len && ascii_space(s.ptr[next]); next++)
		;
	c = next < s.len ? s.ptr[next] : '}';
	return c == '"' || c == '{' || c == '[' || c == '}' || c == ']' ||
		c == '-' || ascii_digit(c) || c == 't' || c == 'f' || c == 'n';
}

static bool
is_escape(char c)
{
	return c == '"' || c == '\\' || c == '/' || c == 'b' || c == 'f' ||
		c == 'n' || c == 'r' || c == 't' || c == 'u';
}

/* Whether "\uXXXX" at i is whole. */
static bool
is_whole_escape(struct str s, size_t i)
{
	if (i + 1 >= s.len || !is_escape(s.ptr[i + 1]))
		return false;
	if (s.ptr[i + 1] != 'u')
		return true;
	for (size_t k = i + 2; k < i + 6; k++)
		if (k >= s.len || ascii_hex(s.ptr[k]) < 0)
			return false;
	return true;
}

/* One byte within a string; returns how many were used. */
static size_t
mend_byte(char *out, size_t *n, struct str s, size_t i, bool *in)
{
	char c = s.ptr[i];

	if (c == '\\') {
		if (!is_whole_escape(s, i))
			return 1;
		out[(*n)++] = c;
		out[(*n)++] = s.ptr[i + 1];
		return 2;
	}
	if (c == '"' && !ends_string(s, i))
		out[(*n)++] = '\\';
	else if (c == '"')
		*in = false;
	out[(*n)++] = ascii_control(c) ? ' ' : c;
	return 1;
}

static struct str
mended(struct str s, struct arena *arena)
{
	char *out = arena_alloc(arena, s.len * 2 + 1);
	size_t n = 0;
	bool in = false;

	if (!out)
		return STR("");
	for (size_t i = 0; i < s.len;) {
		if (in) {
			i += mend_byte(out, &n, s, i, &in);
			continue;
		}
		in = s.ptr[i] == '"';
		out[n++] = s.ptr[i++];
	}
	return (struct str){ out, n };
}

struct json *
jsonldparse_read(struct str script, struct arena *arena)
{
	struct str s = without_back(without_front(script));
	struct json *doc = json_read(s, JSON_LENIENT, NULL);

	if (!doc && s.len > 0)
		doc = json_read(mended(s, arena), JSON_LENIENT, NULL);
	return doc;
}
