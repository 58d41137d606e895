#include "cmd/extract/words/age.h"

#include "cmd/extract/words/phrase.h"
#include "cmd/extract/words/plain.h"
#include "common/base/utf8.h"
#include "common/text/datewords.h"

enum { TEXT_BYTES = 120, WORDS = 12, OTHERS = 3, YEAR_WITHIN = 24 };

struct words {
	struct str items[WORDS]; /* a number is a word of its own */
	size_t count;
};

static bool
is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool
is_number(struct str word)
{
	return is_digit((unsigned char)*word.ptr);
}

/* The words of a text; false if it has too many. */
static bool
read_words(struct words *out, struct str s)
{
	out->count = 0;
	while (s.len) {
		const char *start = s.ptr;
		uint32_t c = utf8_decode(&s);
		bool digit = is_digit(c);
		struct str rest = s;

		if (c == UTF8_BAD || !plain_is_word(c))
			continue;
		if (out->count == WORDS)
			return false;
		while (rest.len && (c = utf8_decode(&rest)) != UTF8_BAD &&
			plain_is_word(c) && is_digit(c) == digit)
			s = rest;
		out->items[out->count++] =
			(struct str){ start, (size_t)(s.ptr - start) };
	}
	return true;
}

static bool
is_of(struct str word, uint32_t lists)
{
	return datewords_of(word) & lists;
}

/* How many words the age takes that has its number at i: 0 is none. */
static size_t
age_at(const struct words *w, size_t i)
{
	if (!is_number(w->items[i]) || i + 1 >= w->count)
		return 0;
	if (is_of(w->items[i + 1], DATEWORDS_AGO_JOINED))
		return 2;
	if (!is_of(w->items[i + 1], DATEWORDS_UNIT | DATEWORDS_SPAN))
		return 0;
	if (i + 2 < w->count && is_of(w->items[i + 2], DATEWORDS_AGO))
		return 3;
	if (i == 0 || !is_of(w->items[i - 1], DATEWORDS_AGO_BEFORE))
		return 0;
	if (!str_eq(w->items[i - 1], STR("a")))
		return 3;
	/* French: "il y a", and nothing else that ends so */
	return i > 1 && str_eq(w->items[i - 2], STR("y")) ? 5 : 0;
}

bool
age_is(struct str text)
{
	struct phrase_text low;
	struct words w;
	size_t others = 0, age = 0;

	if (text.len > TEXT_BYTES || str_ends(text, STR(".")))
		return false;
	phrase_lower(&low, text);
	if (!read_words(&w, (struct str){ low.bytes, low.len }))
		return false;
	for (size_t i = 0; i < w.count; i++) {
		if (!age)
			age = age_at(&w, i);
		others += !is_number(w.items[i]);
	}
	return age && others <= age - 1 + OTHERS;
}

bool
age_is_copyright(struct str text)
{
	struct str head = str_sub(text, 0, YEAR_WITHIN);
	struct words w;

	if (!str_starts_nocase(text, STR("copyright")) &&
		!str_starts(text, STR("©")))
		return false;
	if (!read_words(&w, head))
		return false;
	for (size_t i = 0; i < w.count; i++)
		if (is_number(w.items[i]) && w.items[i].len == 4)
			return true;
	return false;
}
