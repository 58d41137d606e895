/* The feeds of a site that gather many articles. */
#ifndef STET_FEEDFILES_H
#define STET_FEEDFILES_H

#include <stdint.h>

#include "common/base/err.h"
#include "common/site/work.h"

/*
 * Writes the feeds that have entries after commit `since_seq` (0: all): of
 * all changes, of each kind, of each source.
 */
int feedfiles_write(struct work *w, int64_t since_seq, struct err *err);

/* Writes the feed at `path`, with the same in its other formats: 1; 0: there
 * is none; -1. */
int feedfiles_one(struct work *w, struct str path, struct err *err);

#endif
