#include "common/web/htmltoken.h"

#include <string.h>

#include "common/base/ascii.h"

bool
htmltoken_ends_name(const char *p, const char *end)
{
	return p >= end || ascii_space(*p) || *p == '/' || *p == '>';
}

bool
htmltoken_name_at(const char *p, const char *end, struct str name)
{
	return (size_t)(end - p) >= name.len &&
		str_eq_nocase((struct str){ p, name.len }, name) &&
		htmltoken_ends_name(p + name.len, end);
}

const char *
htmltoken_raw_end(const char *p, const char *end, struct str name)
{
	while ((p = memchr(p, '<', (size_t)(end - p)))) {
		if (end - p > 2 && p[1] == '/' &&
			htmltoken_name_at(p + 2, end, name))
			return p;
		p++;
	}
	return end;
}

const char *
htmltoken_script_end(const char *p, const char *end)
{
	enum { PLAIN, ESCAPED, TWICE } state = PLAIN;
	struct str name = STR("script");

	while (p < end) {
		if (state == PLAIN &&
			!(p = memchr(p, '<', (size_t)(end - p))))
			return end;
		if (*p == '-' && end - p > 2 && p[1] == '-' && p[2] == '>') {
			state = PLAIN;
		} else if (*p == '<' && end - p > 3 && state == PLAIN &&
			memcmp(p, "<!--", 4) == 0) {
			state = ESCAPED;
			p++; /* "<!-->" ends what it begins */
		} else if (*p == '<' && end - p > 2 && p[1] == '/' &&
			htmltoken_name_at(p + 2, end, name)) {
			if (state != TWICE)
				return p;
			state = ESCAPED;
		} else if (*p == '<' && state == ESCAPED &&
			htmltoken_name_at(p + 1, end, name)) {
			state = TWICE;
		}
		p++;
	}
	return end;
}

const char *
htmltoken_comment_end(const char *p, const char *end)
{
	const char *q;

	if (end - p < 4 || memcmp(p, "<!--", 4) != 0) {
		q = memchr(p, '>', (size_t)(end - p));
		return q ? q + 1 : end;
	}
	p += 4;
	if (p < end && *p == '>')
		return p + 1;
	if (end - p > 1 && p[0] == '-' && p[1] == '>')
		return p + 2;
	while ((p = memchr(p, '-', (size_t)(end - p)))) {
		if (end - p > 2 && p[1] == '-' && p[2] == '>')
			return p + 3;
		if (end - p > 3 && memcmp(p, "--!>", 4) == 0)
			return p + 4;
		p++;
	}
	return end;
}

int
htmltoken_attr(struct htmltoken_attr *a, const char **at, const char *end)
{
	const char *p = *at, *from;

	while (p < end && (ascii_space(*p) || *p == '/'))
		p++;
	if (p >= end)
		return -1;
	if (*p == '>') {
		*at = p + 1;
		return 0;
	}
	from = p++;
	while (p < end && !ascii_space(*p) && *p != '/' && *p != '>' &&
		*p != '=')
		p++;
	*a = (struct htmltoken_attr){ .name = { from, (size_t)(p - from) } };
	while (p < end && ascii_space(*p))
		p++;
	if (p < end && *p == '=') {
		for (p++; p < end && ascii_space(*p); p++)
			;
		a->has_value = p < end && *p != '>';
		if (p < end && (*p == '"' || *p == '\''))
			a->quote = *p++;
		from = p;
		if (a->quote)
			p = memchr(p, a->quote, (size_t)(end - p));
		else
			while (p < end && !ascii_space(*p) && *p != '>')
				p++;
		if (!p)
			return -1;
		a->value = (struct str){ from, (size_t)(p - from) };
		p += a->quote ? 1 : 0;
	}
	*at = p;
	return p < end ? 1 : -1;
}
