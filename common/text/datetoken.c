#include "common/text/datetoken.h"

#include "common/text/date.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/datewords.h"
#include "common/text/unicode.h"

enum {
	BUDDHIST = 543, /* years ahead */
	FIRST_CJK = 0x2e80,
	EARLIEST = 1900 /* of years: no offset of a zone is as large */
};

/* The zeros of the decimal digits that dates are written in. */
static const uint32_t zeros[] = { 0x660, /* Arabic */ 0x6f0, /* Persian */
	0x966, /* Devanagari */ 0x9e6, /* Bengali */ 0xa66, 0xae6, 0xbe6,
	0xc66, 0xce6, 0xd66, /* of the south of India */ 0xe50, /* Thai */
	0xed0, 0x1040, 0x17e0, /* Lao, Burmese, Khmer */ 0xff10 /* wide */ };

/* The value of the digit that s begins with and its bytes; -1 for none. */
static int
digit_value(struct str s, size_t *bytes)
{
	struct str rest = s;
	uint32_t c;

	*bytes = 1;
	if (s.len == 0)
		return -1;
	if ((unsigned char)*s.ptr < 0x80)
		return ascii_digit(*s.ptr) ? *s.ptr - '0' : -1;
	c = utf8_decode(&rest);
	*bytes = s.len - rest.len;
	for (size_t i = 0; i < sizeof(zeros) / sizeof(*zeros); i++)
		if (c >= zeros[i] && c < zeros[i] + 10)
			return (int)(c - zeros[i]);
	return -1;
}

static struct datetoken
number_token(struct str s, size_t at)
{
	struct datetoken t = { .kind = TOKEN_NUMBER, .at = at, .end = at };
	size_t bytes;
	int digit;

	while ((digit = digit_value(str_sub(s, t.end, 4), &bytes)) >= 0) {
		if (t.digits++ < 9)
			t.value = t.value * 10 + digit;
		t.end += bytes;
	}
	/* The Buddhist calendar's years. */
	if (t.digits == 4 && t.value >= DATE_YEAR_MIN + BUDDHIST &&
		t.value <= DATE_YEAR_MAX + BUDDHIST)
		t.value -= BUDDHIST;
	t.text = str_sub(s, at, t.end - at);
	return t;
}

/* A letter's bytes at s, or 0. */
static size_t
letter_bytes(struct str s)
{
	struct str before = s;
	size_t bytes;
	uint32_t c;

	if (s.len == 0 || digit_value(s, &bytes) >= 0)
		return 0;
	if ((unsigned char)*s.ptr < 0x80)
		return ascii_alpha(*s.ptr) ? 1 : 0;
	c = utf8_decode(&s);
	return c != UTF8_BAD && unicode_class(c) >= UNICODE_DIGIT
		? before.len - s.len
		: 0;
}

static struct datetoken
word_token(struct str s, size_t at)
{
	struct datetoken t = { .kind = TOKEN_WORD, .at = at, .end = at };
	size_t n = letter_bytes(str_sub(s, at, 4));
	struct str rest = str_sub(s, at, s.len);
	uint32_t first = utf8_decode(&rest);

	/* A Han or Hangul character is a word: a date's parts stand alone. */
	while (n > 0) {
		t.end += n;
		if (first >= FIRST_CJK)
			break;
		n = letter_bytes(str_sub(s, t.end, 4));
	}
	t.text = str_sub(s, at, t.end - at);
	return t;
}

/* No-break and thin spaces are spaces too. */
static size_t
space_bytes(struct str s)
{
	if (s.len > 0 && ascii_space(*s.ptr))
		return 1;
	if (str_starts(s, STR("\u00a0")))
		return 2;
	return str_starts(s, STR("\u202f")) || str_starts(s, STR("\u2009")) ?
		3 : 0;
}

struct datetoken
datetoken_at(struct str s, size_t at)
{
	struct datetoken t = { .kind = TOKEN_END, .at = s.len, .end = s.len };
	size_t start = at, n;

	while ((n = space_bytes(str_sub(s, at, 3))) > 0)
		at += n;
	if (at >= s.len)
		return t;
	if (digit_value(str_sub(s, at, 4), &n) >= 0)
		t = number_token(s, at);
	else if (letter_bytes(str_sub(s, at, 4)) > 0)
		t = word_token(s, at);
	else
		t = (struct datetoken){ .kind = TOKEN_MARK, .mark = s.ptr[at],
			.at = at, .end = at + 1, .text = str_sub(s, at, 1) };
	t.spaced = at > start;
	return t;
}

struct datetoken
datetoken_after(struct str s, const struct datetoken *t)
{
	return datetoken_at(s, t->end);
}

bool
datetoken_is_mark(const struct datetoken *t, char c)
{
	return t->kind == TOKEN_MARK && t->mark == c;
}

bool
datetoken_is_word(const struct datetoken *t, const char *word)
{
	return t->kind == TOKEN_WORD && str_eq_nocase(t->text, str_from(word));
}

bool
datetoken_is_year(const struct datetoken *t)
{
	return t->kind == TOKEN_NUMBER && t->digits == 4 &&
		((t->value >= EARLIEST && t->value <= DATE_YEAR_MAX) ||
		(t->value >= DATE_SOLAR_MIN && t->value <= DATE_SOLAR_MAX));
}

bool
datetoken_is_small(const struct datetoken *t, int max)
{
	return t->kind == TOKEN_NUMBER && t->digits <= 2 && t->value >= 1 &&
		t->value <= max;
}

int
datetoken_month(const struct datetoken *t)
{
	return t->kind == TOKEN_WORD && t->text.len >= 3 ?
		datewords_month(t->text) : 0;
}

bool
datetoken_before_digit(struct str s, const struct datetoken *t)
{
	size_t bytes;

	for (size_t i = t->end; i < s.len && i < t->end + 4; i++)
		if (digit_value(str_sub(s, i, 4), &bytes) >= 0)
			return true;
	return false;
}
