/*
 * What the parts of the charset module share: iconv's name of an encoding and
 * the tables of the single-byte ones, which charset_init makes.
 */
#ifndef STET_CHARSETTABLES_H
#define STET_CHARSETTABLES_H

#include <stdint.h>

#include "common/text/charset.h"

/* "" for an encoding that is decoded by hand. */
const char *charset_iconv_name(enum encoding encoding);

/*
 * The characters of the bytes 0x80 to 0xFF, U+FFFD where there is none; NULL
 * for an encoding of several bytes.
 */
const uint16_t *charset_single_bytes(enum encoding encoding);

#endif
