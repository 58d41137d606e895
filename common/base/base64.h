/*
 * Base64 (RFC 4648), as it is met in old feeds: with line breaks in it, with or
 * without padding.
 */
#ifndef STET_BASE64_H
#define STET_BASE64_H

#include "common/base/str.h"
#include "common/base/strbuf.h"

/* Appends what s stands for. -1: it holds something else; nothing is added. */
int base64_decode(struct strbuf *out, struct str s);

#endif
