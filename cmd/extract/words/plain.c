#include "cmd/extract/words/plain.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"

/* The references that values hold; the rest of HTML's 2,231 is not met. */
static const struct {
	const char *name;
	uint32_t c;
} names[] = {
	{ "amp", '&' }, { "lt", '<' }, { "gt", '>' }, { "quot", '"' },
	{ "apos", '\'' }, { "nbsp", 0xa0 }, { "iexcl", 0xa1 },
	{ "pound", 0xa3 }, { "laquo", 0xab }, { "shy", 0xad },
	{ "copy", 0xa9 }, { "reg", 0xae }, { "deg", 0xb0 },
	{ "middot", 0xb7 }, { "raquo", 0xbb }, { "iquest", 0xbf },
	{ "Agrave", 0xc0 }, { "Aacute", 0xc1 }, { "Acirc", 0xc2 },
	{ "Atilde", 0xc3 }, { "Auml", 0xc4 }, { "Aring", 0xc5 },
	{ "AElig", 0xc6 }, { "Ccedil", 0xc7 }, { "Egrave", 0xc8 },
	{ "Eacute", 0xc9 }, { "Ecirc", 0xca }, { "Iacute", 0xcd },
	{ "Ntilde", 0xd1 }, { "Oacute", 0xd3 }, { "Ouml", 0xd6 },
	{ "Oslash", 0xd8 }, { "Uacute", 0xda }, { "Uuml", 0xdc },
	{ "szlig", 0xdf }, { "agrave", 0xe0 }, { "aacute", 0xe1 },
	{ "acirc", 0xe2 }, { "atilde", 0xe3 }, { "auml", 0xe4 },
	{ "aring", 0xe5 }, { "aelig", 0xe6 }, { "ccedil", 0xe7 },
	{ "egrave", 0xe8 }, { "eacute", 0xe9 }, { "ecirc", 0xea },
	{ "euml", 0xeb }, { "igrave", 0xec }, { "iacute", 0xed },
	{ "icirc", 0xee }, { "iuml", 0xef }, { "ntilde", 0xf1 },
	{ "ograve", 0xf2 }, { "oacute", 0xf3 }, { "ocirc", 0xf4 },
	{ "otilde", 0xf5 }, { "ouml", 0xf6 }, { "oslash", 0xf8 },
	{ "ugrave", 0xf9 }, { "uacute", 0xfa }, { "ucirc", 0xfb },
	{ "uuml", 0xfc }, { "oelig", 0x153 }, { "ensp", 0x2002 },
	{ "emsp", 0x2003 }, { "thinsp", 0x2009 }, { "ndash", 0x2013 },
	{ "mdash", 0x2014 }, { "lsquo", 0x2018 }, { "rsquo", 0x2019 },
	{ "sbquo", 0x201a }, { "ldquo", 0x201c }, { "rdquo", 0x201d },
	{ "bdquo", 0x201e }, { "bull", 0x2022 }, { "hellip", 0x2026 },
	{ "lsaquo", 0x2039 }, { "rsaquo", 0x203a }, { "euro", 0x20ac },
	{ "trade", 0x2122 },
};

enum { LONGEST_REFERENCE = 10 };

static uint32_t
named(struct str name)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (str_eq(name, str_from(names[i].name)))
			return names[i].c;
	return 0;
}

/* "#8217" or "#x2019"; 0 when it is none. */
static uint32_t
numbered(struct str s)
{
	bool hex = s.len > 2 && (s.ptr[1] == 'x' || s.ptr[1] == 'X');
	uint32_t c = 0, base = hex ? 16 : 10;

	for (size_t i = hex ? 2 : 1; i < s.len; i++) {
		int digit = ascii_hex(s.ptr[i]);

		if (digit < 0 || (uint32_t)digit >= base || c > 0x10ffff)
			return 0;
		c = c * base + (uint32_t)digit;
	}
	return c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ? 0 : c;
}

/* The character of the reference at s ("&...;") and its length, or 0. */
static uint32_t
reference(size_t *len, struct str s)
{
	ptrdiff_t end = str_find_byte(str_sub(s, 0, LONGEST_REFERENCE), ';');
	struct str name;

	if (end < 2)
		return 0;
	name = str_sub(s, 1, (size_t)end - 1);
	*len = (size_t)end + 1;
	return name.ptr[0] == '#' ? numbered(name) : named(name);
}

static struct str
decode_once(struct str s, struct arena *arena)
{
	char *out = arena_alloc(arena, s.len + 1);
	size_t n = 0, len = 0;
	uint32_t c;

	if (!out)
		return (struct str){ NULL, 0 };
	for (size_t i = 0; i < s.len;) {
		c = s.ptr[i] == '&' ?
			reference(&len, str_sub(s, i, s.len)) : 0;
		if (c == 0) {
			out[n++] = s.ptr[i++];
			continue;
		}
		n += utf8_encode(out + n, c);
		i += len;
	}
	return (struct str){ out, n };
}

/* Length of the tag or comment at s, or 0 when '<' is just a sign. */
static size_t
tag_length(struct str s)
{
	ptrdiff_t end;

	if (s.len < 3 || !(ascii_alpha(s.ptr[1]) || s.ptr[1] == '/' ||
		s.ptr[1] == '!'))
		return 0;
	end = str_find_byte(s, '>');
	return end < 0 ? 0 : (size_t)end + 1;
}

/* Whether the tag is an inline one, which joins what stands beside it. */
static bool
joins(struct str tag)
{
	static const char *const inlines[] = { "a", "b", "em", "i", "span",
		"strong", "sub", "sup", "u", "abbr", "cite", "mark", "font" };
	size_t from = tag.ptr[1] == '/' ? 2 : 1, to = from;

	while (to < tag.len && ascii_alnum(tag.ptr[to]))
		to++;
	for (size_t i = 0; i < sizeof(inlines) / sizeof(*inlines); i++)
		if (str_eq_nocase(str_sub(tag, from, to - from),
			str_from(inlines[i])))
			return true;
	return false;
}

/* Soft hyphen, zero-width and direction marks: they show nothing. */
static bool
is_invisible(uint32_t c)
{
	return c == 0xad || (c >= 0x200b && c <= 0x200f) ||
		(c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x2064) ||
		c == 0xfeff;
}

static bool
is_space(uint32_t c)
{
	return c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x1680 ||
		(c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
		c == 0x202f || c == 0x205f || c == 0x3000;
}

/* Folded text as it grows. */
struct fold {
	char *out;
	size_t n;
	char pending; /* ' ' or '\n' before the next character, or 0 */
	bool lines;
};

static void
fold_space(struct fold *f, bool line)
{
	if (f->n == 0)
		return;
	if (f->lines && (line || f->pending == '\n'))
		f->pending = '\n';
	else
		f->pending = ' ';
}

static void
fold_character(struct fold *f, uint32_t c)
{
	if (f->pending)
		f->out[f->n++] = f->pending;
	f->pending = '\0';
	f->n += utf8_encode(f->out + f->n, c);
}

static struct str
fold(struct str s, bool lines, struct arena *arena)
{
	struct fold f = { arena_alloc(arena, s.len * 3 + 1), 0, '\0', lines };
	size_t tag;
	uint32_t c;

	if (!f.out)
		return (struct str){ NULL, 0 };
	while (s.len > 0) {
		if (*s.ptr > ' ' && *s.ptr < 127 && *s.ptr != '<') {
			if (f.pending)
				f.out[f.n++] = f.pending;
			f.pending = '\0';
			f.out[f.n++] = *s.ptr++;
			s.len--;
			continue;
		}
		tag = *s.ptr == '<' ? tag_length(s) : 0;
		if (tag > 0) {
			if (!joins(str_sub(s, 0, tag)))
				fold_space(&f, true);
			s = str_sub(s, tag, s.len);
			continue;
		}
		c = utf8_decode(&s);
		if (c == UTF8_BAD)
			c = 0xfffd;
		if (is_space(c))
			fold_space(&f, c == '\n' || c == 0x2028 || c == 0x2029);
		else if (!is_invisible(c))
			fold_character(&f, c);
	}
	return (struct str){ f.out, f.n };
}

static struct str
plain(struct str s, bool lines, struct arena *arena)
{
	for (int i = 0; i < PLAIN_PASSES && str_find_byte(s, '&') >= 0; i++)
		s = decode_once(s, arena);
	return fold(s, lines, arena);
}

struct str
plain_text(struct str s, struct arena *arena)
{
	return plain(s, false, arena);
}

struct str
plain_lines(struct str s, struct arena *arena)
{
	return plain(s, true, arena);
}

bool
plain_is_cjk(uint32_t c)
{
	return (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x4dbf) ||
		(c >= 0x4e00 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
		(c >= 0x20000 && c <= 0x3ffff);
}

size_t
plain_length(struct str s)
{
	size_t n = 0;
	uint32_t c;

	while (s.len > 0) {
		if ((unsigned char)*s.ptr < 0x80) {
			s.ptr++;
			s.len--;
			n++;
			continue;
		}
		c = utf8_decode(&s);
		n += plain_is_cjk(c) || (c >= 0xac00 && c <= 0xd7a3) ? 3 : 1;
	}
	return n;
}

uint32_t
plain_lower(uint32_t c)
{
	if (c < 0x80)
		return (unsigned char)ascii_to_lower((char)c);
	if ((c >= 0xc0 && c <= 0xde && c != 0xd7) ||
		(c >= 0x391 && c <= 0x3ab) || (c >= 0x410 && c <= 0x42f))
		return c + 32;
	if (c >= 0x400 && c <= 0x40f)
		return c + 80;
	if (c == 0x130)
		return 'i';
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c + (c & 1);
	if ((c >= 0x100 && c <= 0x177) || (c >= 0x490 && c <= 0x4bf) ||
		(c >= 0x1e00 && c <= 0x1eff))
		return c | 1;
	return c == 0x178 ? 0xff : c;
}

bool
plain_is_word(uint32_t c)
{
	if (c < 0x80)
		return ascii_alnum((char)c);
	return c >= 0xc0 && c != 0xd7 && c != 0xf7 &&
		!(c >= 0x2000 && c <= 0x206f) &&
		!(c >= 0x2190 && c <= 0x2bff) &&
		!(c >= 0x3000 && c <= 0x3020) &&
		!(c >= 0xfe30 && c <= 0xfe6f) &&
		!(c >= 0xff00 && c <= 0xff0f) &&
		!(c >= 0xff1a && c <= 0xff20) &&
		!(c >= 0x1f000 && c <= 0x1faff) && c != 0xfffd;
}
