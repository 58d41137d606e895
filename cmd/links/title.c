#include "cmd/links/title.h"

#include "cmd/links/xml.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"

enum { REFERENCE_BYTES = 12 };

/* "&name;" or "&#123;" at the start of s: its character, its length in *len. */
static uint32_t
reference(size_t *len, struct str s)
{
	ptrdiff_t end = str_find_byte(str_sub(s, 0, REFERENCE_BYTES), ';');
	struct str name = str_sub(s, 1, end < 1 ? 0 : (size_t)end - 1);
	uint64_t number = 0;
	bool hex;

	*len = (size_t)(end < 0 ? 0 : end + 1);
	if (name.len < 2)
		return 0;
	if (name.ptr[0] != '#')
		return xml_entity(name);
	hex = (name.ptr[1] | 32) == 'x';
	for (size_t i = hex ? 2 : 1; i < name.len; i++) {
		int digit = ascii_hex(name.ptr[i]);

		if (digit < 0 || (!hex && digit > 9))
			return 0;
		number = number * (hex ? 16 : 10) + (uint64_t)digit;
	}
	return xml_reference(number);
}

/* Length of the tag at the start of s, or 0: "5 < 6" has none. */
static size_t
tag(struct str s)
{
	ptrdiff_t end;

	if (s.len < 3 || !(ascii_alpha(s.ptr[1]) || s.ptr[1] == '/'))
		return 0;
	end = str_find_byte(s, '>');
	return end < 0 ? 0 : (size_t)end + 1;
}

/* Length of a script or style at the start of s, with its content, or 0. */
static size_t
code(struct str s)
{
	static const struct str names[] = { STR_INIT("script"),
		STR_INIT("style") };

	for (size_t i = 0; i < 2; i++) {
		size_t len = names[i].len + 1;
		ptrdiff_t end;
		char next = len < s.len ? s.ptr[len] : '>';

		if (!str_starts_nocase(str_sub(s, 1, s.len), names[i]) ||
			(next != '>' && !ascii_space(next)))
			continue;
		end = str_find_nocase(s, i == 0 ? STR("</script") :
			STR("</style"));
		return end < 0 ? s.len : (size_t)end;
	}
	return 0;
}

static void
add_char(struct strbuf *out, size_t start, uint32_t c)
{
	bool space = c <= ' ' || c == 0xa0 || c == 0x3000 || c == 0x2028 ||
		c == 0x2029 || (c >= 0x7f && c < 0xa0);

	if (!space)
		utf8_add(out, c);
	else if (out->len > start && out->ptr[out->len - 1] != ' ')
		strbuf_addc(out, ' ');
}

void
title_clean(struct strbuf *out, struct str raw, bool html)
{
	size_t start = out->len, len;
	uint32_t c;

	while (raw.len) {
		if (html && raw.ptr[0] == '<' &&
			((len = code(raw)) > 0 || (len = tag(raw)) > 0)) {
			raw = str_sub(raw, len, raw.len);
			continue;
		}
		if (html && raw.ptr[0] == '&' &&
			(c = reference(&len, raw)) != 0) {
			raw = str_sub(raw, len, raw.len);
			add_char(out, start, c);
			continue;
		}
		c = utf8_decode(&raw);
		if (c != UTF8_BAD)
			add_char(out, start, c);
	}
	if (out->len > start && out->ptr[out->len - 1] == ' ')
		strbuf_cut(out, out->len - 1);
}
