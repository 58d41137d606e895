/*
 * Where a redirect leads, seen from the article that was asked for: another
 * address of it, the home page that stands for "no longer there", or a page
 * that wants something first.
 */
#ifndef STET_EXTRACT_HOP_H
#define STET_EXTRACT_HOP_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/str.h"

enum hop_kind {
	HOP_NOWHERE, /* no address, or none that is http(s) */
	HOP_SAME,    /* another spelling of the same key */
	HOP_MOVED,
	HOP_HOME,    /* the front page of the same site */
	HOP_ERROR,   /* an address that says "not found" */
	HOP_CONSENT, /* a page that will send the reader back: */
	HOP_LOGIN,   /* for a consent, for an account, */
	HOP_GATE     /* for something else */
};

struct hop {
	enum hop_kind kind;
	struct str location; /* absolute; "" for HOP_NOWHERE */
};

/* Judges the Location `target` of a redirect at `url`. */
void hop_read(struct hop *out, struct str url, struct str target,
	struct arena *arena);

/* Whether the address is a site's front page: no path, no query. */
bool hop_is_home(struct str url);

#endif
