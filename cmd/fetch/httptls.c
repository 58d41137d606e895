#include "cmd/fetch/httptls.h"

#include <curl/curl.h>
#include <openssl/ssl.h>
#include <stdio.h>

void
httptls_describe(struct http_response *r, void *easy)
{
	struct curl_tlssessioninfo *info = NULL;
	const SSL_CIPHER *cipher;
	const SSL *ssl;

	if (curl_easy_getinfo(easy, CURLINFO_TLS_SSL_PTR, &info) != CURLE_OK ||
		!info || info->backend != CURLSSLBACKEND_OPENSSL ||
		!info->internals)
		return;
	ssl = info->internals;
	if (SSL_version(ssl) == TLS1_2_VERSION)
		snprintf(r->tls, sizeof(r->tls), "tls/1.2");
	else if (SSL_version(ssl) == TLS1_3_VERSION)
		snprintf(r->tls, sizeof(r->tls), "tls/1.3");
	cipher = SSL_get_current_cipher(ssl);
	if (cipher && SSL_CIPHER_standard_name(cipher))
		snprintf(r->cipher, sizeof(r->cipher), "%s",
			SSL_CIPHER_standard_name(cipher));
}
