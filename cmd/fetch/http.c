/*
 * The set of transfers. Ended ones wait in a list for the next request, as
 * their handles are costly to make. libcurl is told which descriptors are
 * ready (its multi_socket interface): left to look itself, it asks the kernel
 * for each of them in turn.
 */
#include "cmd/fetch/http.h"

#include <curl/curl.h>
#include <stdio.h>

#include "cmd/fetch/httpevents.h"
#include "cmd/fetch/httptransfer.h"
#include "common/base/xalloc.h"

struct http {
	struct http_config config;
	struct httpevents *events;
	CURLM *multi;
	CURLSH *jar; /* with cookies: shared by all handles */
	struct transfer *running, *idle;
	size_t count;
	size_t body_bytes; /* held by running transfers */
};

static void
list_add(struct transfer **list, struct transfer *t)
{
	t->previous = NULL;
	t->next = *list;
	if (*list)
		(*list)->previous = t;
	*list = t;
}

static void
list_remove(struct transfer **list, struct transfer *t)
{
	if (t->previous)
		t->previous->next = t->next;
	else
		*list = t->next;
	if (t->next)
		t->next->previous = t->previous;
}

/* libcurl's CURLMOPT_SOCKETFUNCTION. */
static int
on_want(CURL *easy, curl_socket_t fd, int what, void *context, void *per_fd)
{
	struct http *http = context;

	(void)easy;
	(void)per_fd;
	httpevents_want(http->events, fd,
		what == CURL_POLL_IN	      ? HTTPEVENTS_IN :
			what == CURL_POLL_OUT ? HTTPEVENTS_OUT :
			what == CURL_POLL_INOUT
			? HTTPEVENTS_IN | HTTPEVENTS_OUT : 0);
	return 0;
}

static void
set_multi(struct http *http)
{
	http->multi = curl_multi_init();
	if (!http->multi)
		abort();
	curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS,
		(long)http->config.connections_max);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETFUNCTION, on_want);
	curl_multi_setopt(http->multi, CURLMOPT_SOCKETDATA, http);
}

struct http *
http_new(const struct http_config *config, struct err *err)
{
	struct http *http;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		err_set(err, "cannot start libcurl");
		return NULL;
	}
	http = xcalloc(1, sizeof(*http));
	http->config = *config;
	http->events = httpevents_new(err);
	if (!http->events) {
		free(http);
		curl_global_cleanup();
		return NULL;
	}
	set_multi(http);
	if (config->cookies) {
		http->jar = curl_share_init();
		curl_share_setopt(http->jar, CURLSHOPT_SHARE,
			CURL_LOCK_DATA_COOKIE);
	}
	return http;
}

void
http_free(struct http *http)
{
	struct transfer *t;

	if (!http)
		return;
	while ((t = http->running)) {
		list_remove(&http->running, t);
		curl_multi_remove_handle(http->multi, t->easy);
		transfer_free(t);
	}
	while ((t = http->idle)) {
		list_remove(&http->idle, t);
		transfer_free(t);
	}
	curl_multi_cleanup(http->multi);
	if (http->jar)
		curl_share_cleanup(http->jar);
	httpevents_free(http->events);
	free(http);
	curl_global_cleanup();
}

int
http_start(struct http *http, const struct http_request *request,
	struct err *err)
{
	struct transfer *t = http->idle;

	if (t)
		list_remove(&http->idle, t);
	else
		t = transfer_new(&http->config, http->jar, http->events,
			&http->body_bytes);
	if (transfer_prepare(t, request) == 0 &&
		curl_multi_add_handle(http->multi, t->easy) == CURLM_OK) {
		list_add(&http->running, t);
		http->count++;
		return 0;
	}
	list_add(&http->idle, t);
	return err_set(err, "libcurl refuses the URL");
}

size_t
http_count(const struct http *http)
{
	return http->count;
}

/*
 * libcurl before 8.1.1 takes a first header line that begins with a blank for
 * more of the last header of the handle's transfer before, which is freed
 * (curl/curl#11101): there each transfer has a handle of its own.
 */
static bool
handles_wear_out(void)
{
	return curl_version_info(CURLVERSION_NOW)->version_num < 0x080101;
}

static void
finish(struct http *http, struct transfer *t, CURLcode code)
{
	struct http_response *r = &t->response;

	curl_multi_remove_handle(http->multi, t->easy);
	list_remove(&http->running, t);
	http->count--;
	http->body_bytes -= r->body.len;
	if (r->outcome != HTTP_STOPPED)
		r->outcome = httpoutcome_of((int)code, &t->seen);
	transfer_describe(t, (int)code);
	http->config.done(http->config.owner, t->context, r);
	strbuf_release(&r->request);
	strbuf_release(&r->head);
	strbuf_release(&r->body);
	if (handles_wear_out())
		transfer_free(t);
	else
		list_add(&http->idle, t);
}

/* Returns whether there was any. */
static bool
finish_all(struct http *http)
{
	CURLMsg *message;
	bool any = false;
	int left;

	while ((message = curl_multi_info_read(http->multi, &left))) {
		CURLcode code = message->data.result;
		char *t = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		finish(http, (struct transfer *)(void *)t, code);
		any = true;
	}
	return any;
}

/* Tells libcurl that a descriptor is ready. */
static int
act(struct http *http, const struct httpevents_ready *ready)
{
	int running, what = 0;

	if (ready->events & HTTPEVENTS_IN)
		what |= CURL_CSELECT_IN;
	if (ready->events & HTTPEVENTS_OUT)
		what |= CURL_CSELECT_OUT;
	if (ready->events & HTTPEVENTS_ERROR)
		what |= CURL_CSELECT_ERR;
	return curl_multi_socket_action(http->multi, ready->fd, what,
		&running) == CURLM_OK ? 0 : -1;
}

/*
 * Does what libcurl has put off until now, as beginning a transfer is. How
 * long the next wait may last: at most `timeout_ms`; -1 when it cannot go on.
 */
static int
act_on_time(struct http *http, int timeout_ms)
{
	long left_ms = -1;
	int running;

	if (curl_multi_timeout(http->multi, &left_ms) != CURLM_OK)
		return -1;
	if (left_ms == 0) {
		if (curl_multi_socket_action(http->multi, CURL_SOCKET_TIMEOUT,
			0, &running) != CURLM_OK)
			return -1;
		if (finish_all(http))
			return 0;
		curl_multi_timeout(http->multi, &left_ms);
	}
	return left_ms < 0 || left_ms > timeout_ms ? timeout_ms : (int)left_ms;
}

int
http_poll(struct http *http, struct http_fd *fds, size_t count, int timeout_ms,
	struct err *err)
{
	struct httpevents_ready ready[HTTPEVENTS_MAX];
	int wait_ms = act_on_time(http, timeout_ms), used;

	if (wait_ms < 0)
		return err_set(err, "libcurl cannot go on");
	used = httpevents_wait(
		http->events, ready, fds, count, wait_ms, err);
	if (used < 0)
		return -1;
	for (int i = 0; i < used; i++)
		if (act(http, &ready[i]) < 0)
			return err_set(err, "libcurl cannot go on");
	finish_all(http);
	return 0;
}

void
http_wake(struct http *http)
{
	httpevents_wake(http->events);
}

void
http_stop(struct http *http)
{
	while (http->running) {
		struct transfer *t = http->running;

		t->response.outcome = HTTP_STOPPED;
		snprintf(t->response.detail, sizeof(t->response.detail),
			"stopped");
		finish(http, t, CURLE_ABORTED_BY_CALLBACK);
	}
}
