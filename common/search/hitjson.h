/* A hit of a search for programs. */
#ifndef STET_HITJSON_H
#define STET_HITJSON_H

#include "common/base/strbuf.h"
#include "common/search/search.h"

/* Appends a hit as a JSON object (stet-search(1)). */
void hitjson_add(struct strbuf *out, const struct search_hit *hit,
	enum search_mode mode);

#endif
