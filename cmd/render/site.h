/*
 * The output folder. Files are replaced as a whole, those that would not
 * change are left alone, nothing is ever deleted but the FILE.gz of a file
 * that is replaced, which would be served for it, and no symbolic link is
 * followed below the folder: every component is opened by itself with
 * O_NOFOLLOW, which holds on any kernel and in any container.
 *
 *	struct site *site;
 *	if (site_make("/srv/www", &err) < 0 ||
 *		site_open(&site, "/srv/www", &err) < 0)
 *		...
 *	site_write(site, "a/example.org/2026/07/15/story.html", page, &err);
 *	site_finish(site, &err);
 *	site_free(site);
 */
#ifndef STET_RENDER_SITE_H
#define STET_RENDER_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum { SITE_PATH_BYTES = 1024, SITE_FILE_BYTES = 64 << 20 };

struct site;

struct site_counts {
	size_t written, unchanged;
};

/* Makes the folder and those above it where they are missing. */
int site_make(const char *path, struct err *err);

/* Opens the folder. */
int site_open(struct site **out, const char *path, struct err *err);
void site_free(struct site *site);

/*
 * From now on each file of text has its gzip form beside it, FILE.gz, for web
 * servers that send that (nginx: gzip_static).
 */
void site_compress(struct site *site);

/*
 * Makes the file at `path` (relative, '/' between components, none of them
 * empty, "." or "..") hold `bytes`, its folders with it. -1: bad path, a
 * component is a symbolic link or no folder, or the disk refuses.
 */
int site_write(struct site *site, const char *path, struct str bytes,
	struct err *err);

/*
 * Reads a file of the site into `out` (emptied first). 1: read; 0: there is
 * none; -1: it cannot be read or is larger than `out` may be.
 */
int site_read(struct site *site, const char *path, struct strbuf *out,
	struct err *err);

/* Whether the site has a file there. */
bool site_has(struct site *site, const char *path);

/* Makes what was written durable. */
int site_finish(struct site *site, struct err *err);

struct site_counts site_counts(const struct site *site);

#endif
