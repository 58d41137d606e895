/*
 * What TLS a transfer's connection speaks; a part of http. Only OpenSSL can
 * be asked, which is what libcurl is built with where libssl is linked.
 */
#ifndef STET_FETCH_HTTPTLS_H
#define STET_FETCH_HTTPTLS_H

#include "cmd/fetch/http.h"

/*
 * Fills in r->tls and r->cipher while the transfer of `easy` (libcurl's
 * handle) is under way; leaves them empty without TLS.
 */
void httptls_describe(struct http_response *r, void *easy);

#endif
