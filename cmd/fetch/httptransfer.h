/*
 * One transfer of an http set: a libcurl handle with its buffers and what its
 * callbacks notice; a part of http.
 */
#ifndef STET_FETCH_HTTPTRANSFER_H
#define STET_FETCH_HTTPTRANSFER_H

#include <stddef.h>

#include "cmd/fetch/http.h"
#include "cmd/fetch/httpevents.h"
#include "cmd/fetch/httpoutcome.h"

enum { TRANSFER_ERROR_BYTES = 256 }; /* libcurl's CURL_ERROR_SIZE */

struct transfer {
	const struct http_config *config;
	struct httpevents *events; /* told of descriptors */
	size_t *budget_bytes; /* held by the bodies of the whole set */
	void *easy;           /* libcurl's handle, */
	void *headers;        /* its list of request headers */
	struct strbuf lines;  /* with their text, */
	void *connect_to;     /* "localhost.", which libcurl does not know */
	void *jar;            /* and its share of cookies, or NULL */
	void *context;        /* the caller's */
	size_t body_max_bytes;
	bool partial;
	size_t head_total_bytes; /* with the heads of 1xx responses */
	struct httpoutcome_seen seen;
	struct http_response response;
	char error[TRANSFER_ERROR_BYTES];
	struct transfer *next, *previous; /* in the set's lists */
};

/* A transfer without a request; config and the others are borrowed. */
struct transfer *transfer_new(const struct http_config *config, void *jar,
	struct httpevents *events, size_t *budget_bytes);
void transfer_free(struct transfer *t);

/* Fills in a request; -1 when libcurl refuses the URL. */
int transfer_prepare(struct transfer *t, const struct http_request *request);

/* Fills in the response's facts after libcurl ended it with `code`. */
void transfer_describe(struct transfer *t, int code);

#endif
