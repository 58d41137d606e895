/*
 * stet-web: one request for a page of the site, answered from the archive,
 * which is only read.
 */
#ifndef STET_WEB_WEB_H
#define STET_WEB_WEB_H

#include "cmd/web/request.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"

/*
 * Appends the answer. `web` is where the server is for readers, or empty: as
 * configured. What goes wrong is an answer too, with a sentence in it, and
 * err then has the cause for the server's log: -1.
 */
int web_answer(struct strbuf *out, const struct request *request,
	const char *archive, struct str web, struct err *err);

#endif
