#include "cmd/fetch/cidr.h"

#include <arpa/inet.h>
#include <string.h>

#include "common/base/number.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

#define V4(a, b, c, prefix) { { { (a), (b), (c) }, 32 }, (prefix) }
#define V6(a, b, c, d, prefix) { { { (a), (b), (c), (d) }, 128 }, (prefix) }

static const struct cidr special4[] = {
	V4(0, 0, 0, 8),        /* this network */
	V4(10, 0, 0, 8),       /* private */
	V4(100, 64, 0, 10),    /* shared by carriers */
	V4(127, 0, 0, 8),      /* loopback */
	V4(169, 254, 0, 16),   /* link-local, cloud metadata */
	V4(172, 16, 0, 12),    /* private */
	V4(192, 0, 0, 24),     /* protocol assignments */
	V4(192, 0, 2, 24),     /* documentation */
	V4(192, 31, 196, 24),  /* AS112 */
	V4(192, 52, 193, 24),  /* AMT */
	V4(192, 88, 99, 24),   /* 6to4 relays */
	V4(192, 168, 0, 16),   /* private */
	V4(192, 175, 48, 24),  /* AS112 */
	V4(198, 18, 0, 15),    /* benchmarks */
	V4(198, 51, 100, 24),  /* documentation */
	V4(203, 0, 113, 24),   /* documentation */
	V4(224, 0, 0, 4),      /* multicast */
	V4(240, 0, 0, 4)       /* reserved, broadcast */
};

/* Global unicast, and what in it is special. */
static const struct cidr global6 = V6(0x20, 0, 0, 0, 3);

static const struct cidr special6[] = {
	V6(0x20, 0x01, 0x00, 0x00, 23), /* protocol assignments, Teredo */
	V6(0x20, 0x01, 0x0d, 0xb8, 32), /* documentation */
	V6(0x20, 0x02, 0x00, 0x00, 16), /* 6to4 */
	V6(0x3f, 0xff, 0x00, 0x00, 20)  /* documentation */
};

int
cidr_addr_parse(struct cidr_addr *out, struct str s)
{
	char text[CIDR_TEXT_BYTES];
	bool v6 = str_find_byte(s, ':') >= 0;

	*out = (struct cidr_addr){ .bits = v6 ? 128 : 32 };
	if (s.len >= sizeof(text) || memchr(s.ptr, '\0', s.len))
		return -1;
	memcpy(text, s.ptr, s.len);
	text[s.len] = '\0';
	return inet_pton(v6 ? AF_INET6 : AF_INET, text, out->bytes) == 1 ? 0
									 : -1;
}

const char *
cidr_addr_text(char out[CIDR_TEXT_BYTES], const struct cidr_addr *a)
{
	if (a->bits == 0 || !inet_ntop(a->bits == 32 ? AF_INET : AF_INET6,
				    a->bytes, out, CIDR_TEXT_BYTES))
		out[0] = '\0';
	return out;
}

int
cidr_parse(struct cidr *out, struct str s, struct err *err)
{
	struct str address, prefix = s;
	bool has_prefix = str_cut(&address, &prefix, '/');
	int64_t bits;

	if (cidr_addr_parse(&out->net, address) < 0)
		return err_set(err, "'%.*s' is no IP address",
			STR_ARGS(str_sub(address, 0, 100)));
	bits = out->net.bits;
	if (has_prefix && number_parse(&bits, prefix, 0, out->net.bits) < 0)
		return err_set(err, "'%.*s' is no prefix of 0 to %d bits",
			STR_ARGS(str_sub(prefix, 0, 100)), out->net.bits);
	out->prefix = (int)bits;
	return 0;
}

bool
cidr_has(const struct cidr *c, const struct cidr_addr *a)
{
	size_t whole = (size_t)c->prefix / 8;
	int rest = c->prefix % 8;

	if (a->bits != c->net.bits ||
		memcmp(a->bytes, c->net.bytes, whole) != 0)
		return false;
	return rest == 0 ||
		((a->bytes[whole] ^ c->net.bytes[whole]) >> (8 - rest)) == 0;
}

static bool
in_table(const struct cidr *table, size_t count, const struct cidr_addr *a)
{
	for (size_t i = 0; i < count; i++)
		if (cidr_has(&table[i], a))
			return true;
	return false;
}

bool
cidr_is_public(const struct cidr_addr *a)
{
	if (a->bits == 32)
		return !in_table(special4, COUNT(special4), a);
	return cidr_has(&global6, a) &&
		!in_table(special6, COUNT(special6), a);
}
