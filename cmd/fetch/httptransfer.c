/*
 * The request's text for the record is composed here as libcurl composes it
 * (request line, Host, then our headers in order), which costs nothing;
 * libcurl's own report of it needs its verbose mode. Only with cookies, whose
 * line is libcurl's, is that report used.
 */
#include "cmd/fetch/httptransfer.h"

#include <assert.h>
#include <curl/curl.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cmd/fetch/httptls.h"
#include "common/base/number.h"
#include "common/base/xalloc.h"

enum {
	BUFFER_BYTES = 64 << 10,       /* per transfer, when they are few */
	BUFFER_SMALL_BYTES = 16 << 10, /* and when they are many */
	MANY_CONNECTIONS = 256,
	FREE_BODY_BYTES = 1 << 20, /* that each transfer may have in any case */
	SLOW_BYTES_S = 100,
	REQUEST_BYTES = 256 << 10,
	USUAL_BYTES = 500 /* of a request and of a head: room made at once */
};

static curl_socket_t
on_open_socket(void *context, curlsocktype purpose, struct curl_sockaddr *to)
{
	struct transfer *t = context;
	const struct http_config *config = t->config;
	struct cidr_addr addr = { .bits = 0 };
	int fd;

	if (purpose != CURLSOCKTYPE_IPCXN)
		return CURL_SOCKET_BAD;
	if (to->family == AF_INET) {
		memcpy(addr.bytes,
			&((const struct sockaddr_in *)&to->addr)->sin_addr, 4);
		addr.bits = 32;
	} else if (to->family == AF_INET6) {
		/* addr is only the head of what lies there (curl.h). */
		memcpy(addr.bytes, (const char *)&to->addr +
			offsetof(struct sockaddr_in6, sin6_addr), 16);
		addr.bits = 128;
	}
	if (addr.bits == 0 ||
		!config->may_connect(config->owner, t->context, &addr)) {
		t->seen.refused = true;
		return CURL_SOCKET_BAD;
	}
	t->seen.allowed = true;
	fd = socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
	if (fd < 0)
		snprintf(t->response.detail, sizeof(t->response.detail),
			"no socket: %s", strerror(errno));
	if (fd < 0)
		return CURL_SOCKET_BAD;
	httpevents_opened(t->events, fd);
	return fd;
}

/* The transfer that opened it may be gone by now. */
static int
on_close_socket(void *events, curl_socket_t fd)
{
	httpevents_closing(events, fd);
	return close(fd);
}

/* Ends the transfer from within a callback: libcurl takes it as failed. */
static size_t
give_up(struct transfer *t, enum http_outcome outcome, const char *why)
{
	t->seen.verdict = outcome;
	snprintf(t->response.detail, sizeof(t->response.detail), "%s", why);
	return 0;
}

/*
 * The length of a Content-Length, which may be a list of the same number
 * several times over (RFC 9110, 8.6); *length is the one known so far, or -1.
 */
static const char *
join_length(int64_t *length, struct str list)
{
	struct str value;
	int64_t n;

	while (str_field(&value, &list, ',')) {
		if (number_parse(&n, str_trim(value), 0, INT64_MAX) < 0)
			return "the Content-Length is no number";
		if (*length >= 0 && n != *length)
			return "two different Content-Lengths";
		*length = n;
	}
	return NULL;
}

/*
 * The head is there. Its length fields must agree with each other: two
 * different ones mean that somebody on the way sees another message.
 */
static size_t
check_lengths(struct transfer *t, size_t taken)
{
	struct str rest = strbuf_str(&t->response.head), name, value;
	int64_t length = -1;

	while (http_header_next(&name, &value, &rest)) {
		const char *why = str_eq_nocase(name, STR("Content-Length")) ?
			join_length(&length, value) : NULL;

		if (why)
			return give_up(t, HTTP_MALFORMED, why);
	}
	if (http_header(strbuf_str(&t->response.head),
		    STR("Transfer-Encoding")).len)
		return taken;
	if (length > (int64_t)t->body_max_bytes && !t->partial)
		return give_up(t, HTTP_CUT_LENGTH,
			"the body is over the limit");
	/* The size that is coming is known: no growing by doubling. */
	if (length > 0 && length <= FREE_BODY_BYTES &&
		length <= (int64_t)t->body_max_bytes)
		strbuf_room(&t->response.body, (size_t)length);
	return taken;
}

static size_t
on_header(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *t = context;
	struct http_response *r = &t->response;
	struct str line = { bytes, size * count };

	t->head_total_bytes += line.len;
	if (t->head_total_bytes > HTTP_HEAD_BYTES)
		return give_up(t, HTTP_HEAD_LARGE, "the headers are too large");
	if (t->seen.head) /* trailers of a chunked body */
		return line.len;
	if (str_starts_nocase(line, STR("HTTP/"))) {
		struct str version;

		strbuf_reset(&r->head);
		strbuf_adds(&r->head, line);
		str_cut(&version, &line, ' ');
		line = str_trim(line);
		r->status = 0;
		for (size_t i = 0; i < 3 && i < line.len; i++)
			r->status = r->status * 10 + (line.ptr[i] - '0');
		return size * count;
	}
	strbuf_adds(&r->head, line);
	if (str_trim(line).len > 0 || r->status < 200)
		return line.len;
	t->seen.head = true;
	httptls_describe(r, t->easy);
	return check_lengths(t, line.len);
}

static size_t
on_body(char *bytes, size_t size, size_t count, void *context)
{
	struct transfer *t = context;
	struct strbuf *body = &t->response.body;
	size_t len = size * count;
	size_t room = t->body_max_bytes - body->len;

	if (body->len + len > FREE_BODY_BYTES &&
		*t->budget_bytes + len > t->config->body_total_bytes)
		room = 0;
	if (len > room) {
		strbuf_add(body, bytes, room);
		*t->budget_bytes += room;
		return give_up(t, HTTP_CUT_LENGTH,
			"the body is over the limit");
	}
	strbuf_add(body, bytes, len);
	*t->budget_bytes += len;
	return len;
}

/* The request as libcurl sent it, without what was for the proxy alone. */
static int
on_debug(CURL *easy, curl_infotype kind, char *bytes, size_t len, void *context)
{
	struct transfer *t = context;
	struct str rest = { bytes, len }, line;

	(void)easy;
	if (kind != CURLINFO_HEADER_OUT)
		return 0;
	strbuf_reset(&t->response.request);
	while (str_field(&line, &rest, '\n'))
		if (line.len && !str_starts_nocase(line, STR("Proxy-"))) {
			strbuf_adds(&t->response.request, line);
			strbuf_addc(&t->response.request, '\n');
		}
	return 0;
}

static void
set_constants(struct transfer *t)
{
	const struct http_config *c = t->config;
	CURL *e = t->easy;

	curl_easy_setopt(e, CURLOPT_PRIVATE, t);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->error);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(e, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(e, CURLOPT_HTTP09_ALLOWED, 0L);
	curl_easy_setopt(e, CURLOPT_HTTP_VERSION, c->http1_only ?
		(long)CURL_HTTP_VERSION_1_1 : (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(e, CURLOPT_HTTP_CONTENT_DECODING, 0L);
	curl_easy_setopt(e, CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
	curl_easy_setopt(e, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(e, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	curl_easy_setopt(e, CURLOPT_BUFFERSIZE,
		c->connections_max > MANY_CONNECTIONS ?
			(long)BUFFER_SMALL_BYTES : (long)BUFFER_BYTES);
	curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, (long)SLOW_BYTES_S);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, on_open_socket);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, t);
	curl_easy_setopt(e, CURLOPT_CLOSESOCKETFUNCTION, on_close_socket);
	curl_easy_setopt(e, CURLOPT_CLOSESOCKETDATA, t->events);
	curl_easy_setopt(e, CURLOPT_HEADERFUNCTION, on_header);
	curl_easy_setopt(e, CURLOPT_HEADERDATA, t);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
	if (c->proxy) {
		curl_easy_setopt(e, CURLOPT_PROXY, c->proxy);
		curl_easy_setopt(e, CURLOPT_NOPROXY, "");
	}
	if (c->ca_file)
		curl_easy_setopt(e, CURLOPT_CAINFO, c->ca_file);
}

/*
 * Cookies belong to a handle unless they are shared; a share of its own for
 * the run makes them one jar.
 */
static void
set_cookies(struct transfer *t)
{
	curl_easy_setopt(t->easy, CURLOPT_SHARE, t->jar);
	curl_easy_setopt(t->easy, CURLOPT_COOKIEFILE, "");
	curl_easy_setopt(t->easy, CURLOPT_VERBOSE, 1L);
	curl_easy_setopt(t->easy, CURLOPT_DEBUGFUNCTION, on_debug);
	curl_easy_setopt(t->easy, CURLOPT_DEBUGDATA, t);
}

struct transfer *
transfer_new(const struct http_config *config, void *jar,
	struct httpevents *events, size_t *budget_bytes)
{
	struct transfer *t = xcalloc(1, sizeof(*t));

	t->config = config;
	t->jar = jar;
	t->events = events;
	t->budget_bytes = budget_bytes;
	t->headers = xcalloc(HTTP_HEADERS_MAX, sizeof(struct curl_slist));
	strbuf_init(&t->lines, REQUEST_BYTES);
	t->easy = curl_easy_init();
	if (!t->easy)
		abort();
	set_constants(t);
	if (jar)
		set_cookies(t);
	return t;
}

void
transfer_free(struct transfer *t)
{
	curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->connect_to);
	free(t->headers);
	strbuf_release(&t->lines);
	strbuf_release(&t->response.request);
	strbuf_release(&t->response.head);
	strbuf_release(&t->response.body);
	free(t);
}

/* "GET /path HTTP/1.1", Host and the headers, as libcurl will send them. */
static void
compose(struct strbuf *out, const struct http_request *request)
{
	struct str rest = str_from(request->url), host;
	ptrdiff_t slashes = str_find(rest, STR("://"));

	rest = str_sub(rest, (size_t)slashes + 3, rest.len);
	str_cut(&host, &rest, '/');
	strbuf_adds(out, STR("GET /"));
	strbuf_adds(out, rest);
	strbuf_adds(out, STR(" HTTP/1.1\r\nHost: "));
	strbuf_adds(out, host);
	strbuf_adds(out, STR("\r\n"));
	for (size_t i = 0; request->headers[i]; i++) {
		strbuf_adds(out, str_from(request->headers[i]));
		strbuf_adds(out, STR("\r\n"));
	}
	strbuf_adds(out, STR("\r\n"));
}

/*
 * libcurl takes a linked list, which it only reads: it lies in one piece of
 * memory here, and its text in another, for the next request to use again.
 */
static void
set_headers(struct transfer *t, const char *const *headers)
{
	struct curl_slist *list = t->headers;
	size_t at = 0, count = 0;

	strbuf_reset(&t->lines);
	for (; headers[count] && count < HTTP_HEADERS_MAX; count++)
		strbuf_add(&t->lines, headers[count],
			strlen(headers[count]) + 1);
	assert(!strbuf_overflowed(&t->lines));
	for (size_t i = 0; i < count; i++) {
		list[i].data = t->lines.ptr + at;
		list[i].next = i + 1 < count ? &list[i + 1] : NULL;
		at += strlen(headers[i]) + 1;
	}
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, count ? list : NULL);
}

static void
set_limits(CURL *e, const struct http_request *request)
{
	/* libcurl searches its caches of connections and of names from end
	 * to end for each new connection; with thousands of hosts that is all
	 * it does. So it keeps no names, and no connection that is done. */
	curl_easy_setopt(e, CURLOPT_FORBID_REUSE, request->keep ? 0L : 1L);
	curl_easy_setopt(e, CURLOPT_DNS_CACHE_TIMEOUT, 0L);
	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS,
		(long)request->connect_ms);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS, (long)request->total_ms);
	curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, (long)request->slow_s);
}

/*
 * libcurl knows by itself where "localhost" is, but not with the dot that
 * makes it a whole name (RFC 6761, 6.3).
 */
static void
set_localhost(struct transfer *t, const char *url)
{
	struct str host, rest = str_from(url);

	curl_slist_free_all(t->connect_to);
	t->connect_to = NULL;
	rest = str_sub(rest, (size_t)str_find(rest, STR("://")) + 3, rest.len);
	str_cut(&host, &rest, '/');
	rest = host;
	str_cut(&host, &rest, ':');
	if (str_eq(host, STR("localhost.")) ||
		str_ends(host, STR(".localhost.")))
		t->connect_to = curl_slist_append(NULL, "::localhost:");
	curl_easy_setopt(t->easy, CURLOPT_CONNECT_TO, t->connect_to);
}

int
transfer_prepare(struct transfer *t, const struct http_request *request)
{
	struct http_response *r = &t->response;

	t->context = request->context;
	t->body_max_bytes = request->body_max_bytes;
	t->partial = request->partial;
	t->head_total_bytes = 0;
	t->seen = (struct httpoutcome_seen){ .verdict = HTTP_DONE };
	t->error[0] = '\0';
	r->outcome = HTTP_DONE;
	r->detail[0] = '\0';
	r->status = 0;
	r->tls[0] = r->cipher[0] = '\0';
	strbuf_init(&r->request, REQUEST_BYTES);
	strbuf_init(&r->head, HTTP_HEAD_BYTES);
	strbuf_init(&r->body, request->body_max_bytes);
	strbuf_room(&r->request, USUAL_BYTES);
	strbuf_room(&r->head, USUAL_BYTES);
	compose(&r->request, request);
	set_headers(t, request->headers);
	set_limits(t->easy, request);
	set_localhost(t, request->url);
	return curl_easy_setopt(t->easy, CURLOPT_URL, request->url) == CURLE_OK
		? 0 : -1;
}

static void
set_protocol(struct http_response *r, long version)
{
	const char *name = version == CURL_HTTP_VERSION_1_0 ? "http/1.0" :
		version == CURL_HTTP_VERSION_1_1	    ? "http/1.1" :
		version == CURL_HTTP_VERSION_2_0	    ? "h2" : "";

	snprintf(r->protocol, sizeof(r->protocol), "%s", name);
}

void
transfer_describe(struct transfer *t, int code)
{
	struct http_response *r = &t->response;
	curl_off_t total_us = 0;
	const char *ip = NULL;
	long version = 0;

	curl_easy_getinfo(t->easy, CURLINFO_PRIMARY_IP, &ip);
	if (!ip || cidr_addr_parse(&r->addr, str_from(ip)) < 0)
		r->addr.bits = 0;
	curl_easy_getinfo(t->easy, CURLINFO_HTTP_VERSION, &version);
	set_protocol(r, version);
	curl_easy_getinfo(t->easy, CURLINFO_TOTAL_TIME_T, &total_us);
	r->time_ms = total_us / 1000;
	if (!t->seen.head)
		r->status = 0;
	if (r->outcome != HTTP_DONE && !r->detail[0])
		snprintf(r->detail, sizeof(r->detail), "%s", t->error[0] ?
			t->error : curl_easy_strerror((CURLcode)code));
}

