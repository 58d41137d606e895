/*
 * Where a page stands in the site: pure functions of the archive's path, so
 * that a permalink never changes. All files of the article
 * "example.org/2026/07/15/story.md" lie in "a/example.org/2026/07/15/":
 *
 *	story.html                    the article     story@changes.rss, .atom
 *	story@20261128T101500Z.html   a version       story@timemap.link
 *	story@20261128T101500Z..20261128T113000Z.html  one against another
 *	story@first-latest.html       the first version against the newest
 *
 * A version's address is the time of its capture, so that nothing shifts when
 * an older capture is stored later; "-2" and so on follow where several were
 * made in one second.
 *
 * An archive's path never holds '@', and a folder whose name would be taken
 * for a page (it ends in ".html") gets a '_' appended, so no two articles and
 * no article and folder can meet.
 */
#ifndef STET_NAMES_H
#define STET_NAMES_H

#include <stdint.h>

#include "common/archive/index.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { NAMES_BYTES = 1024 }; /* longest path of a file of the site */

/* Appends "a/example.org/2026/07/15/story", what all its files begin with. */
void names_stem(struct strbuf *out, struct str archive_path);

/* Append the site's path of a page of the article with this stem. */
void names_article(struct strbuf *out, struct str stem);
void names_version(struct strbuf *out, struct str stem,
	const struct index_version *version);
void names_diff(struct strbuf *out, struct str stem,
	const struct index_version *left, const struct index_version *right);
void names_whole_diff(struct strbuf *out, struct str stem);
void names_feed(struct strbuf *out, struct str stem, const char *kind);
void names_timemap(struct strbuf *out, struct str stem);

/* Appends a version's part of these addresses, "20261128T101500Z". */
void names_mark(struct strbuf *out, const struct index_version *version);

/* Append the addresses by number that versions and changes once had. */
void names_old_version(struct strbuf *out, struct str stem, int64_t number);
void names_old_diff(struct strbuf *out, struct str stem, int64_t left,
	int64_t right);

/*
 * Appends the folder of a source's lists and feeds, "source/NAME/". A name
 * that is not of [a-z0-9_.-] alone is folded and given ten digits of its
 * SHA-256, so that two sources never share a folder.
 */
void names_source(struct strbuf *out, struct str source);

/* The source's name for a reader, also when it has none. */
struct str names_source_title(struct str source);

/*
 * Appends page `number` of the list in `folder` ("changes/", from 1 on);
 * number 0 is its index page.
 */
void names_list(struct strbuf *out, struct str folder, int64_t number);

#endif
