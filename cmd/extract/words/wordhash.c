#include "cmd/extract/words/wordhash.h"

#include "cmd/extract/words/plain.h"
#include "common/base/ascii.h"
#include "common/base/hash.h"
#include "common/base/utf8.h"

bool
wordhash_next(uint32_t *hash, struct str *s)
{
	uint32_t h = HASH_START, c;
	bool in = false;
	struct str before;

	while (s->len > 0) {
		before = *s;
		c = (unsigned char)*s->ptr;
		if (c < 0x80 && ascii_alnum((char)c)) {
			h = hash_more(h, (uint32_t)ascii_to_lower((char)c));
			in = true;
			s->ptr++;
			s->len--;
			continue;
		}
		c = utf8_decode(s);
		if (c == UTF8_BAD || !plain_is_word(c)) {
			if (in)
				break;
			continue;
		}
		if (in && plain_is_cjk(c)) {
			*s = before;
			break;
		}
		h = hash_more(h, plain_lower(c));
		in = true;
		if (plain_is_cjk(c))
			break;
	}
	*hash = h;
	return in;
}

void
wordhash_read(struct wordhashes *out, struct str s)
{
	uint32_t h;

	out->count = 0;
	while (out->count < WORDHASHES_MAX && wordhash_next(&h, &s))
		out->hashes[out->count++] = h;
}

size_t
wordhash_count(struct str s)
{
	size_t n = 0;
	uint32_t h;

	while (wordhash_next(&h, &s))
		n++;
	return n;
}

static bool
has(const struct wordhashes *w, uint32_t hash)
{
	for (size_t i = 0; i < w->count; i++)
		if (w->hashes[i] == hash)
			return true;
	return false;
}

double
wordhash_share(const struct wordhashes *a, const struct wordhashes *b)
{
	size_t shared = 0;

	for (size_t i = 0; i < a->count; i++)
		shared += has(b, a->hashes[i]);
	return a->count ? (double)shared / (double)a->count : 0;
}

bool
wordhash_same(struct str a, struct str b)
{
	uint32_t x, y;
	bool more_a, more_b, any = false;

	for (;;) {
		more_a = wordhash_next(&x, &a);
		more_b = wordhash_next(&y, &b);
		if (!more_a || !more_b)
			return any && !more_a && !more_b;
		if (x != y)
			return false;
		any = true;
	}
}

double
wordhash_alike(struct str a, struct str b)
{
	struct wordhashes x, y;
	double there, back;

	wordhash_read(&x, a);
	wordhash_read(&y, b);
	there = wordhash_share(&x, &y);
	back = wordhash_share(&y, &x);
	return there < back ? there : back;
}
