#include "common/text/unicode.h"

#include <utf8proc.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"

enum { CLASS_VIRAMA = 9 };

static enum unicode_class
ascii_class(char c)
{
	if (ascii_lower(c))
		return UNICODE_LOWER;
	if (ascii_space(c))
		return UNICODE_SPACE;
	if (ascii_upper(c))
		return UNICODE_UPPER;
	if (ascii_digit(c))
		return UNICODE_DIGIT;
	if (ascii_control(c))
		return UNICODE_OTHER;
	switch (c) {
	case '$':
	case '+':
	case '<':
	case '=':
	case '>':
	case '^':
	case '`':
	case '|':
	case '~':
		return UNICODE_SYMBOL;
	default:
		return UNICODE_PUNCT;
	}
}

static enum unicode_class
category_class(utf8proc_category_t category)
{
	switch (category) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LT:
		return UNICODE_UPPER;
	case UTF8PROC_CATEGORY_LL:
		return UNICODE_LOWER;
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
		return UNICODE_LETTER;
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ME:
		return UNICODE_MARK;
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return UNICODE_DIGIT;
	case UTF8PROC_CATEGORY_PC:
	case UTF8PROC_CATEGORY_PD:
	case UTF8PROC_CATEGORY_PS:
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PI:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO:
		return UNICODE_PUNCT;
	case UTF8PROC_CATEGORY_SM:
	case UTF8PROC_CATEGORY_SC:
	case UTF8PROC_CATEGORY_SK:
	case UTF8PROC_CATEGORY_SO:
		return UNICODE_SYMBOL;
	case UTF8PROC_CATEGORY_ZS:
	case UTF8PROC_CATEGORY_ZL:
	case UTF8PROC_CATEGORY_ZP:
		return UNICODE_SPACE;
	default:
		return UNICODE_OTHER;
	}
}

enum unicode_class
unicode_class(uint32_t c)
{
	if (c < 128)
		return ascii_class((char)c);
	if (c == 0x85)
		return UNICODE_SPACE;
	if (c > 0x10ffff)
		return UNICODE_OTHER;
	return category_class(utf8proc_category((utf8proc_int32_t)c));
}

bool
unicode_unspaced(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} blocks[] = {
		{ 0x0e00, 0x0eff },   /* Thai, Lao */
		{ 0x0f00, 0x0fff },   /* Tibetan */
		{ 0x1000, 0x109f },   /* Burmese */
		{ 0x1780, 0x17ff },   /* Khmer */
		{ 0x2e80, 0x2fdf },   /* radicals */
		{ 0x3005, 0x3007 },   /* iteration mark, ideographic zero */
		{ 0x3021, 0x312f },   /* numerals, kana, bopomofo */
		{ 0x31a0, 0x31ff },   /* bopomofo and kana extensions */
		{ 0x3400, 0x4dbf },   /* Han, extension A */
		{ 0x4e00, 0x9fff },   /* Han */
		{ 0xa9e0, 0xa9ff },   /* Burmese, extension B */
		{ 0xaa60, 0xaa7f },   /* Burmese, extension A */
		{ 0xf900, 0xfaff },   /* Han, compatibility */
		{ 0xff66, 0xff9f },   /* half-width kana */
		{ 0x1b000, 0x1b16f }, /* kana supplements */
		{ 0x20000, 0x3ffff }, /* Han, later extensions */
	};

	if (c < blocks[0].from)
		return false;
	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
		if (c >= blocks[i].from && c <= blocks[i].to)
			return true;
	return false;
}

uint32_t
unicode_lower(uint32_t c)
{
	if (c < 128)
		return (uint32_t)ascii_to_lower((char)c);
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
}

size_t
unicode_fold(uint32_t out[UNICODE_FOLD_MAX], uint32_t c)
{
	utf8proc_int32_t wide[UNICODE_FOLD_MAX];
	int boundary = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, wide,
		UNICODE_FOLD_MAX, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
		UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &boundary);

	if (n < 0 || n > UNICODE_FOLD_MAX) {
		out[0] = c;
		return 1;
	}
	for (utf8proc_ssize_t i = 0; i < n; i++)
		out[i] = (uint32_t)wide[i];
	return (size_t)n;
}

/*
 * Blocks of characters that normalisation leaves alone in any company: none
 * decomposes, none is a mark, none composes with the character before it.
 */
static bool
is_stable(uint32_t c)
{
	static const struct {
		uint32_t from, to;
	} blocks[] = {
		{ 0, 0x2ff },       /* Latin */
		{ 0x388, 0x482 },   /* Greek, Cyrillic */
		{ 0x48a, 0x52f },   /* Cyrillic */
		{ 0x5d0, 0x5ea },   /* Hebrew letters */
		{ 0x621, 0x64a },   /* Arabic letters */
		{ 0x1ea0, 0x1ef9 }, /* Vietnamese */
		{ 0x2010, 0x205f }, /* punctuation */
		{ 0x20a0, 0x20bf }, /* currencies */
		{ 0x3001, 0x3029 }, { 0x3041, 0x3096 }, /* kana */
		{ 0x309b, 0x30ff }, { 0x4e00, 0x9fef }, /* Han */
		{ 0xac00, 0xd7a3 }, /* Hangul */
		{ 0xff01, 0xff60 }, /* wide forms */
	};

	for (size_t i = 0; i < sizeof(blocks) / sizeof(blocks[0]); i++)
		if (c <= blocks[i].to)
			return c >= blocks[i].from;
	return false;
}

bool
unicode_is_nfc(struct str s)
{
	while (s.len > 0) {
		if ((unsigned char)*s.ptr < 0xcc) { /* below U+0300 */
			s.ptr++;
			s.len--;
		} else if (!is_stable(utf8_decode(&s))) {
			return false;
		}
	}
	return true;
}

struct str
unicode_nfc(struct str s, struct arena *arena)
{
	struct strbuf b;

	if (unicode_is_nfc(s))
		return s;
	strbuf_init(&b, s.len * 3 + 64);
	unicode_add_nfc(&b, s);
	s = arena_dup(arena, strbuf_str(&b));
	strbuf_release(&b);
	return s;
}

void
unicode_add_nfc(struct strbuf *out, struct str s)
{
	utf8proc_uint8_t *text = NULL;
	utf8proc_ssize_t len;

	if (unicode_is_nfc(s)) {
		strbuf_adds(out, s);
		return;
	}
	len = utf8proc_map((const utf8proc_uint8_t *)s.ptr,
		(utf8proc_ssize_t)s.len, &text,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (len < 0)
		strbuf_adds(out, s);
	else
		strbuf_add(out, text, (size_t)len);
	free(text);
}

void
unicode_add_folded(struct strbuf *out, uint32_t c)
{
	utf8proc_int32_t folded[64];
	int boundary = 0;
	utf8proc_ssize_t len = utf8proc_decompose_char((utf8proc_int32_t)c,
		folded, sizeof(folded) / sizeof(*folded), UTF8PROC_STABLE |
		UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT |
		UTF8PROC_CASEFOLD, &boundary);

	if (len < 0 || len > (utf8proc_ssize_t)(sizeof(folded) /
		sizeof(*folded))) {
		utf8_add(out, c);
		return;
	}
	for (utf8proc_ssize_t i = 0; i < len; i++)
		utf8_add(out, (uint32_t)folded[i]);
}

bool
unicode_is_virama(uint32_t c)
{
	return utf8proc_get_property((utf8proc_int32_t)c)->combining_class ==
		CLASS_VIRAMA;
}

enum unicode_bidi
unicode_bidi(uint32_t c)
{
	switch (utf8proc_get_property((utf8proc_int32_t)c)->bidi_class) {
	case UTF8PROC_BIDI_CLASS_L:
		return UNICODE_BIDI_L;
	case UTF8PROC_BIDI_CLASS_R:
	case UTF8PROC_BIDI_CLASS_AL:
		return UNICODE_BIDI_R;
	case UTF8PROC_BIDI_CLASS_AN:
		return UNICODE_BIDI_AN;
	case UTF8PROC_BIDI_CLASS_EN:
		return UNICODE_BIDI_EN;
	case UTF8PROC_BIDI_CLASS_NSM:
		return UNICODE_BIDI_NSM;
	case UTF8PROC_BIDI_CLASS_ES:
	case UTF8PROC_BIDI_CLASS_CS:
	case UTF8PROC_BIDI_CLASS_ET:
	case UTF8PROC_BIDI_CLASS_ON:
	case UTF8PROC_BIDI_CLASS_BN:
		return UNICODE_BIDI_NEUTRAL;
	default:
		return UNICODE_BIDI_OTHER;
	}
}

void
unicode_add_lower(struct strbuf *out, struct str s)
{
	while (s.len > 0) {
		char *room = strbuf_room(out, s.len);
		size_t n = 0;
		uint32_t c;

		if (!room)
			return;
		for (; n < s.len && (unsigned char)s.ptr[n] < 128; n++)
			room[n] = ascii_to_lower(s.ptr[n]);
		strbuf_grew(out, n);
		s = str_sub(s, n, s.len);
		if (s.len == 0)
			return;
		c = utf8_decode(&s);
		utf8_add(out, c == UTF8_BAD ? 0xfffd : unicode_lower(c));
	}
}
