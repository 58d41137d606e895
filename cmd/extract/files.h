/*
 * A plain file of HTML instead of a stream of records.
 *
 *	struct files files;
 *	files_init(&files, &rules, &tally);
 *	status = files_take(&files, out_fd, &file, &err);
 *	files_release(&files);
 */
#ifndef STET_EXTRACT_FILES_H
#define STET_EXTRACT_FILES_H

#include "cmd/extract/body/selectors.h"
#include "cmd/extract/extract.h"
#include "cmd/extract/output.h"
#include "common/base/err.h"
#include "common/base/strbuf.h"

struct file {
	int fd;
	const char *name; /* of the file, for messages and its address */
	const char *url;  /* as fetched from there; NULL: the page tells */
};

struct files {
	struct extract extract;
	struct strbuf page, line, url;
	const struct selectors *rules;
	struct tally *tally;
};

void files_init(struct files *f, const struct selectors *rules,
	struct tally *tally);
void files_release(struct files *f);

/*
 * Writes the article of a file to `out_fd`. Without an address its own is the
 * page's canonical one or og:url, else "file://" and its path. What is wrong
 * with it goes to stderr. Returns STATUS_OK, STATUS_PARTIAL when it could not
 * be read or had no article, STATUS_STOPPED when the output cannot be written
 * (err says why).
 */
int files_take(struct files *f, int out_fd, const struct file *file,
	struct err *err);

#endif
