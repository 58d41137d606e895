/*
 * Where a redirect leads, seen from the article that was asked for: another
 * address of it, the home page that stands for "no longer there", or a page
 * that wants something first.
 */
#ifndef STET_EXTRACT_REDIRECT_H
#define STET_EXTRACT_REDIRECT_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/str.h"

enum redirect_kind {
	REDIRECT_NOWHERE, /* no address, or none that is http(s) */
	REDIRECT_SAME,    /* another spelling of the same key */
	REDIRECT_MOVED,
	REDIRECT_HOME,    /* the front page of the same site */
	REDIRECT_ERROR,   /* an address that says "not found" */
	REDIRECT_CONSENT, /* a page that will send the reader back: */
	REDIRECT_LOGIN,   /* for a consent, for an account, */
	REDIRECT_GATE     /* for something else */
};

struct redirect {
	enum redirect_kind kind;
	struct str location; /* absolute; "" for REDIRECT_NOWHERE */
};

/* Judges the Location `target` of a redirect at `url`. */
void redirect_read(struct redirect *out, struct str url, struct str target,
	struct arena *arena);

/* Whether the address is a site's front page: no path, no query. */
bool redirect_is_home(struct str url);

#endif
