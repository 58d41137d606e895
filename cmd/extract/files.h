/* Plain files of HTML instead of a stream of records. */
#ifndef STET_EXTRACT_FILES_H
#define STET_EXTRACT_FILES_H

#include "cmd/extract/body/selectors.h"
#include "common/base/err.h"

/*
 * Writes the article of each file, as fetched from `url`, to `out_fd`; the
 * list ends with NULL. What is wrong with a file, and why it has no article,
 * goes to stderr. Returns STATUS_OK, STATUS_PARTIAL when a file could not be
 * read or had no article, STATUS_STOPPED when the output cannot be written
 * (err says why).
 */
int files_run(int out_fd, char *const *paths, const char *url,
	const struct selectors *rules, struct err *err);

#endif
