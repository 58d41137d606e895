/* What was seen of articles and is no version, by what stet-mark has kept. */
#ifndef STET_LOG_DOUBTS_H
#define STET_LOG_DOUBTS_H

#include <stdbool.h>

#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

/*
 * Appends a line for each text in doubt of the article `key` (empty: of all
 * articles), oldest first. -1: the schedule cannot be read.
 */
int doubts_list(struct strbuf *out, const char *archive, struct str key,
	bool json, struct err *err);

#endif
