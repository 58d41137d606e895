/*
 * UTS #46 with the table of mappings taken from what it was made of: the
 * NFKC case folding of utf8proc, the characters that are ignored, those that
 * deviate from it, and the classes that are not allowed. libidn2 does not
 * serve as a whole, as it also asks for what IDNA2008 asks: it refuses host
 * names that browsers open (with symbols, hyphens, long labels). It is asked
 * for one thing that needs tables of its own: where joiners may stand.
 */
#include "common/web/idna.h"

#include <stdint.h>

#include <idn2.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"
#include "common/web/punycode.h"

enum { ZWNJ = 0x200c, ZWJ = 0x200d };

static bool
is_ascii(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((unsigned char)s.ptr[i] > 127)
			return false;
	return true;
}

static bool
is_ignored(uint32_t c)
{
	return c == 0xad || c == 0x34f || (c >= 0x180b && c <= 0x180d) ||
		c == 0x180f || c == 0x200b || c == 0x2060 || c == 0x2064 ||
		(c >= 0xfe00 && c <= 0xfe0f) || c == 0xfeff ||
		(c >= 0x1bca0 && c <= 0x1bca3) ||
		(c >= 0xe0100 && c <= 0xe01ef);
}

/* What no mapping leads to and no label may hold. */
static bool
is_disallowed(uint32_t c)
{
	enum unicode_class class;

	if (c < 128 || c == ZWNJ || c == ZWJ)
		return false;
	class = unicode_class(c);
	return class == UNICODE_OTHER || class == UNICODE_SPACE ||
		c == 0x115f || c == 0x1160 || c == 0x17b4 || c == 0x17b5 ||
		(c >= 0x2ff0 && c <= 0x2fff) || c == 0x31ef ||
		c == 0xfffc || c == 0xfffd || c >= 0xe0000;
}

/* No character but the full stops may come to part labels. */
static void
add_folded(struct strbuf *out, uint32_t c)
{
	size_t before = out->len;
	struct str folded;

	unicode_add_folded(out, c);
	folded = str_sub(strbuf_str(out), before, out->len);
	if (c > 127 && (str_find_byte(folded, '.') >= 0 ||
		str_find(folded, STR("\xe3\x80\x82")) >= 0)) {
		strbuf_cut(out, before);
		utf8_add(out, 0xfffd);
	}
}

/* Appends what c is mapped to; U+FFFD, which no label may hold, for none. */
static void
add_mapped(struct strbuf *out, uint32_t c)
{
	switch (c) {
	case 0x3002: /* the full stops that part labels */
	case 0xff0e:
	case 0xff61:
		strbuf_addc(out, '.');
		return;
	case 0x1e9e:
		utf8_add(out, 0xdf);
		return;
	case 0xdf: /* the deviations, which stay as they are */
	case 0x3c2:
	case ZWNJ:
	case ZWJ:
		utf8_add(out, c);
		return;
	default:
		if (!is_ignored(c))
			add_folded(out, c);
	}
}

/* UTS #46, 4, steps 1 and 2. */
static void
map(struct strbuf *out, struct str domain)
{
	struct strbuf mapped;

	strbuf_init(&mapped, SIZE_MAX / 4);
	while (domain.len > 0) {
		uint32_t c = utf8_decode(&domain);

		add_mapped(&mapped, c == UTF8_BAD ? 0xfffd : c);
	}
	unicode_add_nfc(out, strbuf_str(&mapped));
	strbuf_release(&mapped);
}

/* Whether mapping leaves s as it is, which what was decoded must be. */
static bool
is_mapped(struct str s)
{
	struct strbuf mapped;
	bool same;

	strbuf_init(&mapped, SIZE_MAX / 4);
	map(&mapped, s);
	same = str_eq(strbuf_str(&mapped), s);
	strbuf_release(&mapped);
	return same;
}

/* RFC 5892, A.1: between letters that join, as libidn2 knows them. */
static bool
joins_letters(struct str label)
{
	uint8_t *ascii = NULL;
	struct strbuf copy;
	int got;

	strbuf_init(&copy, label.len);
	strbuf_adds(&copy, label);
	got = idn2_lookup_u8((uint8_t *)copy.ptr, &ascii,
		IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
	strbuf_release(&copy);
	idn2_free(ascii);
	return got == IDN2_OK;
}

/* UTS #46, 4.1, but for the check of directions. */
static bool
is_valid(struct str label)
{
	struct str rest = label;
	bool joins = false;
	uint32_t before = 0;

	while (rest.len > 0) {
		uint32_t c = utf8_decode(&rest);
		bool joiner = c == ZWNJ || c == ZWJ;

		if (is_disallowed(c) || c == '.' ||
			(before == 0 && unicode_class(c) == UNICODE_MARK))
			return false;
		if (joiner && !unicode_is_virama(before)) {
			if (c == ZWJ)
				return false;
			joins = true;
		}
		before = c;
	}
	return !joins || joins_letters(label);
}

/* Whether a domain has a character of a script written from the right. */
static bool
is_bidi(struct str domain)
{
	while (domain.len > 0) {
		enum unicode_bidi class = unicode_bidi(utf8_decode(&domain));

		if (class == UNICODE_BIDI_R || class == UNICODE_BIDI_AN)
			return true;
	}
	return false;
}

/* RFC 5893, 2: the rule for each label of such a domain. */
static bool
directions_are_right(struct str label)
{
	enum unicode_bidi first = UNICODE_BIDI_OTHER, last = first;
	bool numbers[UNICODE_BIDI_OTHER + 1] = { false }, right;

	if (label.len == 0)
		return true;
	for (bool at_first = true; label.len > 0; at_first = false) {
		enum unicode_bidi class = unicode_bidi(utf8_decode(&label));

		if (at_first)
			first = class;
		if (class != UNICODE_BIDI_NSM)
			last = class;
		numbers[class] = true;
	}
	right = first == UNICODE_BIDI_R;
	if (numbers[UNICODE_BIDI_OTHER] ||
		(!right && first != UNICODE_BIDI_L))
		return false;
	if (!right)
		return !numbers[UNICODE_BIDI_R] && !numbers[UNICODE_BIDI_AN] &&
			(last == UNICODE_BIDI_L || last == UNICODE_BIDI_EN);
	return !numbers[UNICODE_BIDI_L] && !(numbers[UNICODE_BIDI_EN] &&
		numbers[UNICODE_BIDI_AN]) && (last == UNICODE_BIDI_R ||
		last == UNICODE_BIDI_EN || last == UNICODE_BIDI_AN);
}

/* Appends a mapped label with "xn--" taken off; false for a bad one. */
static bool
add_unicode(struct strbuf *out, struct str label)
{
	size_t before = out->len;
	struct str decoded;

	if (!str_starts(label, STR("xn--"))) {
		strbuf_adds(out, label);
		return is_valid(label);
	}
	if (!is_ascii(label) || punycode_decode(out, str_sub(label, 4,
		label.len)) < 0)
		return false;
	decoded = str_sub(strbuf_str(out), before, out->len);
	return !is_ascii(decoded) && is_mapped(decoded) && is_valid(decoded) &&
		!str_starts(decoded, STR("xn--"));
}

/* Decodes, checks and encodes the labels of a mapped domain. */
static int
add_labels(struct strbuf *out, struct str mapped)
{
	struct strbuf text;
	struct str label, rest = mapped;
	bool bidi, ok = true;
	size_t before = out->len;

	strbuf_init(&text, 8 * IDNA_BYTES);
	while (ok && str_field(&label, &rest, '.')) {
		ok = add_unicode(&text, label);
		strbuf_addc(&text, '.');
	}
	strbuf_cut(&text, text.len - 1);
	bidi = is_bidi(strbuf_str(&text));
	rest = strbuf_str(&text);
	while (ok && str_field(&label, &rest, '.')) {
		if (out->len > before || label.ptr != text.ptr)
			strbuf_addc(out, '.');
		ok = !bidi || directions_are_right(label);
		if (is_ascii(label)) {
			strbuf_adds(out, label);
		} else {
			strbuf_adds(out, STR("xn--"));
			ok = ok && punycode_encode(out, label) == 0;
		}
	}
	strbuf_release(&text);
	return ok ? 0 : -1;
}

int
idna_to_ascii(struct strbuf *out, struct str domain, struct err *err)
{
	size_t before = out->len;
	struct strbuf mapped;
	int result;

	if (is_ascii(domain)) {
		for (size_t i = 0; i < domain.len; i++)
			strbuf_addc(out, ascii_to_lower(domain.ptr[i]));
		return domain.len ? 0 : err_set(err, "empty host");
	}
	if (domain.len > IDNA_BYTES)
		return err_set(err, "the host is over %d bytes", IDNA_BYTES);
	strbuf_init(&mapped, SIZE_MAX / 4);
	map(&mapped, domain);
	result = add_labels(out, strbuf_str(&mapped));
	strbuf_release(&mapped);
	if (result < 0)
		return err_set(err, "the host has characters that no host "
			"may have");
	return out->len > before ? 0 : err_set(err, "empty host");
}
