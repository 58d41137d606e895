#include "common/diff/changeform.h"

#include <stdint.h>

#include "common/base/ascii.h"
#include "common/base/strbuf.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

enum { TEXT_BYTES = 1 << 20 };

static bool
is_double_quote(uint32_t c)
{
	return (c >= 0x201c && c <= 0x201f) || c == 0xab || c == 0xbb ||
		c == 0x2033 || c == 0xff02 || c == 0x301d || c == 0x301e ||
		(c >= 0x300c && c <= 0x300f);
}

static bool
is_single_quote(uint32_t c)
{
	return (c >= 0x2018 && c <= 0x201b) || c == 0x2039 || c == 0x203a ||
		c == 0x2032 || c == 0x02bc || c == 0xff07 || c == '`' ||
		c == 0xb4;
}

static bool
is_dash(uint32_t c)
{
	return (c >= 0x2010 && c <= 0x2015) || c == 0x2212 || c == 0xfe58 ||
		c == 0xfe63 || c == 0xff0d;
}

/* The character in its plainest form; 0: it is not seen. */
static uint32_t
plain(uint32_t c)
{
	if (c < 128)
		return c == '\t' || c == '\n' ? ' ' : c == '`' ? '\'' : c;
	if (is_double_quote(c))
		return '"';
	if (is_single_quote(c))
		return '\'';
	if (is_dash(c))
		return '-';
	if (unicode_class(c) == UNICODE_SPACE)
		return ' ';
	return unicode_class(c) == UNICODE_OTHER ? 0 : c;
}

static void
add_plain(struct strbuf *out, struct str text)
{
	struct strbuf composed;

	strbuf_init(&composed, TEXT_BYTES);
	unicode_add_nfc(&composed, text);
	text = strbuf_str(&composed);
	while (text.len > 0) {
		uint32_t c = plain(utf8_decode(&text));

		if (c == 0 || (c == ' ' && (out->len == 0 ||
				out->ptr[out->len - 1] == ' ')))
			continue;
		utf8_add(out, c);
	}
	if (out->len > 0 && out->ptr[out->len - 1] == ' ')
		strbuf_cut(out, out->len - 1);
	strbuf_release(&composed);
}

/* Whether the first difference is one of plain letters: most edits are. */
static bool
differ_in_letters(struct str a, struct str b)
{
	size_t i = 0, least = a.len < b.len ? a.len : b.len;

	while (i < least && a.ptr[i] == b.ptr[i])
		i++;
	return i < least && ascii_alnum(a.ptr[i]) && ascii_alnum(b.ptr[i]);
}

bool
changeform_same(struct str a, struct str b)
{
	struct strbuf left, right;
	bool same = str_eq(a, b);

	if (same || differ_in_letters(a, b) || a.len > TEXT_BYTES / 2 ||
		b.len > TEXT_BYTES / 2)
		return same;
	strbuf_init(&left, TEXT_BYTES);
	strbuf_init(&right, TEXT_BYTES);
	add_plain(&left, a);
	add_plain(&right, b);
	same = str_eq(strbuf_str(&left), strbuf_str(&right));
	strbuf_release(&left);
	strbuf_release(&right);
	return same;
}

static struct str
without_by(struct str byline)
{
	static const struct str words[] = { STR_INIT("by "), STR_INIT("von "),
		STR_INIT("par "), STR_INIT("por "), STR_INIT("di "),
		STR_INIT("door "), STR_INIT("af "), STR_INIT("av ") };

	byline = str_trim(byline);
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (str_starts_nocase(byline, words[i]))
			return str_trim(str_sub(byline, words[i].len,
				byline.len));
	return byline;
}

/* Names are written in capitals here and there. */
bool
changeform_same_byline(struct str a, struct str b)
{
	struct strbuf left, right;
	bool same;

	a = without_by(a);
	b = without_by(b);
	if (str_eq(a, b) || a.len > TEXT_BYTES / 8 || b.len > TEXT_BYTES / 8)
		return str_eq(a, b);
	strbuf_init(&left, TEXT_BYTES);
	strbuf_init(&right, TEXT_BYTES);
	unicode_add_lower(&left, a);
	unicode_add_lower(&right, b);
	same = changeform_same(strbuf_str(&left), strbuf_str(&right));
	strbuf_release(&left);
	strbuf_release(&right);
	return same;
}

bool
changeform_same_date(struct str a, struct str b)
{
	return a.len == 0 || b.len == 0 || str_starts(a, b) ||
		str_starts(b, a);
}

bool
changeform_same_document(const struct document *a, const struct document *b)
{
	if (a->blocks_count != b->blocks_count ||
		!changeform_same(a->title, b->title) ||
		!changeform_same_byline(a->byline, b->byline) ||
		!changeform_same_date(a->published, b->published) ||
		(!str_eq(a->lang, b->lang) && a->lang.len && b->lang.len) ||
		!changeform_same(a->summary, b->summary))
		return false;
	for (size_t i = 0; i < a->blocks_count; i++)
		if (a->blocks[i].kind != b->blocks[i].kind ||
			!changeform_same(a->blocks[i].text, b->blocks[i].text))
			return false;
	return true;
}
