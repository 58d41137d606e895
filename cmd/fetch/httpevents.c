/*
 * What is wanted is told to the kernel only before a wait: a connection that
 * one transfer leaves and the next one takes at once stays as it is. The
 * danger is a descriptor that was closed, which the kernel then forgets, and
 * whose number means something else by now; so `known` is what the kernel
 * holds, and is forgotten with every close that may be.
 */
#include "cmd/fetch/httpevents.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "common/base/xalloc.h"

struct watch {
	unsigned char wanted, known;
	bool ours;  /* opened and closed under our eyes */
	bool dirty; /* stands in the list */
};

struct httpevents {
	int epoll, wake;
	struct watch *watches; /* by descriptor */
	size_t watches_cap;
	int *dirty;
	size_t dirty_count, dirty_cap;
};

struct httpevents *
httpevents_new(struct err *err)
{
	struct httpevents *ev = xcalloc(1, sizeof(*ev));

	ev->epoll = epoll_create1(EPOLL_CLOEXEC);
	ev->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (ev->epoll >= 0 && ev->wake >= 0)
		return ev;
	err_errno(err, "cannot wait for connections");
	httpevents_free(ev);
	return NULL;
}

void
httpevents_free(struct httpevents *ev)
{
	if (!ev)
		return;
	if (ev->epoll >= 0)
		close(ev->epoll);
	if (ev->wake >= 0)
		close(ev->wake);
	free(ev->watches);
	free(ev->dirty);
	free(ev);
}

static struct watch *
watch_of(struct httpevents *ev, int fd)
{
	size_t cap = ev->watches_cap ? ev->watches_cap : 64;

	while (cap <= (size_t)fd)
		cap *= 2;
	if (cap != ev->watches_cap) {
		ev->watches = xreallocarray(
			ev->watches, cap, sizeof(*ev->watches));
		memset(ev->watches + ev->watches_cap, 0,
			(cap - ev->watches_cap) * sizeof(*ev->watches));
		ev->watches_cap = cap;
	}
	return &ev->watches[fd];
}

/* Tells the kernel what is wanted of a descriptor. */
static void
tell(struct httpevents *ev, int fd, struct watch *w)
{
	struct epoll_event event = { .data.fd = fd };
	int how = !w->wanted ? EPOLL_CTL_DEL :
		w->known     ? EPOLL_CTL_MOD : EPOLL_CTL_ADD;

	if (w->wanted & HTTPEVENTS_IN)
		event.events |= EPOLLIN;
	if (w->wanted & HTTPEVENTS_OUT)
		event.events |= EPOLLOUT;
	w->known = w->wanted;
	if (epoll_ctl(ev->epoll, how, fd, &event) < 0 && w->wanted &&
		epoll_ctl(ev->epoll, errno == ENOENT ? EPOLL_CTL_ADD
			: EPOLL_CTL_MOD, fd, &event) < 0)
		w->known = 0;
}

void
httpevents_want(struct httpevents *ev, int fd, unsigned events)
{
	struct watch *w = watch_of(ev, fd);

	w->wanted = (unsigned char)events;
	if (!events && !w->ours && w->known)
		tell(ev, fd, w);
	if (w->dirty)
		return;
	w->dirty = true;
	ev->dirty = xgrow(ev->dirty, ev->dirty_count, &ev->dirty_cap,
		sizeof(*ev->dirty));
	ev->dirty[ev->dirty_count++] = fd;
}

void
httpevents_opened(struct httpevents *ev, int fd)
{
	struct watch *w = watch_of(ev, fd);

	w->wanted = w->known = 0;
	w->ours = true;
}

void
httpevents_closing(struct httpevents *ev, int fd)
{
	struct watch *w = watch_of(ev, fd);

	w->wanted = w->known = 0;
	w->ours = false;
}

static void
tell_all(struct httpevents *ev)
{
	for (size_t i = 0; i < ev->dirty_count; i++) {
		int fd = ev->dirty[i];
		struct watch *w = &ev->watches[fd];

		w->dirty = false;
		/* What is not wanted may be again; take_ready sees to it. */
		if (w->wanted && w->wanted != w->known)
			tell(ev, fd, w);
	}
	ev->dirty_count = 0;
}

static int
take_ready(struct httpevents *ev, struct httpevents_ready *out)
{
	struct epoll_event events[HTTPEVENTS_MAX];
	int count = epoll_wait(ev->epoll, events, HTTPEVENTS_MAX, 0), used = 0;

	for (int i = 0; i < count; i++) {
		int fd = events[i].data.fd;
		struct watch *w = &ev->watches[fd];
		unsigned got = events[i].events;

		if (!w->wanted) {
			tell(ev, fd, w);
			continue;
		}
		out[used].fd = fd;
		out[used++].events = (got & EPOLLIN ? HTTPEVENTS_IN : 0) |
			(got & EPOLLOUT ? HTTPEVENTS_OUT : 0) |
			(got & (EPOLLERR | EPOLLHUP) ? HTTPEVENTS_ERROR : 0);
	}
	return used;
}

int
httpevents_wait(struct httpevents *ev,
	struct httpevents_ready out[HTTPEVENTS_MAX], struct http_fd *fds,
	size_t count, int timeout_ms, struct err *err)
{
	struct pollfd wait[HTTPEVENTS_FDS_MAX + 2] = {
		{ .fd = ev->epoll, .events = POLLIN },
		{ .fd = ev->wake, .events = POLLIN }
	};
	uint64_t times;

	assert(count <= HTTPEVENTS_FDS_MAX);
	for (size_t i = 0; i < count; i++)
		wait[i + 2] = (struct pollfd){ fds[i].fd, POLLIN, 0 };
	tell_all(ev);
	if (poll(wait, count + 2, timeout_ms) < 0 && errno != EINTR)
		return err_errno(err, "cannot wait for connections");
	for (size_t i = 0; i < count; i++)
		fds[i].ready = wait[i + 2].revents != 0;
	if (wait[1].revents && read(ev->wake, &times, sizeof(times)) < 0 &&
		errno != EAGAIN)
		return err_errno(err, "cannot wait for connections");
	return wait[0].revents ? take_ready(ev, out) : 0;
}

void
httpevents_wake(struct httpevents *ev)
{
	uint64_t once = 1;

	if (write(ev->wake, &once, sizeof(once)) < 0)
		return; /* a wake-up is pending already */
}
