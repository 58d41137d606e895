/*
 * What words dates and times are made of (dates.words), in some twenty
 * languages.
 */
#ifndef STET_DATEWORDS_H
#define STET_DATEWORDS_H

#include <stdint.h>

#include "common/base/str.h"

enum datewords {
	DATEWORDS_MONTH = 1 << 0,
	DATEWORDS_WEEKDAY = 1 << 1,
	DATEWORDS_ZONE = 1 << 2,
	DATEWORDS_HALF = 1 << 3,    /* of the day: "pm" */
	DATEWORDS_ORDINAL = 1 << 4, /* "th" of "4th" */
	DATEWORDS_UPDATE = 1 << 5,  /* "updated", "veröffentlicht" */
	DATEWORDS_UNIT = 1 << 6,    /* "minutes" */
	DATEWORDS_AGO = 1 << 7,     /* "ago", "vor" */
	DATEWORDS_BESIDE = 1 << 8   /* "at", "um": says little */
};

/* What `word`, in lower case, can be in a date; 0: it is of another kind. */
uint32_t datewords_of(struct str word);

#endif
