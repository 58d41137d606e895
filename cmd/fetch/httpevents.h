/*
 * The descriptors that an http set waits for, with epoll: however many
 * connections there are, a wait costs what the ready ones cost. A part of
 * http.
 *
 *	struct httpevents *ev = httpevents_new(&err);
 *	httpevents_want(ev, fd, HTTPEVENTS_IN);	(as libcurl asks)
 *	count = httpevents_wait(ev, ready, fds, fds_count, 1000, &err);
 *	httpevents_free(ev);
 */
#ifndef STET_FETCH_HTTPEVENTS_H
#define STET_FETCH_HTTPEVENTS_H

#include <stddef.h>

#include "cmd/fetch/http.h"
#include "common/base/err.h"

enum {
	HTTPEVENTS_IN = 1,
	HTTPEVENTS_OUT = 2,
	HTTPEVENTS_ERROR = 4,
	HTTPEVENTS_MAX = 64, /* ready at a time */
	HTTPEVENTS_FDS_MAX = 8
};

struct httpevents;

struct httpevents_ready {
	int fd;
	unsigned events;
};

/* -1 of errno as NULL and the reason. */
struct httpevents *httpevents_new(struct err *err);
void httpevents_free(struct httpevents *ev);

/* From here on `events` of fd are waited for; 0: none. */
void httpevents_want(struct httpevents *ev, int fd, unsigned events);

/*
 * A connection's descriptor that was opened, and that will be closed: only
 * for these is it known that they stay what they are, so that one which is
 * idle for a moment between two transfers costs no call. Others are forgotten
 * when nothing is wanted of them.
 */
void httpevents_opened(struct httpevents *ev, int fd);
void httpevents_closing(struct httpevents *ev, int fd);

/*
 * Waits until something is ready, one of the `fds` (at most
 * HTTPEVENTS_FDS_MAX) can be read, httpevents_wake is called or `timeout_ms`
 * have passed. Returns how many of `out` were filled, or -1.
 */
int httpevents_wait(struct httpevents *ev,
	struct httpevents_ready out[HTTPEVENTS_MAX], struct http_fd *fds,
	size_t count, int timeout_ms, struct err *err);

/* Ends a wait, from any thread; or the next one. */
void httpevents_wake(struct httpevents *ev);

#endif
