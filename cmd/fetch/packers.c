#include "cmd/fetch/packers.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

#include "common/base/xalloc.h"

struct helper {
	struct packers *packers;
	size_t number;
	pthread_t thread;
};

struct packers {
	void (*pack)(void *context, size_t thread, struct capture *c);
	void *context;
	struct helper *helpers;
	size_t count;

	/* shared by all: */
	pthread_mutex_t lock;
	pthread_cond_t given, done;
	struct capture *next; /* that nobody has taken */
	size_t at_work;       /* captures that are taken and not done */
	bool ended;
};

/* Deals with what is there until nothing is left. The lock is held. */
static void
deal(struct packers *p, size_t thread)
{
	struct capture *c;

	while ((c = p->next)) {
		p->next = c->next;
		p->at_work++;
		pthread_mutex_unlock(&p->lock);
		p->pack(p->context, thread, c);
		pthread_mutex_lock(&p->lock);
		p->at_work--;
	}
	if (p->at_work == 0)
		pthread_cond_signal(&p->done);
}

static void *
help(void *context)
{
	struct helper *h = context;
	struct packers *p = h->packers;

	pthread_mutex_lock(&p->lock);
	while (!p->ended) {
		deal(p, h->number);
		if (!p->ended)
			pthread_cond_wait(&p->given, &p->lock);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

struct packers *
packers_new(size_t helpers, void (*pack)(void *context, size_t thread,
	struct capture *c), void *context)
{
	struct packers *p = xcalloc(1, sizeof(*p));

	p->pack = pack;
	p->context = context;
	p->helpers = xcalloc(helpers + 1, sizeof(*p->helpers));
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->given, NULL);
	pthread_cond_init(&p->done, NULL);
	for (; p->count < helpers; p->count++) {
		struct helper *h = &p->helpers[p->count];

		*h = (struct helper){ .packers = p, .number = p->count + 1 };
		/* Without it the work is done by fewer. */
		if (pthread_create(&h->thread, NULL, help, h) != 0)
			break;
	}
	return p;
}

void
packers_run(struct packers *p, struct capture *list)
{
	pthread_mutex_lock(&p->lock);
	p->next = list;
	if (p->count > 0 && list && list->next)
		pthread_cond_broadcast(&p->given);
	deal(p, 0);
	while (p->at_work > 0)
		pthread_cond_wait(&p->done, &p->lock);
	pthread_mutex_unlock(&p->lock);
}

void
packers_free(struct packers *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->ended = true;
	pthread_cond_broadcast(&p->given);
	pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < p->count; i++)
		pthread_join(p->helpers[i].thread, NULL);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->given);
	pthread_cond_destroy(&p->done);
	free(p->helpers);
	free(p);
}
