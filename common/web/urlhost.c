#include "common/web/urlhost.h"

#include <stdint.h>

#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/web/idna.h"

static int
bad_host(struct err *err, struct str input)
{
	return err_set(err, "bad host '%.*s'",
		STR_ARGS(str_sub(input, 0, 100)));
}

/* ---- IPv6 ---- */

struct ipv6 {
	uint16_t pieces[8];
	int count;    /* pieces read */
	int compress; /* where "::" stood, or -1 */
};

/* "1.2.3.4" at the end of an address: two pieces. */
static int
parse_embedded(struct ipv6 *a, struct str s)
{
	int parts = 0;

	if (a->count > 6)
		return -1;
	while (s.len > 0) {
		int value = -1;

		if (parts > 0) {
			if (s.ptr[0] != '.' || parts == 4)
				return -1;
			s = str_sub(s, 1, s.len);
		}
		for (; s.len > 0 && ascii_digit(s.ptr[0]);
			s = str_sub(s, 1, s.len)) {
			if (value == 0)
				return -1;
			value = (value < 0 ? 0 : value * 10) + s.ptr[0] - '0';
			if (value > 255)
				return -1;
		}
		if (value < 0)
			return -1;
		a->pieces[a->count + parts / 2] = (uint16_t)(
			a->pieces[a->count + parts / 2] * 256 + value);
		parts++;
	}
	a->count += 2;
	return parts == 4 ? 0 : -1;
}

/* Moves the pieces behind "::" to the end. */
static int
decompress(struct ipv6 *a)
{
	int behind = a->count - a->compress;

	if (a->compress < 0)
		return a->count == 8 ? 0 : -1;
	for (int i = 0; i < behind; i++) {
		uint16_t piece = a->pieces[a->count - 1 - i];

		a->pieces[a->count - 1 - i] = 0;
		a->pieces[7 - i] = piece;
	}
	return 0;
}

/* One piece of up to four digits; -1, or how many digits there are. */
static int
parse_piece(uint16_t *out, struct str s)
{
	unsigned value = 0;
	size_t len = 0;

	for (; len < 4 && len < s.len && ascii_hex(s.ptr[len]) >= 0; len++)
		value = value * 16 + (unsigned)ascii_hex(s.ptr[len]);
	*out = (uint16_t)value;
	return (int)len;
}

static int
parse_ipv6(struct ipv6 *a, struct str s)
{
	*a = (struct ipv6){ .compress = -1 };
	if (str_starts(s, STR(":"))) {
		if (!str_starts(s, STR("::")))
			return -1;
		s = str_sub(s, 1, s.len);
	}
	while (s.len > 0) {
		uint16_t piece;
		size_t len;

		if (a->count == 8)
			return -1;
		if (s.ptr[0] == ':') {
			if (a->compress >= 0)
				return -1;
			s = str_sub(s, 1, s.len);
			a->compress = a->count;
			continue;
		}
		len = (size_t)parse_piece(&piece, s);
		if (len < s.len && s.ptr[len] == '.')
			return len > 0 && parse_embedded(a, s) == 0 ?
				decompress(a) : -1;
		if (len == 0)
			return -1;
		a->pieces[a->count++] = piece;
		s = str_sub(s, len, s.len);
		if (s.len == 0)
			break;
		if (s.ptr[0] != ':' || s.len == 1)
			return -1;
		s = str_sub(s, 1, s.len);
	}
	return a->count == 8 && a->compress >= 0 ? -1 : decompress(a);
}

/* The first of the longest runs of two or more zeros; its length in *len. */
static int
longest_zeros(const struct ipv6 *a, int *len)
{
	int best = -1;

	*len = 1;
	for (int i = 0; i < 8; i++) {
		int run = 0;

		while (i + run < 8 && a->pieces[i + run] == 0)
			run++;
		if (run > *len) {
			best = i;
			*len = run;
		}
		i += run;
	}
	return best;
}

static void
add_ipv6(struct strbuf *out, const struct ipv6 *a)
{
	int zeros_len, zeros = longest_zeros(a, &zeros_len);

	strbuf_addc(out, '[');
	for (int i = 0; i < 8; i++) {
		if (i == zeros) {
			strbuf_adds(out, i == 0 ? STR("::") : STR(":"));
			i += zeros_len - 1;
			continue;
		}
		strbuf_addf(out, "%x", a->pieces[i]);
		if (i < 7)
			strbuf_addc(out, ':');
	}
	strbuf_addc(out, ']');
}

/* ---- IPv4 ---- */

/*
 * A number in decimal, octal (0) or hexadecimal (0x); -1 for none. Beyond 32
 * bits it is any value that is too large.
 */
static int64_t
parse_number(struct str s)
{
	int64_t value = 0;
	int base = 10;

	if (s.len == 0)
		return -1;
	if (str_starts_nocase(s, STR("0x"))) {
		base = 16;
		s = str_sub(s, 2, s.len);
	} else if (s.len > 1 && s.ptr[0] == '0') {
		base = 8;
	}
	for (size_t i = 0; i < s.len; i++) {
		int digit = ascii_hex(s.ptr[i]);

		if (digit < 0 || digit >= base)
			return -1;
		if (value <= UINT32_MAX)
			value = value * base + digit;
	}
	return value;
}

static bool
all_digits(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!ascii_digit(s.ptr[i]))
			return false;
	return s.len > 0;
}

static struct str
without_last_dot(struct str host)
{
	return str_ends(host, STR(".")) ? str_sub(host, 0, host.len - 1) :
		host;
}

static bool
ends_in_number(struct str host)
{
	struct str last;

	host = without_last_dot(host);
	last = str_sub(host, (size_t)(str_find_last(host, '.') + 1), host.len);
	return all_digits(last) || parse_number(last) >= 0;
}

static int
add_ipv4(struct strbuf *out, struct str host)
{
	int64_t numbers[4];
	uint32_t address = 0;
	struct str part;
	int count = 0;

	host = without_last_dot(host);
	while (str_field(&part, &host, '.')) {
		if (count == 4)
			return -1;
		numbers[count] = parse_number(part);
		if (numbers[count++] < 0)
			return -1;
	}
	for (int i = 0; i < count - 1; i++) {
		if (numbers[i] > 255)
			return -1;
		address |= (uint32_t)numbers[i] << (24 - 8 * i);
	}
	if (numbers[count - 1] >= (int64_t)1 << (8 * (5 - count)))
		return -1;
	address |= (uint32_t)numbers[count - 1];
	strbuf_addf(out, "%u.%u.%u.%u", address >> 24, address >> 16 & 255,
		address >> 8 & 255, address & 255);
	return 0;
}

/* ---- domains ---- */

/* WHATWG "forbidden domain code point". */
static bool
is_forbidden(char c)
{
	return (unsigned char)c <= 0x20 || c == 0x7f ||
		memchr("#/:<>?@[\\]^|%", c, 13) != NULL;
}

/* Percent-decoding, then UTF-8 with U+FFFD for what is none. */
static void
decode(struct strbuf *out, struct str input)
{
	struct strbuf bytes;

	strbuf_init(&bytes, input.len);
	for (size_t i = 0; i < input.len; i++) {
		int high = -1, low = -1;

		if (input.ptr[i] == '%' && i + 2 < input.len) {
			high = ascii_hex(input.ptr[i + 1]);
			low = ascii_hex(input.ptr[i + 2]);
		}
		if (high < 0 || low < 0) {
			strbuf_addc(&bytes, input.ptr[i]);
			continue;
		}
		strbuf_addc(&bytes, (char)(high * 16 + low));
		i += 2;
	}
	utf8_clean(out, strbuf_str(&bytes));
	strbuf_release(&bytes);
}

static int
add_domain(struct strbuf *out, enum url_host_kind *kind, struct str input,
	struct err *err)
{
	struct strbuf decoded, ascii;
	int result = -1;

	strbuf_init(&decoded, URL_INPUT_BYTES * 3);
	strbuf_init(&ascii, URL_INPUT_BYTES);
	decode(&decoded, input);
	if (idna_to_ascii(&ascii, strbuf_str(&decoded), err) < 0)
		goto out;
	for (size_t i = 0; i < ascii.len; i++)
		if (is_forbidden(ascii.ptr[i])) {
			bad_host(err, input);
			goto out;
		}
	*kind = URL_DOMAIN;
	result = 0;
	if (!ends_in_number(strbuf_str(&ascii))) {
		strbuf_adds(out, strbuf_str(&ascii));
		goto out;
	}
	*kind = URL_IPV4;
	result = add_ipv4(out, strbuf_str(&ascii));
	if (result < 0)
		bad_host(err, input);
out:
	strbuf_release(&decoded);
	strbuf_release(&ascii);
	return result;
}

int
urlhost_add(struct strbuf *out, enum url_host_kind *kind, struct str input,
	struct err *err)
{
	struct ipv6 address;

	if (!str_starts(input, STR("[")))
		return add_domain(out, kind, input, err);
	if (!str_ends(input, STR("]")) || parse_ipv6(&address,
		str_sub(input, 1, input.len - 2)) < 0)
		return bad_host(err, input);
	*kind = URL_IPV6;
	add_ipv6(out, &address);
	return 0;
}
