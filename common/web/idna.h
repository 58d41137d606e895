/*
 * Internationalised host names (Unicode UTS #46, non-transitional).
 *
 *	struct strbuf ascii;
 *	strbuf_init(&ascii, IDNA_BYTES);
 *	if (idna_to_ascii(&ascii, STR("münchen.example"), &err) < 0)
 *		... no host name
 *	... "xn--mnchen-3ya.example"
 */
#ifndef STET_IDNA_H
#define STET_IDNA_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { IDNA_BYTES = 4096 };

/*
 * Appends the ASCII form of a domain in UTF-8, as the URL standard has it
 * ("domain to ASCII", not strict: no limits of DNS, hyphens anywhere, empty
 * labels allowed). ASCII is only put in lower case, also where an "xn--" label
 * decodes to nothing (as the standard has it since 2026-06-25). -1 for what
 * UTS #46 disallows, for a result that is empty and for a domain that is
 * neither ASCII nor within IDNA_BYTES.
 *
 * The tables are those of utf8proc, whose version decides which Unicode that
 * is: 15.0 with 2.8. A host with characters that came later is refused by an
 * older one; as "xn--" it is taken.
 */
int idna_to_ascii(struct strbuf *out, struct str domain, struct err *err);

#endif
