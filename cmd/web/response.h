/* An answer in the form of RFC 3875 section 6: fields, an empty line, body. */
#ifndef STET_WEB_RESPONSE_H
#define STET_WEB_RESPONSE_H

#include <stdbool.h>

#include "cmd/web/request.h"
#include "common/base/strbuf.h"
#include "common/page/frame.h"
#include "common/site/onepage.h"

struct response {
	int status;
	struct str type;       /* media type of the body */
	struct str etag;       /* without quotes; empty: none */
	struct str location;   /* path in the site, for 301 and 302 */
	bool negotiated;       /* it depends on Accept-Datetime */
	const struct onepage *page; /* its memento fields; NULL: none */
	struct str body;
};

/* The media type of a file of the site by the end of its name. */
struct str response_type(struct str path);

/* Appends the answer; the body only if it is wanted. */
void response_write(struct strbuf *out, const struct response *r,
	const struct request *q, const struct site_options *site);

#endif
