#include "common/article/sketch.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/web/psl.h"

enum { LONG_BYTES = 40, LETTERS_BYTES = 64 };

static uint64_t
mix(uint64_t h)
{
	h ^= h >> 32;
	h *= 0xd6e8feb86659fd93u;
	h ^= h >> 29;
	return h;
}

/* Up to eight bytes, least first, on every machine. */
static uint64_t
word_of(const char *bytes, size_t n)
{
	uint64_t word = 0;

	for (size_t k = 0; k < n; k++)
		word |= (uint64_t)(unsigned char)bytes[k] << (8 * k);
	return word;
}

uint64_t
sketch_hash(uint64_t seed, struct str bytes)
{
	uint64_t h = seed ^ (uint64_t)bytes.len * 0x9e3779b97f4a7c15u;
	size_t i = 0;

	for (; i + 8 <= bytes.len; i += 8) {
		h = (h ^ word_of(bytes.ptr + i, 8)) * 0xff51afd7ed558ccdu;
		h ^= h >> 33;
	}
	if (i < bytes.len) {
		h ^= word_of(bytes.ptr + i, bytes.len - i);
		h *= 0xff51afd7ed558ccdu;
		h ^= h >> 33;
	}
	h = mix(h);
	return h ? h : 1;
}

static struct str
host_of(struct str key)
{
	ptrdiff_t at = str_find(key, STR("://"));

	if (at >= 0)
		key = str_sub(key, (size_t)at + 3, key.len);
	at = str_find_byte(key, '/');
	return at < 0 ? key : str_sub(key, 0, (size_t)at);
}

uint64_t
sketch_site(struct str key)
{
	return sketch_hash(7, psl_registrable(host_of(key)));
}

/* Keeps the least, ascending, each once. */
static size_t
insert(uint64_t *out, size_t count, uint64_t h)
{
	size_t at = 0;

	while (at < count && out[at] < h)
		at++;
	if (at == SKETCH_MAX || (at < count && out[at] == h))
		return count;
	if (count == SKETCH_MAX)
		count--;
	memmove(out + at + 1, out + at, (count - at) * sizeof(*out));
	out[at] = h;
	return count + 1;
}

/* Where the next full stop is that a blank follows; the end without one. */
static size_t
find_stop(struct str text)
{
	size_t from = 0;

	for (;;) {
		const char *at = text.len - from < 2 ? NULL :
			memchr(text.ptr + from, '.', text.len - from - 1);

		if (!at)
			return text.len;
		from = (size_t)(at - text.ptr) + 1;
		if (text.ptr[from] == ' ')
			return from - 1;
	}
}

/* The bytes up to the end of the next sentence; *rest is what follows. */
static struct str
next_sentence(struct str *rest)
{
	struct str all = *rest;
	size_t end = find_stop(all);

	if ((unsigned char)all.ptr[0] >= 0xe3) { /* Chinese or Japanese */
		ptrdiff_t at = str_find(str_sub(all, 0, end),
			STR("\xe3\x80\x82"));

		end = at < 0 ? end : (size_t)at;
	}
	*rest = str_sub(all, end + 1, all.len);
	return str_sub(all, 0, end);
}

/* A hash of how the sentence begins, without marks and spaces, whose forms
 * vary. */
static uint64_t
hash_letters(uint64_t site, struct str sentence)
{
	char letters[LETTERS_BYTES];
	size_t n = 0;

	for (size_t i = 0; i < sentence.len && n < sizeof(letters); i++) {
		unsigned char c = (unsigned char)sentence.ptr[i];

		if (c == 0xe2) /* quotation marks, dashes, spaces */
			i += 2;
		else if (c == 0xc2) /* no-break space, soft hyphen, « » */
			i += 1;
		else if (c >= 128 || ascii_alnum((char)c))
			letters[n++] = (char)c;
	}
	return sketch_hash(site, (struct str){ letters, n });
}

static size_t
insert_sentences(uint64_t *out, size_t count, uint64_t site, struct str text,
	size_t from)
{
	while (text.len > 0) {
		struct str sentence = next_sentence(&text);

		if (sentence.len >= from)
			count = insert(out, count,
				hash_letters(site, sentence) & INT64_MAX);
	}
	return count;
}

size_t
sketch_of(uint64_t out[SKETCH_MAX], uint64_t site, const struct document *d)
{
	size_t count = 0, from = LONG_BYTES;

	for (int pass = 0; pass < 2 && count == 0; pass++, from = 0)
		for (size_t i = 0; i < d->blocks_count; i++)
			count = insert_sentences(out, count, site,
				d->blocks[i].text, from);
	return count;
}

uint64_t
sketch_text(const struct document *d)
{
	uint64_t h = sketch_hash(1, d->title);

	h = sketch_hash(h, d->byline);
	h = sketch_hash(h, d->summary);
	for (size_t i = 0; i < d->blocks_count; i++)
		h = sketch_hash(h ^ (uint64_t)d->blocks[i].kind,
			d->blocks[i].text);
	return h;
}
