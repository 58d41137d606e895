/*
 * The ways in which a fetch can end without a response, as they are written
 * into its metadata record: Heritrix's fetch status code, which other tools
 * know, and a word of our own.
 */
#ifndef STET_FETCH_FAILURE_H
#define STET_FETCH_FAILURE_H

enum failure {
	FAILURE_NONE,
	FAILURE_DNS,         /* the name does not resolve */
	FAILURE_CONNECT,     /* nobody answers at the address */
	FAILURE_TLS,         /* no trustworthy TLS connection */
	FAILURE_LOST,        /* the connection ended before a response */
	FAILURE_TIMEOUT,     /* no response in time */
	FAILURE_MALFORMED,   /* what came is not HTTP */
	FAILURE_HEADERS,     /* headers over the limit */
	FAILURE_OTHER,
	FAILURE_BAD_URL,     /* no http(s) URL, or one that names a user */
	FAILURE_BAD_PORT,    /* a port that browsers refuse */
	FAILURE_ADDRESS,     /* an address that is not public */
	FAILURE_CONTACT,     /* no --contact, and the address is public */
	FAILURE_ROBOTS,      /* robots.txt forbids it */
	FAILURE_NO_ROBOTS,   /* robots.txt cannot be read: all is forbidden */
	FAILURE_REDIRECTS,   /* too many redirects */
	FAILURE_LOOP,        /* redirects in a circle */
	FAILURE_HOST_DOWN,   /* the host failed too often: not asked */
	FAILURE_DEFERRED     /* the host asked to be left alone: not asked */
};

struct failure_info {
	const char *word;   /* fetchError */
	int code;           /* fetchStatus */
	const char *text;   /* for a person */
};

const struct failure_info *failure_info(enum failure failure);

#endif
