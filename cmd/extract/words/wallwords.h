/*
 * What walls and error pages say, and their addresses (walls.words). A page is
 * judged by these only where its make fits (notarticle.c, redirect.c).
 */
#ifndef STET_EXTRACT_WALLWORDS_H
#define STET_EXTRACT_WALLWORDS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"

enum wallwords_kind {
	WALLWORDS_BOT,        /* titles and sentences of challenges */
	WALLWORDS_CONSENT,    /* titles and buttons of consent dialogues */
	WALLWORDS_COOKIE,     /* words that a consent text is full of */
	WALLWORDS_PAYWALL,    /* the invitation to pay or to register */
	WALLWORDS_NOT_FOUND,  /* titles of error pages */
	WALLWORDS_JAVASCRIPT, /* "please enable JavaScript" */
	WALLWORDS_NOT_FOUND_PATH,  /* parts of error pages' paths */
	WALLWORDS_CONSENT_ADDRESS, /* in hosts and paths */
	WALLWORDS_LOGIN_ADDRESS,
	WALLWORDS_GATE,        /* what stands over the rest of an article */
	WALLWORDS_MAINTENANCE, /* titles and sentences of sites under repair */
	WALLWORDS_ERROR,       /* what servers, caches and hosts report */
	WALLWORDS_AGE,         /* gates that ask for the reader's age */
	WALLWORDS_REGION,      /* what readers of other countries are told */
	WALLWORDS_PARKED,      /* names without a site */
};

/* Whether `text` is a phrase of the kind. */
bool wallwords_is(enum wallwords_kind kind, struct str text);

/* Whether `text`, in lower case, has a phrase of the kind. */
bool wallwords_in(enum wallwords_kind kind, struct str text);

/* How many occurrences of the kind's phrases `text`, in lower case, has. */
size_t wallwords_count(enum wallwords_kind kind, struct str text);

#endif
