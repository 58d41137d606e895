/*
 * Network addresses and ranges of them: "127.0.0.0/8", "2001:db8::/32". They
 * tell which addresses a program that follows links of strangers may talk to.
 *
 *	struct cidr net;
 *	if (cidr_parse(&net, str_from(optarg), &err) < 0)
 *		... err says why it is none
 *	if (!cidr_is_public(&addr) && !cidr_has(&net, &addr))
 *		... no connection
 *
 * IPv4 and IPv6 are told apart: a range of the one never holds an address of
 * the other, so an IPv4 address mapped into IPv6 is IPv6, and not public.
 */
#ifndef STET_FETCH_CIDR_H
#define STET_FETCH_CIDR_H

#include <stdbool.h>

#include "common/base/err.h"
#include "common/base/str.h"

enum { CIDR_TEXT_BYTES = 46 }; /* the longest address as text, and a NUL */

struct cidr_addr {
	unsigned char bytes[16]; /* network order; IPv4 uses the first 4 */
	int bits;                /* 32 or 128; 0: unknown */
};

struct cidr {
	struct cidr_addr net;
	int prefix; /* bits that count */
};

/*
 * Parses an address in its usual form (dotted decimal; RFC 4291 2.2, without
 * brackets); -1 when s is none.
 */
int cidr_addr_parse(struct cidr_addr *out, struct str s);

/* Writes the address as text; returns `out`. */
const char *cidr_addr_text(char out[CIDR_TEXT_BYTES],
	const struct cidr_addr *a);

/*
 * Parses ADDRESS/PREFIX, or an ADDRESS alone for itself. Bits behind the
 * prefix do not count. -1 with the reason.
 */
int cidr_parse(struct cidr *out, struct str s, struct err *err);

/* Whether the address lies in the range. */
bool cidr_has(const struct cidr *c, const struct cidr_addr *a);

/*
 * Whether the address is one of the public Internet: not loopback, private,
 * shared, link-local, multicast, reserved, for documentation or benchmarks,
 * mapped, translated or tunnelled (IANA special-purpose registries, RFC 6890).
 */
bool cidr_is_public(const struct cidr_addr *a);

#endif
