/*
 * The set of transfers. Ended ones wait in a list for the next request, as
 * their handles are costly to make.
 */
#include "common/http.h"

#include <curl/curl.h>
#include <stdio.h>

#include "common/httptransfer.h"
#include "common/xalloc.h"

enum { FDS_MAX = 8 };

struct http {
	struct http_config config;
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
	http->multi = curl_multi_init();
	if (!http->multi)
		abort();
	curl_multi_setopt(http->multi, CURLMOPT_MAXCONNECTS,
		(long)config->connections_max);
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
		t = transfer_new(&http->config, http->jar, &http->body_bytes);
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
	list_add(&http->idle, t);
}

static void
finish_all(struct http *http)
{
	CURLMsg *message;
	int left;

	while ((message = curl_multi_info_read(http->multi, &left))) {
		CURLcode code = message->data.result;
		char *t = NULL;

		if (message->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &t);
		finish(http, (struct transfer *)(void *)t, code);
	}
}

int
http_poll(struct http *http, struct http_fd *fds, size_t count, int timeout_ms,
	struct err *err)
{
	struct curl_waitfd wait[FDS_MAX];
	unsigned used = 0;
	int running;

	for (size_t i = 0; i < count; i++) {
		fds[i].ready = false;
		if (fds[i].fd >= 0 && used < FDS_MAX)
			wait[used++] = (struct curl_waitfd){ fds[i].fd,
				CURL_WAIT_POLLIN, 0 };
	}
	if (curl_multi_poll(http->multi, wait, used, timeout_ms, NULL) !=
			CURLM_OK ||
		curl_multi_perform(http->multi, &running) != CURLM_OK)
		return err_set(err, "libcurl cannot go on");
	for (size_t i = 0, j = 0; i < count; i++)
		if (fds[i].fd >= 0 && j < used)
			fds[i].ready = wait[j++].revents != 0;
	finish_all(http);
	return 0;
}

void
http_wake(struct http *http)
{
	curl_multi_wakeup(http->multi);
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
