/* Whose page it is and what its address is. */
#ifndef STET_EXTRACT_SITE_H
#define STET_EXTRACT_SITE_H

#include "cmd/extract/page/facts.h"
#include "common/base/str.h"

/* The site's name as it calls itself; its host when it does not. */
struct str site_find(const struct facts *f);

/*
 * What the page says is its address, absolute: link rel=canonical, og:url,
 * JSON-LD. "" when it says nothing, when it names another registrable domain,
 * or a bare host for a page that is none.
 */
struct str site_canonical(const struct facts *f);

#endif
