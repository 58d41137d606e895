#include "cmd/extract/meta/datetoken.h"

#include "cmd/extract/meta/pagedate.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/datewords.h"
#include "common/text/unicode.h"

static struct datetoken
number_token(struct str s, size_t at)
{
	struct datetoken t = { .kind = TOKEN_NUMBER, .at = at, .end = at };

	for (; t.end < s.len && ascii_digit(s.ptr[t.end]); t.end++, t.digits++)
		if (t.digits < 9)
			t.value = t.value * 10 + (s.ptr[t.end] - '0');
	t.text = str_sub(s, at, t.end - at);
	return t;
}

/* A letter's bytes at s, or 0. */
static size_t
letter_bytes(struct str s)
{
	struct str before = s;
	uint32_t c;

	if (s.len == 0)
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
	size_t n = letter_bytes(str_sub(s, at, 4)), first = n;

	/* A Han character is a word: the parts of a date stand alone. */
	while (n > 0) {
		t.end += n;
		if (first == 3 && n == 3)
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
	if (ascii_digit(s.ptr[at]))
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
		t->value >= PAGEDATE_YEAR_MIN && t->value <= PAGEDATE_YEAR_MAX;
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
	size_t i = t->end;

	while (i < s.len && i < t->end + 4 && !ascii_digit(s.ptr[i]))
		i++;
	return i < s.len && ascii_digit(s.ptr[i]);
}
