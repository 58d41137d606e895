/*
 * HTML 13.2.3.2, "prescan a byte stream to determine its encoding", and
 * "extracting a character encoding from a meta element".
 */
#include "common/text/charset.h"

#include "common/base/ascii.h"

/* Where the scan stands; every step checks `i` against s.len. */
struct scan {
	struct str s;
	size_t i;
};

struct attribute {
	struct str name, value;
};

static bool
html_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool
at_end(const struct scan *p)
{
	return p->i >= p->s.len;
}

static char
here(const struct scan *p)
{
	return at_end(p) ? '\0' : p->s.ptr[p->i];
}

static struct str
rest(const struct scan *p)
{
	return str_sub(p->s, p->i, p->s.len);
}

static void
skip_spaces(struct scan *p)
{
	while (!at_end(p) && html_space(here(p)))
		p->i++;
}

static struct str
since(const struct scan *p, size_t start)
{
	return str_sub(p->s, start, p->i - start);
}

static struct str
attribute_value(struct scan *p)
{
	char quote = here(p);
	size_t start;
	struct str v;

	if (quote == '"' || quote == '\'') {
		start = ++p->i;
		while (!at_end(p) && here(p) != quote)
			p->i++;
		v = since(p, start);
		p->i++;
		return v;
	}
	start = p->i;
	while (!at_end(p) && !html_space(here(p)) && here(p) != '>')
		p->i++;
	return since(p, start);
}

/* "Get an attribute"; false at the tag's end. */
static bool
next_attribute(struct attribute *out, struct scan *p)
{
	size_t start;

	while (!at_end(p) && (html_space(here(p)) || here(p) == '/'))
		p->i++;
	if (at_end(p) || here(p) == '>')
		return false;
	start = p->i++;
	while (!at_end(p) && !html_space(here(p)) && here(p) != '/' &&
		here(p) != '>' && here(p) != '=')
		p->i++;
	*out = (struct attribute){ since(p, start), STR("") };
	skip_spaces(p);
	if (here(p) != '=')
		return !at_end(p);
	p->i++;
	skip_spaces(p);
	out->value = attribute_value(p);
	return p->i <= p->s.len;
}

/* What a meta element's attributes say. */
struct meta {
	bool http_equiv, charset, content; /* seen; the first one counts */
	bool got_pragma;
	bool need_pragma, any;
	enum encoding encoding;
};

static void
meta_attribute(struct meta *m, const struct attribute *a)
{
	enum encoding e;

	if (str_eq_nocase(a->name, STR("http-equiv")) && !m->http_equiv) {
		m->http_equiv = true;
		m->got_pragma = str_eq_nocase(a->value, STR("content-type"));
	} else if (str_eq_nocase(a->name, STR("content")) && !m->content) {
		m->content = true;
		e = charset_label(charset_parameter(a->value));
		if (e != ENCODING_NONE && !m->any) {
			m->encoding = e;
			m->need_pragma = m->any = true;
		}
	} else if (str_eq_nocase(a->name, STR("charset")) && !m->charset) {
		m->charset = m->any = true;
		m->encoding = charset_label(a->value);
		m->need_pragma = false;
	}
}

static enum encoding
scan_meta(struct scan *p)
{
	struct meta m = { 0 };
	struct attribute a;

	while (next_attribute(&a, p))
		meta_attribute(&m, &a);
	if (!m.any || (m.need_pragma && !m.got_pragma))
		return ENCODING_NONE;
	if (m.encoding == ENCODING_UTF_16BE || m.encoding == ENCODING_UTF_16LE)
		return ENCODING_UTF_8;
	if (m.encoding == ENCODING_X_USER_DEFINED)
		return ENCODING_WINDOWS_1252;
	return m.encoding;
}

static void
skip_tag(struct scan *p)
{
	struct attribute a;

	while (!at_end(p) && !html_space(here(p)) && here(p) != '>')
		p->i++;
	while (next_attribute(&a, p))
		;
}

static void
skip_to(struct scan *p, struct str end)
{
	ptrdiff_t found = str_find(rest(p), end);

	p->i = found < 0 ? p->s.len : p->i + (size_t)found + end.len - 1;
}

enum encoding
charset_prescan(struct str head)
{
	struct scan p = { head, 0 };
	struct str r;
	enum encoding e;

	for (; !at_end(&p); p.i++) {
		if (here(&p) != '<')
			continue;
		r = rest(&p);
		if (str_starts(r, STR("<!--"))) {
			p.i += 2; /* the two hyphens may end it: "<!-->" */
			skip_to(&p, STR("-->"));
		} else if (str_starts_nocase(r, STR("<meta")) && r.len > 5 &&
			(html_space(r.ptr[5]) || r.ptr[5] == '/')) {
			p.i += 5;
			e = scan_meta(&p);
			if (e != ENCODING_NONE)
				return e;
		} else if (r.len > 1 && (ascii_alpha(r.ptr[1]) ||
			(r.ptr[1] == '/' && r.len > 2 &&
			ascii_alpha(r.ptr[2])))) {
			skip_tag(&p);
		} else if (r.len > 1 && (r.ptr[1] == '!' ||
			r.ptr[1] == '/' || r.ptr[1] == '?')) {
			skip_to(&p, STR(">"));
		}
	}
	return ENCODING_NONE;
}

/* The value behind "charset=" at the start of s, quoted or not. */
static struct str
parameter_value(struct str s)
{
	ptrdiff_t end;
	size_t len = 0;

	if (s.len > 0 && (s.ptr[0] == '"' || s.ptr[0] == '\'')) {
		end = str_find_byte(str_sub(s, 1, s.len), s.ptr[0]);
		return end < 0 ? STR("") : str_sub(s, 1, (size_t)end);
	}
	while (len < s.len && !html_space(s.ptr[len]) && s.ptr[len] != ';')
		len++;
	return str_sub(s, 0, len);
}

struct str
charset_parameter(struct str s)
{
	ptrdiff_t found;

	while ((found = str_find_nocase(s, STR("charset"))) >= 0) {
		s = str_sub(s, (size_t)found + 7, s.len);
		while (s.len > 0 && html_space(s.ptr[0]))
			s = str_sub(s, 1, s.len);
		if (s.len == 0 || s.ptr[0] != '=')
			continue;
		s = str_sub(s, 1, s.len);
		while (s.len > 0 && html_space(s.ptr[0]))
			s = str_sub(s, 1, s.len);
		return parameter_value(s);
	}
	return STR("");
}
