#include "common/article/link.h"

#include "common/base/utf8.h"

enum { FIELDS = 10 };

/* The fields of a link in the order of the line. */
static void
fields_of(struct str *out[FIELDS], struct link *link)
{
	struct str *fields[FIELDS] = { &link->url, &link->source,
		&link->found, &link->published, &link->title, &link->etag,
		&link->last_modified, &link->referrer, &link->misses,
		&link->doubt };

	for (size_t i = 0; i < FIELDS; i++)
		out[i] = fields[i];
}

static char
unescaped(char c)
{
	return c == 't' ? '\t' : c == 'n' ? '\n' : c;
}

/* Resolves \t, \n and \\; any other escape stands for the byte itself. */
static int
unescape(struct str *field, struct arena *arena)
{
	struct str copy;
	char *to;

	if (str_find_byte(*field, '\\') < 0)
		return 0;
	copy = arena_dup(arena, *field);
	if (!copy.ptr)
		return -1;
	to = (char *)(uintptr_t)copy.ptr;
	for (size_t i = 0; i < copy.len; i++) {
		char c = copy.ptr[i];

		if (c == '\\' && i + 1 < copy.len)
			c = unescaped(copy.ptr[++i]);
		*to++ = c;
	}
	*field = (struct str){ copy.ptr, (size_t)(to - copy.ptr) };
	return 0;
}

static bool
is_http_url(struct str url)
{
	if (url.len > LINK_URL_BYTES)
		return false;
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.ptr[i] <= ' ')
			return false;
	return (str_starts_nocase(url, STR("http://")) && url.len > 7) ||
		(str_starts_nocase(url, STR("https://")) && url.len > 8);
}

int
link_parse(struct link *out, struct str line, struct arena *arena,
	struct err *err)
{
	struct str *fields[FIELDS];
	struct str rest = line;

	*out = (struct link){ .url = STR("") };
	fields_of(fields, out);
	if (!utf8_valid(line))
		return err_set(err, "not UTF-8 at byte %zu",
			utf8_valid_len(line));
	for (size_t i = 0; i < FIELDS; i++) {
		*fields[i] = STR("");
		if (!str_field(fields[i], &rest, '\t'))
			*fields[i] = STR("");
		if (unescape(fields[i], arena) < 0)
			return err_set(err, "link is too large");
	}
	if (!is_http_url(out->url))
		return err_set(err, "not an absolute http(s) URL: '%.*s'",
			STR_ARGS(utf8_cut(out->url, 200)));
	return 0;
}

static void
escape(struct strbuf *out, struct str field)
{
	size_t start = 0;

	for (size_t i = 0; i < field.len; i++) {
		char c = field.ptr[i];

		if (c != '\t' && c != '\n' && c != '\\')
			continue;
		strbuf_adds(out, str_sub(field, start, i - start));
		strbuf_addc(out, '\\');
		strbuf_addc(out, c == '\t' ? 't' : c == '\n' ? 'n' : c);
		start = i + 1;
	}
	strbuf_adds(out, str_sub(field, start, field.len));
}

void
link_write(struct strbuf *out, const struct link *link)
{
	struct link copy = *link;
	struct str *fields[FIELDS];
	size_t last = FIELDS - 1;

	fields_of(fields, &copy);
	while (last > 0 && fields[last]->len == 0)
		last--;
	for (size_t i = 0; i <= last; i++) {
		if (i > 0)
			strbuf_addc(out, '\t');
		escape(out, *fields[i]);
	}
	strbuf_addc(out, '\n');
}
