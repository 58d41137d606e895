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
 * labels allowed). ASCII without "xn--" labels is only put in lower case. -1
 * for what UTS #46 disallows, for a result that is empty and for a domain
 * that is neither plain ASCII nor within IDNA_BYTES.
 */
int idna_to_ascii(struct strbuf *out, struct str domain, struct err *err);

#endif
