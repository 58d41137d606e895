#include "common/page/markup.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"

#define REPLACEMENT "\xef\xbf\xbd"

void
markup_add(struct strbuf *out, const char *literal)
{
	strbuf_add(out, literal, strlen(literal));
}

/* What stands for an ASCII byte that cannot stand for itself, or NULL. */
static const char *
reference(unsigned char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	case '\t':
	case '\n':
		return NULL;
	default:
		return ascii_control((char)c) ? REPLACEMENT : NULL;
	}
}

/*
 * Characters that would be refused by a reader of XML, that end a line for
 * some, or that turn the direction of what follows: embeddings, overrides and
 * isolates without their end. Marks (U+200E, U+200F) stay: they reach no
 * further than their neighbours.
 */
static bool
unwanted(uint32_t c)
{
	return c == UTF8_BAD || c == 0xfffe || c == 0xffff ||
		(c >= 0x80 && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
		(c >= 0x2066 && c <= 0x2069);
}

/* One character that is not ASCII. */
static void
add_wide(struct strbuf *out, struct str *rest)
{
	const char *start = rest->ptr;
	uint32_t c = utf8_decode(rest);

	if (unwanted(c))
		strbuf_adds(out, STR(REPLACEMENT));
	else
		strbuf_add(out, start, (size_t)(rest->ptr - start));
}

/* Length of the start of s that stands for itself. */
static size_t
plain_len(struct str s)
{
	size_t i = 0;

	while (i < s.len && (unsigned char)s.ptr[i] < 0x80 &&
		!reference((unsigned char)s.ptr[i]))
		i++;
	return i;
}

void
markup_text(struct strbuf *out, struct str text)
{
	while (text.len > 0) {
		size_t n = plain_len(text);

		strbuf_add(out, text.ptr, n);
		text = str_sub(text, n, text.len);
		if (text.len == 0)
			break;
		if ((unsigned char)text.ptr[0] >= 0x80) {
			add_wide(out, &text);
			continue;
		}
		markup_add(out, reference((unsigned char)text.ptr[0]));
		text = str_sub(text, 1, text.len);
	}
}

void
markup_attr(struct strbuf *out, const char *name, struct str text)
{
	strbuf_addc(out, ' ');
	markup_add(out, name);
	markup_add(out, "=\"");
	markup_text(out, text);
	strbuf_addc(out, '"');
}

bool
markup_linkable(struct str url)
{
	return str_starts_nocase(url, STR("http://")) ||
		str_starts_nocase(url, STR("https://"));
}

/* Appends the address with `ampersand` for each &. */
static void
add_uri(struct strbuf *out, struct str url, const char *ampersand)
{
	static const char allowed[] = "-._~:/?#[]@!$()*+,;=%";

	for (size_t i = 0; i < url.len; i++) {
		char c = url.ptr[i];

		if (c == '&')
			markup_add(out, ampersand);
		else if (c && (ascii_alnum(c) || strchr(allowed, c)))
			strbuf_addc(out, c);
		else
			strbuf_addf(out, "%%%02X", (unsigned char)c);
	}
}

void
markup_uri(struct strbuf *out, struct str url)
{
	add_uri(out, url, "&");
}

void
markup_url(struct strbuf *out, struct str url)
{
	add_uri(out, url, "&amp;");
}

void
markup_link(struct strbuf *out, struct str url, struct str text,
	const char *rel)
{
	if (text.len == 0)
		text = url;
	if (!markup_linkable(url)) {
		markup_text(out, text);
		return;
	}
	markup_add(out, "<a href=\"");
	markup_url(out, url);
	markup_add(out, "\" rel=\"");
	markup_add(out, rel);
	markup_add(out, "\">");
	markup_text(out, text);
	markup_add(out, "</a>");
}
