/* stet-show's work: the text of one version. */
#ifndef STET_SHOW_SHOW_H
#define STET_SHOW_SHOW_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/err.h"
#include "common/base/strbuf.h"

struct show_options {
	const char *archive;
	const char *name;  /* URL, key or path */
	int64_t version;   /* from 1; LOOKUP_LATEST */
	bool json;
};

/* Appends the text, and to the note when and why the article was withdrawn.
 * Returns the exit status, with the reason in err. */
int show_run(struct strbuf *out, struct strbuf *note,
	const struct show_options *options, struct err *err);

#endif
