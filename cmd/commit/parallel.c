#include "cmd/commit/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "common/base/xalloc.h"

enum { CHUNK = 4 }; /* items taken at once */

struct thread {
	struct parallel *parallel;
	size_t number;
	pthread_t id;
};

struct parallel {
	size_t wanted, started; /* besides the caller */
	struct thread threads[PARALLEL_MAX];
	pthread_mutex_t lock;
	pthread_cond_t begin, done;
	unsigned round; /* of parallel_for */
	size_t busy;    /* threads that have not ended this round */
	bool quit;
	atomic_size_t next;
	size_t count;
	void (*work)(void *context, size_t worker, size_t item);
	void *context;
};

struct parallel *
parallel_new(size_t threads)
{
	struct parallel *p = xcalloc(1, sizeof(*p));

	if (threads > PARALLEL_MAX)
		threads = PARALLEL_MAX;
	p->wanted = threads > 0 ? threads - 1 : 0;
	pthread_mutex_init(&p->lock, NULL);
	pthread_cond_init(&p->begin, NULL);
	pthread_cond_init(&p->done, NULL);
	return p;
}

size_t
parallel_threads(const struct parallel *p)
{
	return p->wanted + 1;
}

static void
take_items(struct parallel *p, size_t worker)
{
	size_t first;

	while ((first = atomic_fetch_add(&p->next, CHUNK)) < p->count)
		for (size_t i = first; i < first + CHUNK && i < p->count; i++)
			p->work(p->context, worker, i);
}

static void *
run(void *argument)
{
	struct thread *t = argument;
	struct parallel *p = t->parallel;
	unsigned seen = 0;

	pthread_mutex_lock(&p->lock);
	for (;;) {
		while (!p->quit && p->round == seen)
			pthread_cond_wait(&p->begin, &p->lock);
		if (p->quit)
			break;
		seen = p->round;
		pthread_mutex_unlock(&p->lock);
		take_items(p, t->number);
		pthread_mutex_lock(&p->lock);
		if (--p->busy == 0)
			pthread_cond_signal(&p->done);
	}
	pthread_mutex_unlock(&p->lock);
	return NULL;
}

/* Starts the threads that are wanted and not there; before any round. */
static void
start(struct parallel *p)
{
	while (p->started < p->wanted) {
		struct thread *t = &p->threads[p->started];

		t->parallel = p;
		t->number = p->started + 1;
		if (pthread_create(&t->id, NULL, run, t) != 0) {
			p->wanted = p->started;
			break;
		}
		p->started++;
	}
}

void
parallel_for(struct parallel *p, size_t count,
	void (*work)(void *context, size_t worker, size_t item),
	void *context)
{
	p->count = count;
	p->work = work;
	p->context = context;
	atomic_store(&p->next, 0);
	if (count <= CHUNK) {
		take_items(p, 0);
		return;
	}
	if (p->round == 0)
		start(p);
	pthread_mutex_lock(&p->lock);
	p->round++;
	p->busy = p->started;
	pthread_cond_broadcast(&p->begin);
	pthread_mutex_unlock(&p->lock);
	take_items(p, 0);
	pthread_mutex_lock(&p->lock);
	while (p->busy > 0)
		pthread_cond_wait(&p->done, &p->lock);
	pthread_mutex_unlock(&p->lock);
}

void
parallel_free(struct parallel *p)
{
	if (!p)
		return;
	pthread_mutex_lock(&p->lock);
	p->quit = true;
	pthread_cond_broadcast(&p->begin);
	pthread_mutex_unlock(&p->lock);
	for (size_t i = 0; i < p->started; i++)
		pthread_join(p->threads[i].id, NULL);
	pthread_mutex_destroy(&p->lock);
	pthread_cond_destroy(&p->begin);
	pthread_cond_destroy(&p->done);
	free(p);
}
