#include "common/diff/changewords.h"

#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/datewords.h"
#include "common/text/lexicon.h"
#include "common/text/unicode.h"

enum { FOLDED_BYTES = 96, BOILERPLATE_WORDS = 14, COUNTER_WORDS = 4 };

enum {
	UPDATE = 1 << 0,
	DAY = 1 << 1,
	ZONE = 1 << 2,
	UNIT = 1 << 3,
	AGO = 1 << 4,
	FILLER = 1 << 5,
	CORRECTION = 1 << 6,
	BOILERPLATE = 1 << 7,
	LABEL = 1 << 8,
	COUNTER = 1 << 9,
	NUMBER = 1 << 10,
	NUMBER_PART = 1 << 11,
	NUMERAL = 1 << 12,
	COUNTED = 1 << 13
};

#define IN(list) list
#include "common/diff/change.inc"
#undef IN

/* The first that fits; words of dates are in one file for all. */
static const struct {
	enum changewords_role role;
	uint32_t lists, date_lists;
} roles[] = {
	{ ROLE_UPDATE, UPDATE, DATEWORDS_UPDATE },
	{ ROLE_DAY, DAY, DATEWORDS_MONTH | DATEWORDS_WEEKDAY },
	{ ROLE_ZONE, ZONE, 0 },
	{ ROLE_FILLER, FILLER, 0 },
	{ ROLE_UNIT, UNIT, DATEWORDS_UNIT | DATEWORDS_SPAN },
	{ ROLE_AGO, AGO, DATEWORDS_AGO | DATEWORDS_AGO_BEFORE },
};

/* The text in lower case with plain apostrophes, from its first word on,
 * cut to `size` bytes. */
static struct str
fold(char *out, size_t size, struct str text)
{
	size_t len = 0;

	while (text.len > 0 && len + 4 <= size) {
		uint32_t c = utf8_decode(&text);
		enum unicode_class class = unicode_class(c);

		if (len == 0 &&
			(class == UNICODE_SPACE || class == UNICODE_PUNCT ||
				class == UNICODE_SYMBOL))
			continue;
		if (class == UNICODE_OTHER)
			continue;
		if (c == 0x2019 || c == 0x2018)
			c = '\'';
		len += utf8_encode(out + len, unicode_lower(c));
	}
	return (struct str){ out, len };
}

enum changewords_role
changewords_role(const struct words_token *token)
{
	char folded[FOLDED_BYTES];
	uint32_t own, of_dates;
	struct str word;

	if (token->kind == WORDS_NUMBER)
		return ROLE_NUMBER;
	word = fold(folded, sizeof(folded), token->text);
	if (word.len == 0)
		return ROLE_NONE;
	own = lexicon_lists(&change, word);
	of_dates = datewords_of(word);
	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (own & roles[i].lists || of_dates & roles[i].date_lists)
			return roles[i].role;
	return ROLE_NONE;
}

/* The longest part of a number that the word begins with; 0: none. */
static size_t
number_part(struct str word)
{
	const struct lexicon_entry *e = lexicon_longest(&change, word);

	while (e && !(e->lists & NUMBER_PART))
		e = lexicon_shorter(&change, e);
	return e ? e->text.len : 0;
}

/* A word of two or more parts of numbers and nothing else. */
static bool
is_made_of_numbers(struct str word)
{
	size_t parts = 0, at = 0;

	if (str_starts(word, STR("und")))
		return false;
	while (at < word.len) {
		size_t n = number_part(str_sub(word, at, word.len));

		if (n == 0 && word.ptr[at] == '-' && parts > 0)
			n = 1;
		else
			parts++;
		if (n == 0)
			return false;
		at += n;
	}
	return parts > 1;
}

bool
changewords_is_number(struct str word)
{
	char folded[FOLDED_BYTES];

	word = fold(folded, sizeof(folded), word);
	return lexicon_lists(&change, word) & NUMBER ||
		is_made_of_numbers(word);
}

bool
changewords_is_numeral(struct str character)
{
	return lexicon_lists(&change, character) & NUMERAL;
}

bool
changewords_is_counted(struct str character)
{
	return lexicon_lists(&change, character) & COUNTED;
}

static bool
is_clock(struct str number)
{
	return number.len >= 4 && ascii_digit(number.ptr[0]) &&
		(str_find_byte(number, ':') > 0 ||
			str_find_byte(number, '.') > 0);
}

bool
changewords_is_dateline(const struct words_token *tokens, size_t count,
	bool bare)
{
	size_t met[ROLE_FILLER + 1] = { 0 };
	bool clock = false;

	for (size_t i = 0; i < count; i++) {
		enum changewords_role role;

		if (tokens[i].kind == WORDS_PUNCT)
			continue;
		role = changewords_role(&tokens[i]);
		if (role == ROLE_NONE)
			return false;
		met[role]++;
		clock |= role == ROLE_NUMBER && is_clock(tokens[i].text);
	}
	if (met[ROLE_NUMBER] + met[ROLE_DAY] == 0)
		return false;
	if (met[ROLE_UPDATE] > 0 || (met[ROLE_AGO] > 0 && met[ROLE_UNIT] > 0))
		return true;
	if (!bare || met[ROLE_UNIT] > 0)
		return false;
	return clock || (met[ROLE_DAY] > 0 && met[ROLE_NUMBER] > 0);
}

static bool
begins_with_any(struct str text, uint32_t lists)
{
	char folded[FOLDED_BYTES];
	struct str start = fold(folded, sizeof(folded), text), rest;
	const struct lexicon_entry *e = lexicon_longest(&change, start);

	for (; e; e = lexicon_shorter(&change, e)) {
		/* a whole word: "correction" but not "correctional" */
		rest = str_sub(start, e->text.len, start.len);
		if (e->lists & lists && (rest.len == 0 ||
				(unsigned char)rest.ptr[0] >= 128 ||
				!ascii_alnum(rest.ptr[0])))
			return true;
	}
	return false;
}

bool
changewords_is_correction(struct str text)
{
	return begins_with_any(text, CORRECTION);
}

/* "12 comments", "5 min read": a number, and little beside. */
static bool
is_counter(struct str text)
{
	char folded[FOLDED_BYTES];
	struct str rest = fold(folded, sizeof(folded), text), word;
	bool number = false, counted = false;

	if (text.len > FOLDED_BYTES || words_in(text) > COUNTER_WORDS)
		return false;
	while (str_field(&word, &rest, ' ')) {
		number |= word.len > 0 && ascii_digit(word.ptr[0]);
		counted |= (lexicon_lists(&change, word) & COUNTER) != 0;
	}
	return number && counted;
}

static bool
is_label(struct str text)
{
	char folded[FOLDED_BYTES];
	struct str whole = str_trim(fold(folded, sizeof(folded), text));

	return lexicon_lists(&change, whole) & LABEL;
}

bool
changewords_is_boilerplate(struct str text)
{
	if (is_label(text) || is_counter(text))
		return true;
	if (!begins_with_any(text, BOILERPLATE) ||
		words_in(text) > BOILERPLATE_WORDS)
		return false;
	/* a figure makes it news: "Sign up for 12 months, minister urges" */
	for (size_t i = 0; i < text.len; i++)
		if (ascii_digit(text.ptr[i]))
			return false;
	return true;
}
