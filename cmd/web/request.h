/*
 * A request as a web server hands it over (RFC 3875), checked and taken
 * apart.
 *
 *	struct request r = { .method = ..., .path = ..., .query = ... };
 *	if (request_check(&why, &r) < 0)
 *		... 400 with `why`
 *	q = request_param(&r, "q", &arena);
 */
#ifndef STET_WEB_REQUEST_H
#define STET_WEB_REQUEST_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/str.h"

enum { REQUEST_PATH_BYTES = 4096, REQUEST_QUERY_BYTES = 4096 };

struct request {
	struct str method;
	struct str script; /* SCRIPT_NAME: what precedes the path */
	struct str path;   /* PATH_INFO, decoded by the server */
	struct str query;
	struct str if_none_match;
	struct str accept_datetime;
};

/* -1: it is none that an answer can be given to; *why says so in a
 * sentence. */
int request_check(const char **why, const struct request *r);

/*
 * The value of a field of the query, decoded, in `arena`; empty when there is
 * none. {NULL, 0}: it is no text (a bad escape, not UTF-8, a NUL).
 */
struct str request_param(const struct request *r, const char *name,
	struct arena *arena);

#endif
