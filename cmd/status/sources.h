/*
 * What is counted of each source, filled from the archive's configuration,
 * index and schedule.
 */
#ifndef STET_STATUS_SOURCES_H
#define STET_STATUS_SOURCES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/archive/index.h"
#include "common/archive/schedule.h"
#include "common/base/str.h"

enum {
	SOURCES_RECENT = 21,           /* arrivals that are remembered */
	SOURCES_SILENT_S = 2 * 86400,  /* no source is silent before that, */
	SOURCES_YOUNG_S = 7 * 86400,   /* nor one before that, of which fewer */
	SOURCES_YOUNG_GAPS = 4,        /* gaps between arrivals are known, */
	SOURCES_SILENT_GAPS = 3        /* nor before so many longest gaps */
};

struct source {
	char *name;
	/* Of the index: */
	int64_t articles, versions, gone, moved;
	int64_t last_new_s;    /* first capture of the newest article */
	int64_t last_change_s; /* newest commit */
	int64_t recent_s[SOURCES_RECENT]; /* a ring of first captures */
	/* Of the schedule: */
	int64_t scheduled; /* articles with a next check */
	int64_t due;       /* of them, those whose time has come */
	int64_t failing;   /* articles that failed at their last check */
	int64_t ahead;     /* checks and captures dated in the future */
	int64_t missing;   /* articles that are "not found" so far */
	int64_t next_s;    /* the next check of an article; 0: none */
	/* Feeds, sitemaps and pages: */
	int64_t feeds;         /* configured */
	int64_t feeds_failing;
	int64_t feeds_read_s;  /* the last success; 0: none */
	int64_t feeds_first_s; /* the first check; 0: none */
	int64_t feeds_next_s;  /* the next check, from `now_s` on; 0: none */
	char *feed_error;      /* of one that fails */
};

struct sources {
	struct source *list;
	size_t count, cap;
	size_t last; /* found last: neighbours are often of one source */
};

void sources_init(struct sources *s);
void sources_release(struct sources *s);

/* Articles must come in the order in which they were first stored. */
void sources_add_article(struct sources *s, const struct index_article *a,
	int64_t now_s);
void sources_add_entry(struct sources *s, const struct schedule_entry *e,
	int64_t now_s);

/* A configured feed, as far as the schedule knows it, due at `due_s`. */
void sources_add_feed(struct sources *s, struct str name,
	const struct schedule_entry *e, int64_t due_s, int64_t now_s);

/* By name. */
void sources_sort(struct sources *s);

/* The longest of the last gaps between new articles; 0: none is known. */
int64_t source_longest_gap_s(const struct source *source);

/* Since when nothing new has come: the newest article, or the first look. */
int64_t source_quiet_since_s(const struct source *source);

/*
 * Whether nothing new has come for longer than the source is wont to be
 * silent, though its feeds are looked at.
 */
bool source_is_silent(const struct source *source, int64_t now_s);

#endif
