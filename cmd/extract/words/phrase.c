#include "cmd/extract/words/phrase.h"

#include "cmd/extract/words/plain.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/datewords.h"
#include "common/text/lexicon.h"

#define IN(list) (1u << PHRASE_##list)
#include "cmd/extract/words/phrases.inc"
#undef IN

enum { VERB, ROLE };

#define IN(list) (1u << list)
#include "cmd/extract/words/bio.inc"
#undef IN

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

static void
lower(struct phrase_text *out, struct str text)
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

void
phrase_lower(struct phrase_text *out, struct str text)
{
	const struct lexicon_entry *e;
	struct str s;

	lower(out, text);
	s = (struct str){ out->bytes, out->len };
	out->begun = out->all = 0;
	for (e = lexicon_longest(&phrases, s); e;
		e = lexicon_shorter(&phrases, e)) {
		struct str rest = str_sub(s, e->text.len, s.len);

		if (!word_ends(e->text, rest))
			continue;
		out->begun |= e->lists;
		if (out->whole && only_marks(rest))
			out->all |= e->lists;
	}
}

bool
phrase_starts(const struct phrase_text *text, enum phrase kind)
{
	return text->begun & 1u << kind;
}

bool
phrase_is(const struct phrase_text *text, enum phrase kind)
{
	return text->all & 1u << kind;
}

bool
phrase_within(const struct phrase_text *text, enum phrase kind)
{
	return lexicon_within(&phrases,
		(struct str){ text->bytes, text->len }, 1u << kind);
}

enum {
	DATE_LIKE = DATEWORDS_MONTH | DATEWORDS_WEEKDAY | DATEWORDS_ZONE |
		DATEWORDS_ZONE_NAME | DATEWORDS_MORNING | DATEWORDS_AFTERNOON |
		DATEWORDS_HALF | DATEWORDS_ORDINAL | DATEWORDS_UPDATE |
		DATEWORDS_UNIT | DATEWORDS_AGO | DATEWORDS_AGO_BEFORE |
		DATEWORDS_BESIDE
};

bool
phrase_is_date(struct str text)
{
	struct phrase_text low;
	struct str s, word;
	size_t digits = 0, known = 0, other = 0;

	if (text.len > 120)
		return false;
	lower(&low, text);
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
		if (datewords_of(word) & DATE_LIKE)
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
	bool role = false;

	if (text.len > 600)
		return false;
	lower(&low, text);
	s = (struct str){ low.bytes, low.len };
	for (size_t i = 0; i < bio.count && !role; i++) {
		const struct lexicon_entry *e = &bio.entries[i];
		ptrdiff_t at;

		if (!(e->lists & 1u << VERB))
			continue;
		at = str_find(s, e->text);
		/* one character on: what is a verb and a role is not both */
		role = at > 0 && at < 50 && lexicon_within(&bio,
			str_sub(s, (size_t)at + 1, 89), 1u << ROLE);
	}
	return role;
}
