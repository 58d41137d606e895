#include "common/web/refresh.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/web/htmltoken.h"

static struct str
skip_space(struct str s)
{
	while (s.len > 0 && ascii_space(s.ptr[0]))
		s = str_sub(s, 1, s.len);
	return s;
}

/* The address after "url=", which may be left out, and without its quotes. */
static struct str
read_target(struct str s)
{
	struct str after = skip_space(str_sub(s, 3, s.len));
	ptrdiff_t at;

	if (str_starts_nocase(s, STR("url")) && str_starts(after, STR("=")))
		s = skip_space(str_sub(after, 1, after.len));
	if (s.len == 0 || (s.ptr[0] != '"' && s.ptr[0] != '\''))
		return str_trim(s);
	at = str_find_byte(str_sub(s, 1, s.len), s.ptr[0]);
	return str_trim(str_sub(s, 1, at < 0 ? s.len : (size_t)at));
}

int
refresh_parse(int64_t *delay_s, struct str *target, struct str value)
{
	struct str s = skip_space(value);
	size_t i = 0;

	*delay_s = 0;
	for (; i < s.len && ascii_digit(s.ptr[i]); i++)
		if (*delay_s < INT32_MAX)
			*delay_s = *delay_s * 10 + (s.ptr[i] - '0');
	if (i == 0 && !str_starts(s, STR(".")))
		return -1;
	while (i < s.len && (ascii_digit(s.ptr[i]) || s.ptr[i] == '.'))
		i++;
	s = skip_space(str_sub(s, i, s.len));
	if (str_starts(s, STR(";")) || str_starts(s, STR(",")))
		s = skip_space(str_sub(s, 1, s.len));
	*target = read_target(s);
	return target->len > 0 ? 0 : -1;
}

/* What is seen of a page that may lead on. */
struct sight {
	size_t chars;      /* of text, white space left out */
	struct str refresh; /* content of the meta, raw */
};

/* The attributes of a tag that begins at *at after its name. */
static void
read_attrs(struct sight *sight, const char **at, const char *end, bool meta)
{
	struct htmltoken_attr a;
	struct str content = STR("");
	bool refresh = false;

	while (htmltoken_attr(&a, at, end) == 1) {
		if (str_eq_nocase(a.name, STR("content")))
			content = a.value;
		if (str_eq_nocase(a.name, STR("http-equiv")))
			refresh = str_eq_nocase(str_trim(a.value),
				STR("refresh"));
	}
	if (meta && refresh && sight->refresh.len == 0)
		sight->refresh = content;
}

/* The element at p whose content is no text, or NULL. */
static const char *
skip_raw(struct str name, const char *p, const char *end)
{
	static const struct str names[] = { STR_INIT("style"),
		STR_INIT("title"), STR_INIT("textarea"), STR_INIT("iframe"),
		/* not for who runs scripts: "/enable-javascript" */
		STR_INIT("noscript") };

	if (str_eq_nocase(name, STR("script")))
		return htmltoken_script_end(p, end);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq_nocase(name, names[i]))
			return htmltoken_raw_end(p, end, names[i]);
	return NULL;
}

/* Reads the tag or comment at p, which is a "<"; returns its end. */
static const char *
read_tag(struct sight *sight, const char *p, const char *end)
{
	const char *start = ++p, *skipped;
	struct str name;

	if (p < end && *p == '/' && end - p > 1 && ascii_alpha(p[1]))
		start = ++p;
	if (p < end && !ascii_alpha(*p))
		return memchr("!?/", *p, 3) ?
			htmltoken_comment_end(p - 1, end) : p;
	while (!htmltoken_ends_name(p, end))
		p++;
	name = (struct str){ start, (size_t)(p - start) };
	read_attrs(sight, &p, end, str_eq_nocase(name, STR("meta")));
	skipped = start[-1] == '/' ? NULL : skip_raw(name, p, end);
	return skipped ? skipped : p;
}

static struct sight
look(struct str page)
{
	struct sight sight = { 0 };
	const char *p = page.ptr, *end = page.ptr + page.len;

	while (p < end && sight.chars <= REFRESH_TEXT_CHARS) {
		if (*p == '<') {
			p = read_tag(&sight, p, end);
			continue;
		}
		sight.chars += !ascii_space(*p) && (*p & 0xc0) != 0x80;
		p++;
	}
	return sight;
}

/* "&amp;" in an attribute, which addresses have. */
static struct str
unescape(struct str s, struct arena *arena)
{
	static const struct str reference = STR_INIT("&amp;");
	char *out = arena_alloc(arena, s.len + 1);
	size_t len = 0;

	for (size_t i = 0; out && i < s.len; i++) {
		out[len++] = s.ptr[i];
		if (str_starts(str_sub(s, i, s.len), reference))
			i += reference.len - 1;
	}
	return (struct str){ out, len };
}

static bool
may_be_page(struct str type)
{
	return type.len == 0 || str_find_nocase(type, STR("html")) >= 0;
}

bool
refresh_find(struct str *target, const struct httpmsg *m, struct str body,
	struct arena *arena)
{
	struct str header = httpmsg_get(m, STR("refresh"));
	struct sight sight;
	int64_t delay_s;

	if (body.len > REFRESH_PAGE_BYTES ||
		!may_be_page(httpmsg_get(m, STR("content-type"))) ||
		(header.len == 0 &&
			str_find_nocase(body, STR("refresh")) < 0))
		return false;
	sight = look(body);
	if (sight.chars > REFRESH_TEXT_CHARS)
		return false;
	if (header.len == 0)
		header = unescape(sight.refresh, arena);
	if (refresh_parse(&delay_s, target, header) < 0 ||
		delay_s > REFRESH_MAX_S)
		return false;
	*target = arena_dup(arena, *target);
	return true;
}
