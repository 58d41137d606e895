#include "cmd/fetch/httpoutcome.h"

#include <curl/curl.h>

static enum http_outcome
without_head(CURLcode code)
{
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
	case CURLE_COULDNT_RESOLVE_PROXY:
		return HTTP_NO_NAME;
	case CURLE_COULDNT_CONNECT:
	case CURLE_PROXY:
		return HTTP_NO_CONNECT;
	case CURLE_SSL_CONNECT_ERROR:
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_CERTPROBLEM:
	case CURLE_SSL_CIPHER:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_INVALIDCERTSTATUS:
	case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
		return HTTP_NO_TLS;
	case CURLE_OPERATION_TIMEDOUT:
		return HTTP_TIMEOUT;
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_SEND_ERROR:
	case CURLE_PARTIAL_FILE:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		return HTTP_LOST;
	case CURLE_OUT_OF_MEMORY: /* a header line over libcurl's own limit */
		return HTTP_HEAD_LARGE;
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_UNSUPPORTED_PROTOCOL: /* HTTP/0.9, HTTP/4 */
	case CURLE_BAD_CONTENT_ENCODING:
		return HTTP_MALFORMED;
	default:
		return HTTP_FAILED;
	}
}

static enum http_outcome
with_head(CURLcode code)
{
	switch (code) {
	case CURLE_OPERATION_TIMEDOUT:
		return HTTP_CUT_TIME;
	case CURLE_FILESIZE_EXCEEDED:
		return HTTP_CUT_LENGTH;
	default:
		return HTTP_CUT_LOST;
	}
}

enum http_outcome
httpoutcome_of(int code, const struct httpoutcome_seen *seen)
{
	if (seen->verdict != HTTP_DONE)
		return seen->verdict;
	if (code == CURLE_OK)
		return seen->head ? HTTP_DONE : HTTP_MALFORMED;
	if (code == CURLE_COULDNT_CONNECT && seen->refused && !seen->allowed)
		return HTTP_REFUSED;
	return seen->head ? with_head((CURLcode)code)
			  : without_head((CURLcode)code);
}
