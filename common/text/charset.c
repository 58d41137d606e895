/*
 * The decision. A browser obeys a declaration even where the bytes belie it;
 * an archive wants the text, so a declaration has to survive a look at the
 * bytes: valid UTF-8 with characters beyond ASCII is UTF-8 whatever was
 * said (8 of 963 test pages), every second byte NUL is UTF-16, and where the
 * declared encoding gives many errors or a Latin label stands on a text of
 * another script, the shape of the bytes decides.
 */
#include "common/text/charset.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"

enum {
	LATE_META_BYTES = 64 << 10, /* HTML 13.2.3.5: a late meta counts too */
	NUL_SAMPLE_BYTES = 2048
};

/* How the bytes fare as UTF-8. */
struct shape {
	size_t characters; /* of more than one byte */
	size_t bad;
};

static struct shape
shape_of(struct str s)
{
	struct shape n = { 0 };

	s = str_sub(s, 0, CHARSET_SAMPLE_BYTES);
	while (s.len > 0) {
		if ((unsigned char)*s.ptr < 0x80) {
			s = str_sub(s, 1, s.len);
			continue;
		}
		if (utf8_decode(&s) == UTF8_BAD)
			n.bad++;
		else
			n.characters++;
	}
	return n;
}

static enum encoding
mark_of(struct str s, size_t *len)
{
	*len = 2;
	if (str_starts(s, STR("\xfe\xff")))
		return ENCODING_UTF_16BE;
	if (str_starts(s, STR("\xff\xfe")))
		return ENCODING_UTF_16LE;
	*len = 3;
	if (str_starts(s, STR("\xef\xbb\xbf")))
		return ENCODING_UTF_8;
	*len = 0;
	return ENCODING_NONE;
}

/*
 * Markup in UTF-16 has a NUL beside each ASCII byte, always on the same side.
 */
static enum encoding
utf16_by_nuls(struct str s)
{
	size_t odd = 0, even = 0, half;

	s = str_sub(s, 0, NUL_SAMPLE_BYTES);
	half = s.len / 2;
	if (half < 8 || !memchr(s.ptr, '\0', s.len))
		return ENCODING_NONE;
	for (size_t i = 0; i < s.len; i++) {
		odd += i % 2 == 1 && s.ptr[i] == '\0';
		even += i % 2 == 0 && s.ptr[i] == '\0';
	}
	if (odd * 10 >= half * 4 && even * 10 < half)
		return ENCODING_UTF_16LE;
	if (even * 10 >= half * 4 && odd * 10 < half)
		return ENCODING_UTF_16BE;
	return ENCODING_NONE;
}

/* The lang attribute of the html element, without a parser: a hint only. */
static struct str
lang_hint(struct str s)
{
	ptrdiff_t at = str_find_nocase(str_sub(s, 0, CHARSET_PRESCAN_BYTES),
		STR("<html"));
	struct str value;
	size_t len = 0;

	if (at < 0)
		return STR("");
	s = str_sub(s, (size_t)at, 512);
	s = str_sub(s, 0, (size_t)(str_find_byte(s, '>') + 1));
	at = str_find_nocase(s, STR("lang="));
	if (at < 0)
		return STR("");
	value = str_sub(s, (size_t)at + 5, 16);
	if (value.len > 0 && (*value.ptr == '"' || *value.ptr == '\''))
		value = str_sub(value, 1, value.len);
	while (len < value.len && (ascii_alnum(value.ptr[len]) ||
		value.ptr[len] == '-' || value.ptr[len] == '_'))
		len++;
	return str_sub(value, 0, len);
}

/* The encodings whose label is put on anything. */
static bool
is_latin(enum encoding e)
{
	return e == ENCODING_WINDOWS_1252 || e == ENCODING_ISO_8859_15 ||
		e == ENCODING_WINDOWS_1250 || e == ENCODING_ISO_8859_2 ||
		e == ENCODING_WINDOWS_1254 || e == ENCODING_MACINTOSH;
}

static bool
is_cyrillic(enum encoding e)
{
	return e == ENCODING_WINDOWS_1251 || e == ENCODING_KOI8_R ||
		e == ENCODING_KOI8_U || e == ENCODING_ISO_8859_5 ||
		e == ENCODING_IBM866 || e == ENCODING_X_MAC_CYRILLIC;
}

/*
 * Whether a guess may overrule what was declared: another script over a Latin
 * label, one Cyrillic code page over another.
 */
static bool
overrules(enum encoding guessed, enum encoding declared)
{
	if (guessed == ENCODING_NONE || guessed == declared)
		return false;
	if (declared == ENCODING_KOI8_R && guessed == ENCODING_KOI8_U)
		return false;
	return is_latin(declared) ||
		(is_cyrillic(declared) && is_cyrillic(guessed));
}

static enum encoding
guess_or_customary(struct str body)
{
	enum encoding e = charset_guess(body);

	if (e == ENCODING_NONE)
		e = charset_of_language(lang_hint(body));
	return e;
}

/* The encoding of bytes that are not valid UTF-8. */
static enum encoding
decide_invalid(struct charset *c, enum encoding declared, struct str body)
{
	struct shape n = shape_of(body);
	enum encoding guessed;

	if (declared == ENCODING_NONE) {
		declared = charset_prescan(str_sub(body, 0, LATE_META_BYTES));
		c->source = CHARSET_META;
	}
	/* Some broken characters, or one cut at the end. */
	if (n.characters > 4 && n.characters >= 20 * n.bad) {
		if (declared != ENCODING_UTF_8)
			c->source = CHARSET_VALID;
		return ENCODING_UTF_8;
	}
	if (declared == ENCODING_UTF_8 && n.characters > n.bad)
		return declared;
	guessed = declared == ENCODING_NONE || declared == ENCODING_UTF_8 ?
		guess_or_customary(body) : charset_guess_script(body);
	if (declared == ENCODING_NONE || declared == ENCODING_UTF_8 ||
		overrules(guessed, declared)) {
		c->source = CHARSET_GUESSED;
		return guessed;
	}
	return declared;
}

static size_t
high_bytes(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++)
		n += (unsigned char)s.ptr[i] >= 0x80;
	return n;
}

/* Decodes; over one error in 25 bytes above ASCII, tries the guess. */
static void
decode_judged(struct charset *c, struct strbuf *storage, struct str body)
{
	enum encoding guessed;
	size_t errors;

	c->replacements = charset_convert(storage, c->encoding, body);
	if (c->source > CHARSET_META || c->replacements < 8 ||
		c->replacements * 25 < high_bytes(body))
		return;
	guessed = charset_guess_script(body);
	if (guessed == ENCODING_NONE || guessed == c->encoding)
		return;
	strbuf_reset(storage);
	errors = charset_convert(storage, guessed, body);
	if (errors < c->replacements) {
		c->encoding = guessed;
		c->source = CHARSET_GUESSED;
		c->replacements = errors;
		return;
	}
	strbuf_reset(storage);
	charset_convert(storage, c->encoding, body);
}

static bool
needs_no_decoding(enum encoding e, struct str body)
{
	if (e == ENCODING_REPLACEMENT)
		return false;
	return e != ENCODING_ISO_2022_JP ||
		str_find_byte(body, '\x1b') < 0;
}

/* A page that is valid UTF-8: as it is, unless it only looks so. */
static bool
keep_as_is(struct charset *out, enum encoding declared, struct str body)
{
	if (!needs_no_decoding(declared, body) &&
		high_bytes(str_sub(body, 0, CHARSET_SAMPLE_BYTES)) == 0)
		return false;
	if (declared != ENCODING_UTF_8)
		out->source = CHARSET_VALID;
	out->encoding = ENCODING_UTF_8;
	out->as_is = true;
	return true;
}

/* What the page says of itself, by the order of evidence. */
static enum encoding
declared_encoding(struct charset *out, struct str body, struct str content_type)
{
	enum encoding e = charset_label(charset_parameter(content_type));

	out->source = CHARSET_HEADER;
	if (e == ENCODING_NONE) {
		out->source = CHARSET_META;
		e = charset_prescan(str_sub(body, 0, CHARSET_PRESCAN_BYTES));
	}
	return e;
}

/* Whether undeclared bytes switch between sets as ISO-2022-JP does. */
static bool
has_escapes(struct str body)
{
	return str_find_byte(body, '\x1b') >= 0 &&
		str_find(body, STR("\x1b$")) >= 0 &&
		charset_guess(body) == ENCODING_ISO_2022_JP;
}

struct str
charset_decode(struct charset *out, struct strbuf *storage, struct str body,
	struct str content_type)
{
	size_t mark;
	enum encoding e = mark_of(body, &mark);
	bool valid;

	*out = (struct charset){ .encoding = e, .source = CHARSET_BOM };
	strbuf_reset(storage);
	body = str_sub(body, mark, body.len);
	if (e == ENCODING_NONE) {
		out->source = CHARSET_GUESSED;
		e = utf16_by_nuls(body);
	}
	if (e != ENCODING_UTF_16BE && e != ENCODING_UTF_16LE) {
		if (e == ENCODING_NONE)
			e = declared_encoding(out, body, content_type);
		if (e == ENCODING_NONE && has_escapes(body))
			e = ENCODING_ISO_2022_JP;
		valid = utf8_valid(body);
		if (valid && keep_as_is(out, e, body))
			return body;
		if (!valid && out->source != CHARSET_BOM)
			e = decide_invalid(out, e, body);
	}
	out->encoding = e;
	decode_judged(out, storage, body);
	out->cut = strbuf_overflowed(storage);
	return strbuf_str(storage);
}
