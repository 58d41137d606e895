/*
 * What words dates and times are made of (dates.words), in some twenty
 * languages. Words are looked up as they are written; letters beyond ASCII in
 * any case too, but for datewords_of.
 */
#ifndef STET_DATEWORDS_H
#define STET_DATEWORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"

enum datewords {
	DATEWORDS_MONTH = 1 << 0,
	DATEWORDS_MONTH_STEM = 1 << 1,
	DATEWORDS_WEEKDAY = 1 << 2,
	DATEWORDS_ZONE = 1 << 3,
	DATEWORDS_ZONE_FEED = 1 << 4, /* a word elsewhere than in feeds */
	DATEWORDS_ZONE_NAME = 1 << 5, /* of no one zone */
	DATEWORDS_MORNING = 1 << 6,
	DATEWORDS_AFTERNOON = 1 << 7,
	DATEWORDS_HALF = 1 << 8,      /* the "m" of "p.m." */
	DATEWORDS_ORDINAL = 1 << 9,   /* the "th" of "4th" */
	DATEWORDS_BETWEEN = 1 << 10,  /* the "of" of "4th of May" */
	DATEWORDS_UPDATE = 1 << 11,   /* "updated", "veröffentlicht" */
	DATEWORDS_UNIT = 1 << 12,     /* "minutes" */
	DATEWORDS_AGO = 1 << 13,
	DATEWORDS_AGO_BEFORE = 1 << 14,
	DATEWORDS_AGO_JOINED = 1 << 15,
	DATEWORDS_BESIDE = 1 << 16,   /* "at", "um": says little */
	DATEWORDS_UNIVERSAL = 1 << 17, /* "GMT" */
	DATEWORDS_SPAN = 1 << 18,     /* "semanas": a unit in ages alone */
	DATEWORDS_ZONE_SUMMER = 1 << 19, /* of feeds, an hour more in summer */
	DATEWORDS_MONTH_SHORT = 1 << 20 /* "sie": a month within a date */
};

/* What `word`, in lower case, can be in a date; 0: it is of another kind. */
uint32_t datewords_of(struct str word);

/* The same of the longest entry that `text` begins with. */
uint32_t datewords_at(struct str text);

/*
 * The month that a word names, 1 to 12, or 0. It may have an ending: the
 * longest stem that begins it decides, so that "mars", "marca", "maart" and
 * "marzo" need no list of endings.
 */
int datewords_month(struct str word);

/*
 * The one of `lists` (DATEWORDS_ZONE, _ZONE_FEED, _ZONE_SUMMER) that has the
 * name of a zone, its minutes east of Greenwich in *minutes; 0 when none has.
 */
uint32_t datewords_zone(int *minutes, struct str word, uint32_t lists);

#endif
