/*
 * What libcurl's result codes mean for a fetch; a part of http.
 */
#ifndef STET_FETCH_HTTPOUTCOME_H
#define STET_FETCH_HTTPOUTCOME_H

#include <stdbool.h>

#include "cmd/fetch/http.h"

/* What a transfer's callbacks have noticed. */
struct httpoutcome_seen {
	bool head;    /* the final response's headers are all there */
	bool refused; /* an address was refused */
	bool allowed; /* an address was allowed */
	enum http_outcome verdict; /* why a callback ended it, or HTTP_DONE */
};

/* `code` is libcurl's CURLcode. */
enum http_outcome httpoutcome_of(int code, const struct httpoutcome_seen *seen);

#endif
