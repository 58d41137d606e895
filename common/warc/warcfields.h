/*
 * The header of a WARC record: its version line, its fields, and the length
 * of its block. For the reader (warcread.c).
 */
#ifndef STET_WARCFIELDS_H
#define STET_WARCFIELDS_H

#include <stdint.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/warc/warc.h"

/* Whether a line is the first of a record; err names another version. */
int warcfields_version(struct str line, struct err *err);

/*
 * Splits the header, without its version line, into r->fields. NULL, or what
 * is wrong with it.
 */
const char *warcfields_split(struct warc_record *r, struct str head);

/*
 * Sets the views of fields that have a place of their own; r->block is set.
 * For a date that does not exist a response's own Date serves, or the month;
 * r->remark says so.
 * NULL, or what is missing.
 */
const char *warcfields_views(struct warc_record *r);

/*
 * The block's length. It is looked for in all lines, beyond WARC_FIELDS_MAX
 * too: whoever writes two of them must not have the choice.
 */
int warcfields_length(int64_t *out, struct str head, struct err *err);

#endif
