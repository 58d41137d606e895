/*
 * Registrable domains by the Public Suffix List (libpsl's own copy; no file
 * is opened).
 *
 *	psl_registrable(STR("news.bbc.co.uk")) is "bbc.co.uk"
 */
#ifndef STET_PSL_H
#define STET_PSL_H

#include <stdbool.h>

#include "common/base/str.h"

/*
 * The registrable domain of a host as url_parse serialises it: a view of its
 * end. The host itself when it has none: an address, a public suffix, a
 * single label.
 */
struct str psl_registrable(struct str host);

/*
 * Whether the list knows the end of a host by name, and the host is more than
 * that: "a.example" is false, "www.bbc.co.uk" true, "page.html" false.
 */
bool psl_is_known(struct str host);

/* Whether two hosts have the same registrable domain. */
bool psl_same_site(struct str a, struct str b);

#endif
