/*
 * Punycode (RFC 3492): Unicode text as ASCII letters, digits and hyphens, for
 * the labels of host names; without the "xn--".
 */
#ifndef STET_PUNYCODE_H
#define STET_PUNYCODE_H

#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { PUNYCODE_CHARACTERS = 4096 };

/*
 * Appends the encoded form of valid UTF-8 with at least one character beyond
 * ASCII. -1 when it has more than PUNYCODE_CHARACTERS characters.
 */
int punycode_encode(struct strbuf *out, struct str text);

/*
 * Appends the UTF-8 that was encoded. -1 when `ascii` is not well formed,
 * stands for what is no character or for more than PUNYCODE_CHARACTERS.
 */
int punycode_decode(struct strbuf *out, struct str ascii);

#endif
