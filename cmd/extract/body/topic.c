#include "cmd/extract/body/topic.h"

#include "cmd/extract/words/plain.h"
#include "common/base/ascii.h"
#include "common/base/hash.h"
#include "common/base/utf8.h"
#include "common/text/unicode.h"

/* What the share of a text's own words keeps of the paragraphs before. */
static const double OWN_KEPT = 0.85;

enum { OWN_SURE = 400 }; /* words: of fewer, some may be said twice */

/* Where a text has been read to. */
struct reader {
	struct str rest;
	uint32_t before; /* the last character of a script without spaces */
};

static bool
is_unspaced(uint32_t c)
{
	return c > 0xe00 && (plain_is_cjk(c) || unicode_unspaced(c));
}

/* A syllable: few of them make a word. */
static bool
is_hangul(uint32_t c)
{
	return c >= 0xac00 && c <= 0xd7a3;
}

static uint32_t
next_char(struct str *s)
{
	unsigned char byte = (unsigned char)*s->ptr;

	if (byte >= 0x80)
		return utf8_decode(s);
	s->ptr++;
	s->len--;
	return byte;
}

static bool
is_letter(uint32_t c)
{
	return c < 0x80 ? ascii_alpha((char)c) :
		c != UTF8_BAD && plain_is_word(c);
}

/* The hash of the next long word; false at the end. */
static bool
next_word(uint32_t *hash, struct reader *r)
{
	uint32_t letters = 0;

	*hash = HASH_START;
	while (r->rest.len) {
		uint32_t c = next_char(&r->rest), before = r->before;

		r->before = 0;
		if (is_letter(c) && is_unspaced(c)) {
			r->before = c;
			*hash = hash_more(hash_more(HASH_START, before), c);
			letters = 0;
			if (before)
				return true;
		} else if (is_letter(c)) {
			if (letters == 0)
				*hash = HASH_START;
			if (letters < TOPIC_LETTERS)
				*hash = hash_more(*hash, plain_lower(c));
			letters += is_hangul(c) ? 2 : 1;
		} else if (letters >= TOPIC_LETTERS) {
			return true;
		} else {
			letters = 0;
		}
	}
	return letters >= TOPIC_LETTERS;
}

static uint32_t
bit_of(uint32_t hash)
{
	return (hash ^ hash >> 16) % TOPIC_BITS;
}

void
topic_add(struct topic *t, struct str text)
{
	struct reader r = { .rest = text };
	uint32_t hash, words = 0, known = 0;

	while (next_word(&hash, &r)) {
		uint32_t bit = bit_of(hash);

		words++;
		known += (uint32_t)(t->bits[bit / 64] >> bit % 64 & 1);
		t->bits[bit / 64] |= (uint64_t)1 << bit % 64;
	}
	t->words += words;
	t->own_words = t->own_words * OWN_KEPT + words;
	t->own_known = t->own_known * OWN_KEPT + known;
}

double
topic_own(const struct topic *t)
{
	double own = t->own_words > 0 ? t->own_known / t->own_words : 0;

	return t->words < OWN_SURE ? own * t->words / OWN_SURE : own;
}

void
topic_count(uint32_t *words, uint32_t *known, const struct topic *t,
	struct str text)
{
	struct reader r = { .rest = text };
	uint32_t hash;

	while (next_word(&hash, &r)) {
		uint32_t bit = bit_of(hash);

		*words += 1;
		*known += (uint32_t)(t->bits[bit / 64] >> bit % 64 & 1);
	}
}
