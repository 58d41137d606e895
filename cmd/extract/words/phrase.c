#include "cmd/extract/words/phrase.h"

#include <pthread.h>
#include <string.h>

#include "cmd/extract/words/phraselist.h"
#include "cmd/extract/words/plain.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"

/*
 * The phrases of a list that begin with byte b are [first[b], first[b + 1])
 * of its items. Every paragraph is held against a dozen lists, and most of
 * their phrases begin with another letter.
 */
struct index {
	struct str *items;
	uint16_t first[257];
};

enum { DATE_WORDS = PHRASES, INDEXES };

static struct index indexes[INDEXES]; /* written once, by fill_indexes() */

static void
fill_index(struct index *out, const struct str *list)
{
	uint16_t at[257] = { 0 };
	size_t count = 0;

	for (; list[count].ptr; count++)
		at[(unsigned char)*list[count].ptr + 1]++;
	for (size_t b = 0; b < 256; b++)
		at[b + 1] = (uint16_t)(at[b + 1] + at[b]);
	memcpy(out->first, at, sizeof(at));
	out->items = xcalloc(count + 1, sizeof(*out->items));
	for (size_t i = 0; i < count; i++)
		out->items[at[(unsigned char)*list[i].ptr]++] = list[i];
}

static void
fill_indexes(void)
{
	for (size_t i = 0; i < PHRASES; i++)
		fill_index(&indexes[i], phrase_lists[i]);
	fill_index(&indexes[DATE_WORDS], phrase_date_words);
}

void
phrase_init(void)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;

	pthread_once(&once, fill_indexes);
}

/* The phrases of a list that s may begin with: [it, *end). */
static const struct str *
candidates(const struct str **end, size_t list, struct str s)
{
	const struct index *x = &indexes[list];
	size_t byte = s.len ? (unsigned char)*s.ptr : 0;

	*end = x->items + x->first[byte + 1];
	return x->items + x->first[byte];
}

/* A run of ASCII, as far as there is room: what it leaves is looked at. */
static void
lower_ascii(struct phrase_text *out, struct str *text)
{
	size_t n = 0, room = PHRASE_BYTES - 4 - out->len;

	if (room > text->len)
		room = text->len;
	while (n < room && (unsigned char)text->ptr[n] < 0x80) {
		out->bytes[out->len + n] = ascii_to_lower(text->ptr[n]);
		n++;
	}
	out->len += n;
	*text = str_sub(*text, n, text->len);
}

void
phrase_lower(struct phrase_text *out, struct str text)
{
	bool begun = false;

	out->len = 0;
	out->whole = true;
	while (text.len) {
		uint32_t c;

		if (begun && out->len < PHRASE_BYTES - 4)
			lower_ascii(out, &text);
		if (!text.len)
			break;
		c = utf8_decode(&text);
		if (c == UTF8_BAD)
			continue;
		if (!begun && !plain_is_word(c) && c != 0xa9)
			continue; /* a sign of copyright is a word here */
		begun = true;
		if (c == 0x2019)
			c = '\'';
		if (out->len + 4 > PHRASE_BYTES) {
			out->whole = false;
			return;
		}
		out->len += utf8_encode(out->bytes + out->len, plain_lower(c));
	}
}

/* Whether the word ends before `rest`. */
static bool
word_ends(struct str before, struct str rest)
{
	if (!rest.len || (unsigned char)*before.ptr >= 0xe3)
		return true; /* scripts without spaces */
	return !plain_is_word(utf8_decode(&rest));
}

static bool
begins(struct str text, struct str phrase)
{
	return str_starts(text, phrase) &&
		word_ends(phrase, str_sub(text, phrase.len, text.len));
}

static bool
only_marks(struct str s)
{
	while (s.len) {
		uint32_t c = utf8_decode(&s);

		if (c != UTF8_BAD && plain_is_word(c) &&
			!(c >= '0' && c <= '9'))
			return false;
	}
	return true;
}

bool
phrase_starts(const struct phrase_text *text, enum phrase kind)
{
	struct str s = { text->bytes, text->len };
	const struct str *end, *p = candidates(&end, kind, s);

	for (; p < end; p++)
		if (begins(s, *p))
			return true;
	return false;
}

bool
phrase_is(const struct phrase_text *text, enum phrase kind)
{
	struct str s = { text->bytes, text->len };
	const struct str *end, *p = candidates(&end, kind, s);

	if (!text->whole)
		return false;
	for (; p < end; p++)
		if (begins(s, *p) && only_marks(str_sub(s, p->len, s.len)))
			return true;
	return false;
}

bool
phrase_within(const struct phrase_text *text, enum phrase kind)
{
	struct str s = { text->bytes, text->len };

	for (const struct str *p = phrase_lists[kind]; p->ptr; p++)
		if (str_find(s, *p) >= 0)
			return true;
	return false;
}

static bool
is_date_word(struct str word)
{
	const struct str *end, *p = candidates(&end, DATE_WORDS, word);

	for (; p < end; p++)
		if (str_eq(*p, word))
			return true;
	return false;
}

bool
phrase_is_date(struct str text)
{
	struct phrase_text low;
	struct str s, word;
	size_t digits = 0, known = 0, other = 0;

	if (text.len > 120)
		return false;
	phrase_lower(&low, text);
	s = (struct str){ low.bytes, low.len };
	while (s.len) {
		struct str before = s;
		uint32_t c = utf8_decode(&s);
		bool number = c >= '0' && c <= '9';

		if (number && digits < 100)
			digits++;
		if (number || c == UTF8_BAD || !plain_is_word(c))
			continue;
		if (plain_is_cjk(c)) {
			/* the signs for year, month, day, hour, minute */
			known += c == 0x5e74 || c == 0x6708 || c == 0x65e5 ||
				c == 0x6642 || c == 0x65f6 || c == 0x5206;
			other += !(c == 0x5e74 || c == 0x6708 || c == 0x65e5 ||
				c == 0x6642 || c == 0x65f6 || c == 0x5206);
			continue;
		}
		word.ptr = before.ptr;
		do {
			before = s;
			c = s.len ? utf8_decode(&s) : ' ';
		} while (c != UTF8_BAD && plain_is_word(c) &&
			!(c >= '0' && c <= '9'));
		s = before;
		word.len = (size_t)(s.ptr - word.ptr);
		if (is_date_word(word))
			known++;
		else
			other++;
	}
	return digits > 0 && (known > 0 || digits >= 4) &&
		(other == 0 || (other <= 2 && known >= 2 && digits >= 3));
}

bool
phrase_is_bio(struct str text)
{
	struct phrase_text low;
	struct str s;
	bool verb = false, role = false;

	if (text.len > 600)
		return false;
	phrase_lower(&low, text);
	s = (struct str){ low.bytes, low.len };
	for (const struct str *p = phrase_bio_verbs; p->ptr && !verb; p++) {
		ptrdiff_t at = str_find(s, *p);
		struct str rest;

		verb = at > 0 && at < 50;
		rest = verb ? str_sub(s, (size_t)at, 90) : s;
		role = false;
		for (const struct str *q = phrase_bio_roles;
			verb && q->ptr && !role; q++)
			role = str_find(rest, *q) > 0;
		verb = role;
	}
	return role;
}
