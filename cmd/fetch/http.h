/*
 * Many HTTP transfers at once (libcurl's multi interface), as mechanism: what
 * to fetch, when, whether to follow and what to think of an answer is the
 * caller's. Nothing is followed, retried, decoded or remembered, but for the
 * connections that are kept open and, when asked, the cookies of the run.
 *
 *	struct http *http = http_new(&config, &err);
 *	http_start(http, &request, &err);
 *	while (http_count(http) > 0)
 *		if (http_poll(http, fds, count, 1000, &err) < 0)
 *			...		(calls config.done for what has ended)
 *	http_free(http);
 *
 * Every connection is put before config.may_connect after name resolution,
 * with the address that the socket will have: whatever spelling, redirect or
 * name server led there. Only http and https are spoken, TLS 1.2 and above,
 * no HTTP/0.9. Content codings are kept, transfer codings are removed.
 */
#ifndef STET_FETCH_HTTP_H
#define STET_FETCH_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/fetch/cidr.h"
#include "common/base/err.h"
#include "common/base/str.h"
#include "common/base/strbuf.h"

enum {
	HTTP_HEAD_BYTES = 128 << 10, /* all headers of a response, 1xx too */
	HTTP_HEADERS_MAX = 16,       /* of a request */
	HTTP_PROTOCOL_BYTES = 12,    /* "http/1.1" */
	HTTP_CIPHER_BYTES = 64,
	HTTP_DETAIL_BYTES = 256
};

enum http_outcome {
	HTTP_DONE,        /* a response, whole */
	HTTP_CUT_LENGTH,  /* a response whose body is over the limit */
	HTTP_CUT_TIME,    /* a response that took too long or came too slowly */
	HTTP_CUT_LOST,    /* a response that ended early */
	HTTP_NO_NAME,     /* from here on without a response: name unknown */
	HTTP_NO_CONNECT,  /* nobody answers at the address */
	HTTP_NO_TLS,      /* no trustworthy TLS connection */
	HTTP_LOST,        /* the connection ended before the headers did */
	HTTP_TIMEOUT,     /* no headers in time */
	HTTP_REFUSED,     /* may_connect refused all addresses */
	HTTP_HEAD_LARGE,  /* headers over HTTP_HEAD_BYTES */
	HTTP_MALFORMED,   /* not HTTP, or framed in two ways */
	HTTP_STOPPED,     /* http_stop */
	HTTP_FAILED       /* anything else */
};

/*
 * What became of a transfer. The texts and buffers are valid in the call of
 * `done`; who wants to keep a buffer copies the struct and puts an empty
 * one (strbuf_init) in its place.
 */
struct http_response {
	enum http_outcome outcome;
	char detail[HTTP_DETAIL_BYTES]; /* for a person; "" when done */
	int status;                     /* 100-999; 0 without a response */
	struct strbuf request;          /* as it was sent, in HTTP/1.1's form */
	struct strbuf head;             /* status line and headers as received,
	                                   with the empty line */
	struct strbuf body;             /* without transfer coding */
	struct cidr_addr addr;          /* bits 0: not known */
	char protocol[HTTP_PROTOCOL_BYTES]; /* "http/1.0", "http/1.1", "h2" */
	char tls[HTTP_PROTOCOL_BYTES];      /* "tls/1.2", "tls/1.3", or "" */
	char cipher[HTTP_CIPHER_BYTES];     /* IANA's name of it, or "" */
	int64_t time_ms;                /* from the start to the end */
};

struct http_config {
	size_t connections_max;  /* kept open, in use or idle */
	size_t body_total_bytes; /* of all transfers: see http_request */
	bool http1_only;         /* no HTTP/2 */
	bool cookies;            /* kept and sent for the life of the object */
	const char *proxy;       /* URL; "": none; NULL: the environment's */
	const char *ca_file;     /* trusted instead of the system's; NULL */

	void *owner; /* first argument of the two functions */

	/* Whether `context`'s transfer may connect to this address. */
	bool (*may_connect)(void *owner, void *context,
		const struct cidr_addr *addr);

	/* `context`'s transfer has ended; may start others. */
	void (*done)(void *owner, void *context, struct http_response *r);
};

struct http_request {
	const char *url;            /* as common/web/url writes it; copied */
	/* "Name: value", at most HTTP_HEADERS_MAX, NULL at the end; copied */
	const char *const *headers;
	bool keep;                  /* the connection, for the next request */
	int64_t connect_ms;         /* name resolution, TCP and TLS */
	int64_t total_ms;
	int64_t slow_s;        /* less than 100 bytes/s for so long is too slow;
	                          0: never */
	/*
	 * A body that is declared larger is not read, unless `partial`; one
	 * that grows larger is cut. So is one over 1 MiB when all together
	 * pass body_total_bytes.
	 */
	size_t body_max_bytes;
	bool partial;
	void *context;
};

struct http;

/* The caller frees it; config is copied, its strings are borrowed. */
struct http *http_new(const struct http_config *config, struct err *err);

/* Ends all transfers without a word. */
void http_free(struct http *http);

/* Starts a GET. -1 when libcurl refuses the URL; done is then not called. */
int http_start(struct http *http, const struct http_request *request,
	struct err *err);

/* Transfers under way. */
size_t http_count(const struct http *http);

struct http_fd {
	int fd;     /* -1: none */
	bool ready; /* out: it can be read */
};

/*
 * Waits until a transfer can go on, one of the descriptors can be read or
 * `timeout_ms` have passed; works; calls done for each transfer that ended.
 */
int http_poll(struct http *http, struct http_fd *fds, size_t count,
	int timeout_ms, struct err *err);

/* Ends a http_poll that waits, from any thread. */
void http_wake(struct http *http);

/* Ends all transfers now: done is called for each with HTTP_STOPPED. */
void http_stop(struct http *http);

/*
 * The value of the first header of that name in a head, trimmed; empty when
 * there is none.
 */
struct str http_header(struct str head, struct str name);

/* The next header line of *rest as name and value; false at the end. */
bool http_header_next(struct str *name, struct str *value, struct str *rest);

/* Parses a date in any of HTTP's three forms (RFC 9110 5.6.7). */
int http_date_parse(int64_t *out, struct str s);

#endif
