/* JSON as pages have it: the text of a script made fit for the parser. */
#ifndef STET_EXTRACT_JSONLDPARSE_H
#define STET_EXTRACT_JSONLDPARSE_H

#include "common/base/arena.h"
#include "common/base/str.h"
#include "common/web/json.h"

/*
 * Parses the body of a script: HTML comments, CDATA marks, comment lines in
 * front and a lone ';' behind go; raw line breaks in strings, backslashes
 * that escape nothing and quotes within strings are mended when a first try
 * fails. NULL when it still is no JSON. The caller frees it (json_free).
 */
struct json *jsonldparse_read(struct str script, struct arena *arena);

#endif
