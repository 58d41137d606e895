/*
 * A byline is split where a list is: at commas, bars, "and" in a dozen
 * languages. From each piece go the words that introduce it ("By", "Von",
 * "Text:") and what follows a name (a role, a place, a time); what is left is
 * a name if it looks like one.
 */
#include "cmd/extract/meta/authors.h"

#include <string.h>

#include "cmd/extract/words/plain.h"
#include "cmd/extract/words/wordhash.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/lexicon.h"
#include "common/text/unicode.h"

enum { OPENER = 1, JOINER = 2, ENDER = 4, ROLE = 8 };

#define IN(list) list
#include "cmd/extract/meta/authors.inc"
#undef IN

/* The length of the longest opener at the start of s; 0 without one. */
static size_t
opener_of(struct str s)
{
	const struct lexicon_entry *e = lexicon_longest(&authors, s);

	for (; e; e = lexicon_shorter(&authors, e)) {
		size_t len = e->text.len;
		char last = e->text.ptr[len - 1];

		if (e->lists & OPENER && s.len > len && (last == ':' ||
				(unsigned char)last >= 0x80 ||
				s.ptr[len] == ' '))
			return len;
	}
	return 0;
}

/* Repeatedly: "Text: By Ann Smith". */
struct str
authors_without_opener(struct str s)
{
	size_t len;

	while ((len = opener_of(s)) > 0)
		s = str_trim(str_sub(s, len, s.len));
	return s;
}

/* Up to the first ender that leaves a name in front. */
static struct str
without_ending(struct str s)
{
	ptrdiff_t at = lexicon_first(&authors, str_sub(s, 3, s.len), ENDER,
		NULL);

	return str_trim(at < 0 ? s : str_sub(s, 0, (size_t)at + 3));
}

/* Dashes, bullets and the copyright sign at the ends. */
static struct str
without_signs(struct str s)
{
	static const struct str signs[] = { STR_INIT("\u2013"),
		STR_INIT("\u2014"), STR_INIT("\u2022"), STR_INIT("\u25cf"),
		STR_INIT("\u00b7"), STR_INIT("\u00a9"), STR_INIT("\u201c"),
		STR_INIT("\u201d"), STR_INIT("\u00bb"), STR_INIT("\u203a") };

	for (size_t i = 0; i < sizeof(signs) / sizeof(*signs); i++) {
		if (str_starts(s, signs[i]))
			s = str_trim(str_sub(s, signs[i].len, s.len));
		if (str_ends(s, signs[i]))
			s = str_trim(str_sub(s, 0, s.len - signs[i].len));
	}
	return s;
}

static struct str
without_marks(struct str s)
{
	static const char marks[] = ".,:;|-*\"'()<>[]/";

	s = without_signs(s);
	while (s.len > 0 && strchr(marks, s.ptr[0]))
		s = str_trim(str_sub(s, 1, s.len));
	while (s.len > 0 && s.ptr[s.len - 1] != '.' &&
		strchr(marks, s.ptr[s.len - 1]))
		s = str_trim(str_sub(s, 0, s.len - 1));
	/* A full stop ends "Smith." but not "Smith Jr." or "J." */
	if (s.len > 4 && s.ptr[s.len - 1] == '.' &&
		ascii_lower(s.ptr[s.len - 2]) &&
		ascii_lower(s.ptr[s.len - 3]) && ascii_lower(s.ptr[s.len - 4]))
		s = str_sub(s, 0, s.len - 1);
	return s;
}

static bool
is_role(struct str word)
{
	while (word.len > 0 && (word.ptr[word.len - 1] == '.' ||
		word.ptr[word.len - 1] == ','))
		word.len--;
	return lexicon_lists(&authors, word) & ROLE;
}

/* Also behind a hyphen: "Berlin-Korrespondent". */
static bool
has_role(struct str s)
{
	struct str word;
	ptrdiff_t hyphen;

	while (str_field(&word, &s, ' ')) {
		hyphen = str_find_last(word, '-');
		if (is_role(word) || (hyphen > 0 && word.len -
			(size_t)hyphen > 5 && is_role(str_sub(word,
			(size_t)hyphen + 1, word.len))))
			return true;
	}
	return false;
}

static bool
has_capital(struct str s)
{
	uint32_t c;
	enum unicode_class k;

	while (s.len > 0) {
		c = utf8_decode(&s);
		k = unicode_class(c == UTF8_BAD ? ' ' : c);
		if (k == UNICODE_UPPER || k == UNICODE_LETTER)
			return true;
	}
	return false;
}

static bool
is_name(struct str s)
{
	size_t words = wordhash_count(s);
	struct str rest = s;

	if (s.len < 2 || s.len > AUTHOR_BYTES || words == 0 ||
		(words > AUTHOR_WORDS && !plain_is_cjk(utf8_decode(&rest))))
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (ascii_digit(s.ptr[i]) || s.ptr[i] == '@' ||
			s.ptr[i] == '{' || s.ptr[i] == '$' ||
			s.ptr[i] == '?' || s.ptr[i] == '!')
			return false;
	return str_find(s, STR("://")) < 0 && str_find(s, STR("www.")) < 0 &&
		str_find(s, STR("...")) < 0 && str_find(s, STR("…")) < 0 &&
		!has_role(s) && has_capital(s);
}

static void
add_name(struct strlist *out, struct str s)
{
	if (out->count >= AUTHORS_MAX || !is_name(s))
		return;
	for (size_t i = 0; i < out->count; i++)
		if (str_eq_nocase(out->items[i], s))
			return;
	out->items[out->count++] = s;
}

void
authors_split(struct strlist *out, struct str line, struct arena *arena)
{
	struct str s = authors_without_opener(plain_text(line, arena)), piece;
	const struct lexicon_entry *joiner = NULL;
	ptrdiff_t at;

	while (s.len > 0) {
		at = lexicon_first(&authors, s, JOINER, &joiner);
		piece = at < 0 ? s : str_sub(s, 0, (size_t)at);
		s = at < 0 ? STR("") : str_sub(s,
			(size_t)at + joiner->text.len, s.len);
		piece = authors_without_opener(without_marks(str_trim(piece)));
		add_name(out, without_marks(without_ending(piece)));
	}
}
