#include "common/web/punycode.h"

#include <stdint.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"

/* RFC 3492, 5 */
enum {
	BASE = 36,
	T_MIN = 1,
	T_MAX = 26,
	SKEW = 38,
	DAMP = 700,
	FIRST_BIAS = 72,
	FIRST_N = 128
};

/* 6.1 */
static uint32_t
adapt(uint32_t delta, uint32_t count, bool first)
{
	uint32_t k = 0;

	delta = first ? delta / DAMP : delta / 2;
	delta += delta / count;
	for (; delta > (BASE - T_MIN) * T_MAX / 2; k += BASE)
		delta /= BASE - T_MIN;
	return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static uint32_t
threshold(uint32_t k, uint32_t bias)
{
	if (k <= bias)
		return T_MIN;
	return k >= bias + T_MAX ? T_MAX : k - bias;
}

static void
add_digit(struct strbuf *out, uint32_t digit)
{
	strbuf_addc(out, (char)(digit < 26 ? 'a' + digit : '0' + digit - 26));
}

static int
digit_of(char c)
{
	c = ascii_to_lower(c);
	if (ascii_digit(c))
		return c - '0' + 26;
	return ascii_lower(c) ? c - 'a' : -1;
}

static void
add_delta(struct strbuf *out, uint32_t delta, uint32_t bias)
{
	for (uint32_t k = BASE;; k += BASE) {
		uint32_t t = threshold(k, bias);

		if (delta < t)
			break;
		add_digit(out, t + (delta - t) % (BASE - t));
		delta = (delta - t) / (BASE - t);
	}
	add_digit(out, delta);
}

static uint32_t
smallest_from(const uint32_t *text, size_t count, uint32_t n)
{
	uint32_t smallest = UINT32_MAX;

	for (size_t i = 0; i < count; i++)
		if (text[i] >= n && text[i] < smallest)
			smallest = text[i];
	return smallest;
}

/*
 * 6.3. A delta is at most 0x110000 times the number of characters and one, so
 * it is counted in 64 bits and refused beyond 32.
 */
static int
encode(struct strbuf *out, const uint32_t *text, size_t count, size_t basic)
{
	uint32_t n = FIRST_N, bias = FIRST_BIAS;
	uint64_t delta = 0;
	size_t done = basic;

	while (done < count) {
		uint32_t next = smallest_from(text, count, n);

		delta += (uint64_t)(next - n) * (done + 1);
		n = next;
		if (delta > UINT32_MAX - count)
			return -1;
		for (size_t i = 0; i < count; i++) {
			if (text[i] < n)
				delta++;
			if (text[i] != n)
				continue;
			add_delta(out, (uint32_t)delta, bias);
			bias = adapt((uint32_t)delta, (uint32_t)done + 1,
				done == basic);
			delta = 0;
			done++;
		}
		delta++;
		n++;
	}
	return 0;
}

int
punycode_encode(struct strbuf *out, struct str text)
{
	uint32_t characters[PUNYCODE_CHARACTERS];
	size_t count = 0, basic = 0;

	while (text.len > 0) {
		uint32_t c = utf8_decode(&text);

		if (count == PUNYCODE_CHARACTERS || c == UTF8_BAD)
			return -1;
		if (c < 128) {
			strbuf_addc(out, (char)c);
			basic++;
		}
		characters[count++] = c;
	}
	if (basic > 0)
		strbuf_addc(out, '-');
	return encode(out, characters, count, basic);
}

/* Takes one number off *ascii; -1 for none and for one beyond 32 bits. */
static int
take_delta(uint32_t *out, struct str *ascii, uint32_t bias)
{
	uint64_t delta = 0, weight = 1;

	for (uint32_t k = BASE;; k += BASE) {
		uint32_t t = threshold(k, bias);
		int digit = ascii->len > 0 ? digit_of(ascii->ptr[0]) : -1;

		if (digit < 0)
			return -1;
		*ascii = str_sub(*ascii, 1, ascii->len);
		delta += (uint64_t)digit * weight;
		if (delta > UINT32_MAX)
			return -1;
		if ((uint32_t)digit < t)
			break;
		weight *= BASE - t;
		if (weight > UINT32_MAX)
			return -1;
	}
	*out = (uint32_t)delta;
	return 0;
}

/* 6.2 */
static int
decode(uint32_t *text, size_t *count, struct str ascii)
{
	uint32_t bias = FIRST_BIAS, delta;
	uint64_t n = FIRST_N, i = 0;
	bool first = true;

	while (ascii.len > 0) {
		if (*count == PUNYCODE_CHARACTERS ||
			take_delta(&delta, &ascii, bias) < 0)
			return -1;
		i += delta;
		bias = adapt(delta, (uint32_t)*count + 1, first);
		first = false;
		n += i / (*count + 1);
		i %= *count + 1;
		if (n > 0x10ffff || (n >= 0xd800 && n < 0xe000))
			return -1;
		memmove(text + i + 1, text + i,
			(*count - i) * sizeof(*text));
		text[i++] = (uint32_t)n;
		++*count;
	}
	return 0;
}

int
punycode_decode(struct strbuf *out, struct str ascii)
{
	uint32_t text[PUNYCODE_CHARACTERS];
	ptrdiff_t hyphen = str_find_last(ascii, '-');
	size_t count = 0;

	for (ptrdiff_t i = 0; i < hyphen; i++) {
		if (count == PUNYCODE_CHARACTERS ||
			(unsigned char)ascii.ptr[i] > 127)
			return -1;
		text[count++] = (unsigned char)ascii.ptr[i];
	}
	if (decode(text, &count, str_sub(ascii, (size_t)(hyphen + 1),
		ascii.len)) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		utf8_add(out, text[i]);
	return 0;
}
