/*
 * The elements of feeds and sitemaps that say something about a link, in all
 * the vocabularies that are mixed in the wild.
 */
#ifndef STET_LINKS_FIELDS_H
#define STET_LINKS_FIELDS_H

#include "cmd/links/xml.h"

enum field_kind {
	FIELD_ITEM,     /* begins an entry; rank: only in that feed_kind */
	FIELD_OUTLINE,  /* OPML's */
	FIELD_LINK,
	FIELD_ID,       /* guid, id: may be an address */
	FIELD_CONTENT,  /* its src may be the article */
	FIELD_TITLE,
	FIELD_DATE,
	FIELD_CATEGORY,
	FIELD_WISH,     /* of the feed: how seldom it wants to be read */
	FIELD_SKIP      /* what is in it belongs to something else */
};

/* Of two links the one of the lower rank is taken. */
enum {
	RANK_ORIGINAL = 1,
	RANK_LINK,
	RANK_OTHER_TYPE,
	RANK_CONTENT,
	RANK_ID,
	RANK_ABOUT,
	RANK_SELF,
	RANK_NESTED = 100 /* more, for what is not the entry's own element */
};

enum { WISH_TTL, WISH_PERIOD, WISH_FREQUENCY };

struct field {
	const char *name;
	int vocabulary;
	enum field_kind kind;
	int rank;
};

/* The vocabulary of the last namespace: a document has few of them. */
struct field_cache {
	char ns[128];
	size_t len;
	int vocabulary;
};

/* The field that an element is, or NULL; a zeroed cache is an empty one. */
const struct field *field_find(struct field_cache *cache,
	const struct xml_element *e);

#endif
