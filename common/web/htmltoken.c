#include "common/web/htmltoken.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/web/htmltag.h"

bool
htmltoken_ends_name(const char *p, const char *end)
{
	return p >= end || ascii_space(*p) || *p == '/' || *p == '>';
}

/* Whether the name stands at p and ends there. */
static bool
name_at(const char *p, const char *end, struct str name)
{
	return (size_t)(end - p) >= name.len &&
		str_eq_nocase((struct str){ p, name.len }, name) &&
		htmltoken_ends_name(p + name.len, end);
}

const char *
htmltoken_raw_end(const char *p, const char *end, struct str name)
{
	while ((p = memchr(p, '<', (size_t)(end - p)))) {
		if (end - p > 2 && p[1] == '/' && name_at(p + 2, end, name))
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
			name_at(p + 2, end, name)) {
			if (state != TWICE)
				return p;
			state = ESCAPED;
		} else if (*p == '<' && state == ESCAPED &&
			name_at(p + 1, end, name)) {
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

const char *
htmltoken_svg_end(const char *p, const char *end)
{
	size_t depth = 1, html = 0; /* open svg; HTML in it */

	while ((p = memchr(p, '<', (size_t)(end - p)))) {
		bool closing = end - p > 1 && p[1] == '/';
		const char *name = p + (closing ? 2 : 1), *q = name;
		const struct htmltag *tag;
		struct htmltoken_attr a;
		unsigned number;

		if (q >= end || !ascii_alpha(*q)) {
			bool cdata = end - p > 8 &&
				memcmp(p, "<![CDATA[", 9) == 0;
			const char *close = cdata ? memmem(p, (size_t)(end - p),
							    "]]>", 3) : NULL;

			if (close)
				p = close;
			else if (q < end && (closing || *q == '!' || *q == '?'))
				p = htmltoken_comment_end(p, end);
			else
				p++;
			continue;
		}
		while (!htmltoken_ends_name(q, end))
			q++;
		tag = htmltag_find((struct str){ name, (size_t)(q - name) },
			&number);
		if (!html && (tag->flags & TAG_BREAKOUT))
			return p;
		while (htmltoken_attr(&a, &q, end) > 0)
			;
		if (name_at(name, end, STR("svg"))) {
			if (closing && --depth == 0)
				return q;
			if (!closing && q[-2] != '/')
				depth++;
		} else if (name_at(name, end, STR("foreignobject")) ||
			name_at(name, end, STR("title")) ||
			name_at(name, end, STR("desc"))) {
			html += closing ? (html ? -1 : 0) : 1;
		}
		p = q;
	}
	return end;
}
