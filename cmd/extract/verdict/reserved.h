/*
 * What a publisher reserves: that no copy be kept for readers (noarchive), and
 * that text and data are not to be mined (TDM Reservation Protocol, and the
 * robots word noai). Said by the headers X-Robots-Tag and TDM-Reservation or by
 * meta elements of those names.
 */
#ifndef STET_EXTRACT_RESERVED_H
#define STET_EXTRACT_RESERVED_H

#include <stdbool.h>

#include "common/base/str.h"
#include "common/web/html.h"

struct reserved {
	bool archive; /* noarchive */
	bool mining;  /* TDM, noai */
};

/* `headers` is the head of the answer as it is stored, or empty. */
struct reserved reserved_read(const struct html *h, struct str headers);

#endif
