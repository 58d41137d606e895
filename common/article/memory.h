/*
 * What is remembered of an article from one look to the next: a text that may
 * be no edit and is to be seen again, the places of the page that never rest,
 * and how often it was not found. It travels as one field, with words between
 * blanks, from the schedule through link, WARC, article and receipt back to
 * the schedule, so that no filter has a memory of its own
 * (stet-receipt(5), doubt).
 *
 *	struct memory m;
 *	memory_parse(&m, text);
 *	if (m.reason.len > 0)
 *		... a doubt is open
 *	memory_write(&out, &m);
 */
#ifndef STET_MEMORY_H
#define STET_MEMORY_H

#include <stdbool.h>
#include <stdint.h>

#include "common/base/str.h"
#include "common/base/strbuf.h"

enum {
	MEMORY_PLACES = 8,
	MEMORY_BYTES = 4096,  /* of the field; a longer one is not ours */
	MEMORY_VOLATILE = 2,  /* a place moved so often: it never rests, */
	MEMORY_RESTED = 3,    /* until it was the same at so many looks */
	MEMORY_FORGOTTEN = 30 /* and after so many it is forgotten */
};

/* A place of the page, by what comes before it. */
struct memory_place {
	uint32_t place;
	uint32_t value;    /* there last; 1: as in the newest version */
	int64_t moves;     /* how often it was something else than before */
	int64_t rest;      /* how many looks in a row it was the same */
	int64_t versions;  /* how many versions in a row changed it alone */
};

struct memory {
	struct str reason; /* of the open doubt; empty: none is open */
	int64_t looks;     /* that have seen its text, in a row */
	int64_t wanted;    /* looks that make a version of it, */
	int64_t over_s;    /* when first and last are so far apart */
	int64_t first_s, last_s;
	int64_t tries;     /* doubts before it that another text ended */
	uint64_t text;     /* its digest */
	uint64_t sketch;   /* the same for nearly the same text */
	int64_t host;      /* other articles of the host in the same doubt */
	struct str same_as; /* key of an article that has this text */
	struct str twin;   /* key of a new address with this article's text */
	struct str extractor; /* that saw the newest version unchanged */
	int64_t misses, missed_s;
	int64_t seen_s; /* the newest version, before looks that saw nothing */
	struct memory_place places[MEMORY_PLACES];
	size_t places_count;
};

/* Reads the field; what it does not know is passed over. Strings are views. */
void memory_parse(struct memory *out, struct str text);

/* Appends the field; nothing where nothing is remembered. */
void memory_write(struct strbuf *out, const struct memory *m);

/* Ends the open doubt. */
void memory_close(struct memory *m);

/* The place; NULL: it is not remembered. */
struct memory_place *memory_find(struct memory *m, uint32_t place);

/* Whether the place differs from look to look, so that it counts for nothing
 * now. */
bool memory_is_volatile(const struct memory_place *p);

/* Takes note of what is at a place at this look; makes room for it. */
void memory_note(struct memory *m, uint32_t place, uint32_t value);

/* Forgets the places that have rested for long. */
void memory_tidy(struct memory *m);

#endif
