/* The host parser of url (WHATWG URL 3.5); used by url.c alone. */
#ifndef STET_URLHOST_H
#define STET_URLHOST_H

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"
#include "common/web/url.h"

/* Appends the serialised host that `input` stands for in an http(s) URL. */
int urlhost_add(struct strbuf *out, enum url_host_kind *kind, struct str input,
	struct err *err);

#endif
