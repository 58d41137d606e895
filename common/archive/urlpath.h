/*
 * Where an article lies in the archive: a pure function of its key, so that
 * it is the same after a lost index, on every machine and in every merge; and
 * a second place for when the folders of the first are full, in which the
 * date counts as any other folder.
 *
 *	https://a.example/world/2016-07-15-dam ->
 *	    a.example/2016/07/15/world/2016-07-15-dam~0123456789.md
 *	https://a.example/2016/07/15/dam -> a.example/2016/07/15/dam.md
 *	https://a.example/dam            -> a.example/_/c/0/5/dam.md
 *
 * The rules:
 *  - the host, with "+8080" for a port
 *  - the date that the URL's path carries, else "_" and three hexadecimal
 *    digits of the key's SHA-256, so that no folder grows wide
 *  - the segments before the last as folders (URLPATH_FOLDERS; the rest are
 *    joined to the last of these by "+"), the last without .html, .htm, .php
 *    or .aspx, "index" for an empty one; ".md"
 *  - only a-z 0-9 - _ . in a name: capitals become small, all else "-"; no
 *    "." or "-" at its start, no "." at its end, no folder in ".md", no name
 *    of a DOS device (these get "_" in front); at most URLPATH_NAME_BYTES
 *  - "~" and ten digits of the SHA-256 before ".md" wherever the key cannot
 *    be read back from the path: something was changed, cut or moved, or
 *    there is a query. So different keys have different paths.
 *
 * No path is shaped by whoever wrote the URL: there is no "..", no ".git" in
 * any spelling, nothing that differs by case or by Unicode form alone.
 */
#ifndef STET_URLPATH_H
#define STET_URLPATH_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum {
	URLPATH_BYTES = 200, /* of a path */
	URLPATH_NAME_BYTES = 120,
	URLPATH_FOLDERS = 6,
	URLPATH_DIGITS = 10,
	URLPATH_MORE_DIGITS = 20 /* should two paths ever meet */
};

/*
 * Appends the path of a key (urlkey). With URLPATH_MORE_DIGITS as `digits`
 * "~" and that many digits always stand in it. -1 when key is no http(s) URL.
 */
int urlpath_of(struct strbuf *out, struct str key, size_t digits,
	struct err *err);

/*
 * The same for either place. URLPATH_SPREAD is below "_" and the digits, as
 * without a date: https://a.example/2016/07/15/dam ->
 * a.example/_/5/e/b/2016/07/15/dam.md. Without a date both are one.
 */
enum urlpath_place { URLPATH_OWN, URLPATH_SPREAD };
int urlpath_at(struct strbuf *out, struct str key, size_t digits,
	enum urlpath_place place, struct err *err);

#endif
