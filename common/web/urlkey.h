/*
 * The key of an article: the canonical form of its URL. What is fetched is
 * the URL as it was found; the article is filed under the key, so that links
 * which differ in nothing that matters meet in one history.
 *
 *	struct str key;
 *	if (urlkey_of(&key, url, NULL, &arena, &err) < 0)
 *		... no http(s) URL
 *	... "HTTP://Example.com:80/a?utm_source=x&id=7#top" gives
 *	    "https://example.com/a?id=7"
 *
 * The key of a key is the key. What it does:
 *  - parses as browsers do (url), so that host, port, dots and escapes have
 *    one spelling; https for http; the host without a dot at its end
 *  - drops user name, password, fragment, an empty query, sessions in the
 *    path (";jsessionid=", "/(S(...))/")
 *  - drops parameters that track the reader or are sessions; keeps the others
 *    as they are and in their order, which may matter
 *  - writes escapes in capitals, and none for letters, digits and "-._~", in
 *    a path none for "!'()*,:@" either; "|", "^", "[" and "]" always so
 *  - takes the page for its AMP form: "/amp" and ".amp", "amp=1" and
 *    "outputType=amp", "amp." in front of a host ("www." when nothing but the
 *    registrable domain is left), the caches of ampproject.org and google.com
 *  - keeps "www.", "m." and a slash at the end: only the page itself can say
 *    whether these are other pages
 */
#ifndef STET_URLKEY_H
#define STET_URLKEY_H

#include <stdbool.h>

#include "common/base/arena.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/web/url.h"

/*
 * The key of a URL, in the arena. `tracking` (or NULL) holds the user's
 * patterns for names of parameters beyond the built-in ones: "name", "name*",
 * or either behind a registrable domain, "example.com/name*". -1 as
 * url_parse.
 */
int urlkey_of(struct str *out, struct str url, const struct strlist *tracking,
	struct arena *arena, struct err *err);

/* The same for a URL that is parsed already; -1 only when the arena is full. */
int urlkey_of_url(struct str *out, const struct url *url,
	const struct strlist *tracking, struct arena *arena, struct err *err);

/*
 * The key by the rules of stet before 0.2, under which an archive may have the
 * article.
 */
int urlkey_before(struct str *out, struct str url,
	const struct strlist *tracking, struct arena *arena, struct err *err);

/*
 * Whether a parameter tracks the reader or is a session (tracking.words);
 * `before`: by those rules.
 */
bool urlkey_is_tracking(struct str name, struct str value, bool before);

#endif
