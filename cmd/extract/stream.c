/*
 * With one worker the records are read and extracted in turn. With several,
 * the caller's thread reads records into a ring of slots, the workers take
 * them in order, and whoever completes the oldest open slot writes it and
 * what is ready behind it. So the output has the order of the input, a slow
 * input holds nothing back, and what is in memory is bounded by the ring.
 */
#include "cmd/extract/stream.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>

#include "cmd/extract/verdict/event.h"
#include "cmd/extract/output.h"
#include "common/base/fdwrite.h"
#include "common/base/msg.h"
#include "common/base/status.h"
#include "common/base/xalloc.h"
#include "common/warc/warc.h"
#include "common/warc/warctally.h"

enum {
	BLOCK_BYTES = EVENT_BODY_BYTES + (1 << 20), /* with its HTTP head */
	RECORD_BYTES = 8 << 20, /* what a record says of itself */
	KEPT_BYTES = 4 << 20 /* of a slot's storage from record to record */
};

enum slot_state { SLOT_FREE, SLOT_READ, SLOT_TAKEN, SLOT_DONE };

struct slot {
	enum slot_state state;
	struct warc_record warc;
	struct strbuf line;
};

/* One worker's storage. */
struct worker {
	struct stream *stream;
	struct extract extract;
	struct strbuf body; /* of HTTP, decoded */
	struct arena arena; /* of what the record itself says */
	pthread_t thread;
};

struct stream {
	const struct selectors *rules;
	struct tally *done; /* the records so far */
	int out_fd;
	struct slot *slots;
	size_t slots_count;
	uint64_t next_read, next_take, next_write; /* counted from 0 */
	bool ended;
	bool partial; /* some records had no article */
	struct warctally tally;
	bool tally_told; /* ... and that is a failure */
	atomic_size_t feeds, lines; /* met; written */
	int write_errno;
	pthread_mutex_t mutex;
	pthread_cond_t filled, freed;
};

/*
 * The line of one record; empty when it gives none. Returns whether there was
 * no article to be had.
 */
static bool
extract_record(struct strbuf *line, struct worker *w,
	const struct warc_record *warc)
{
	struct article article = { .event = EVENT_FAILED };
	struct event event;
	enum event_kind kind;

	arena_reset(&w->arena);
	strbuf_reset(line);
	kind = event_read(&event, &article, warc, &w->body, &w->arena);
	article.extractor = STR("stet/" STET_VERSION);
	if (kind == EVENT_FEED)
		w->stream->feeds++;
	if (kind == EVENT_SKIP || kind == EVENT_FEED)
		return false;
	w->stream->lines++;
	if (kind == EVENT_PAGE)
		extract_page(&article, &w->extract, &event,
			w->stream->rules);
	output_line(line, &article);
	if (w->body.cap > KEPT_BYTES)
		strbuf_release(&w->body);
	return output_failure(&article);
}

static void
slot_init(struct slot *s)
{
	s->state = SLOT_FREE;
	warc_record_init(&s->warc);
	strbuf_init(&s->line, ARTICLE_LINE_BYTES);
}

/* What a huge record took is not kept for the small ones after it. */
static void
slot_clear(struct slot *s)
{
	if (s->warc.storage.cap > KEPT_BYTES)
		warc_record_release(&s->warc);
	if (s->line.cap > KEPT_BYTES)
		strbuf_release(&s->line);
	strbuf_reset(&s->line);
	s->state = SLOT_FREE;
}

static void
slot_release(struct slot *s)
{
	warc_record_release(&s->warc);
	strbuf_release(&s->line);
}

static void
worker_init(struct worker *w, struct stream *s)
{
	w->stream = s;
	extract_init(&w->extract);
	strbuf_init(&w->body, EVENT_BODY_BYTES);
	arena_init(&w->arena, RECORD_BYTES);
}

static void
worker_release(struct worker *w)
{
	extract_release(&w->extract);
	strbuf_release(&w->body);
	arena_release(&w->arena);
}

static struct slot *
slot_at(struct stream *s, uint64_t number)
{
	return &s->slots[number % s->slots_count];
}

/* Writes the slots that are done, oldest first. The mutex is held. */
static void
write_done(struct stream *s)
{
	while (s->next_write < s->next_take) {
		struct slot *slot = slot_at(s, s->next_write);

		if (slot->state != SLOT_DONE)
			break;
		if (!s->write_errno &&
			fdwrite_all(s->out_fd, strbuf_str(&slot->line),
				NULL) < 0)
			s->write_errno = errno;
		slot_clear(slot);
		s->next_write++;
		pthread_cond_signal(&s->freed);
	}
}

static void *
work(void *arg)
{
	struct worker *w = arg;
	struct stream *s = w->stream;

	pthread_mutex_lock(&s->mutex);
	for (;;) {
		struct slot *slot;
		bool failed;

		while (s->next_take == s->next_read && !s->ended)
			pthread_cond_wait(&s->filled, &s->mutex);
		if (s->next_take == s->next_read)
			break;
		slot = slot_at(s, s->next_take++);
		slot->state = SLOT_TAKEN;
		pthread_mutex_unlock(&s->mutex);
		failed = extract_record(&slot->line, w, &slot->warc);
		pthread_mutex_lock(&s->mutex);
		s->partial = s->partial || failed;
		tally_count(s->done, failed);
		slot->state = SLOT_DONE;
		write_done(s);
	}
	pthread_mutex_unlock(&s->mutex);
	return NULL;
}

/*
 * The next record, as warc_next gives it; what was wrong with it is told, and
 * at the end what was wrong with all.
 */
static int
next_record(struct stream *s, struct warc_reader *in, struct warc_record *r,
	struct err *err)
{
	int got = warc_next(in, r, err);

	if (got == WARC_SKIPPED)
		msg_warn("%s", err->text);
	if (got == WARC_RECORD && r->remark.text[0])
		msg_warn("record %llu ('%.*s'): %s",
			(unsigned long long)r->number,
			STR_ARGS(str_sub(r->uri, 0, 200)), r->remark.text);
	if (got > 0)
		warctally_add(&s->tally, got, r);
	if (got == WARC_END && warctally_tell(err, &s->tally)) {
		msg_warn("%s", err->text);
		s->tally_told = true;
	}
	return got;
}

/* Reads records into the ring until the input ends or the output fails. */
static int
fill(struct stream *s, struct warc_reader *in, struct err *err)
{
	for (;;) {
		struct slot *slot = slot_at(s, s->next_read);
		struct err why;
		int got;

		pthread_mutex_lock(&s->mutex);
		while (s->next_read - s->next_write == s->slots_count)
			pthread_cond_wait(&s->freed, &s->mutex);
		got = s->write_errno;
		pthread_mutex_unlock(&s->mutex);
		if (got)
			return STATUS_OK;
		got = next_record(s, in, &slot->warc, &why);
		if (got == WARC_END)
			return STATUS_OK;
		if (got == WARC_ERROR) {
			*err = why;
			return STATUS_STOPPED;
		}
		if (got == WARC_SKIPPED)
			continue;
		pthread_mutex_lock(&s->mutex);
		slot->state = SLOT_READ;
		s->next_read++;
		pthread_cond_signal(&s->filled);
		pthread_mutex_unlock(&s->mutex);
	}
}

static int
run_threads(struct stream *s, struct warc_reader *in, int64_t count,
	struct err *err)
{
	struct worker *workers = xcalloc((size_t)count, sizeof(*workers));
	int64_t started = 0;
	int status = STATUS_STOPPED;

	for (; started < count; started++) {
		worker_init(&workers[started], s);
		if (pthread_create(&workers[started].thread, NULL, work,
			    &workers[started]) != 0) {
			worker_release(&workers[started]);
			break;
		}
	}
	if (started > 0)
		status = fill(s, in, err);
	else
		err_set(err, "cannot start a thread");
	pthread_mutex_lock(&s->mutex);
	s->ended = true;
	pthread_cond_broadcast(&s->filled);
	pthread_mutex_unlock(&s->mutex);
	while (started-- > 0) {
		pthread_join(workers[started].thread, NULL);
		worker_release(&workers[started]);
	}
	free(workers);
	return status;
}

static int
run_alone(struct stream *s, struct warc_reader *in, struct err *err)
{
	struct slot *slot = &s->slots[0];
	struct worker w;
	struct err why;
	bool failed;
	int got, status = STATUS_OK;

	worker_init(&w, s);
	while ((got = next_record(s, in, &slot->warc, &why)) > 0) {
		if (got == WARC_SKIPPED)
			continue;
		failed = extract_record(&slot->line, &w, &slot->warc);
		s->partial = s->partial || failed;
		tally_count(s->done, failed);
		if (fdwrite_all(s->out_fd, strbuf_str(&slot->line), NULL) < 0) {
			s->write_errno = errno;
			break;
		}
		slot_clear(slot);
	}
	if (got == WARC_ERROR) {
		*err = why;
		status = STATUS_STOPPED;
	}
	worker_release(&w);
	return status;
}

int
stream_run(int in_fd, int out_fd, const struct selectors *rules,
	int64_t workers, struct tally *tally, struct err *err)
{
	struct stream s = { .rules = rules, .done = tally, .out_fd = out_fd,
		.slots_count = workers > 1 ? (size_t)workers * 2 : 1,
		.mutex = PTHREAD_MUTEX_INITIALIZER,
		.filled = PTHREAD_COND_INITIALIZER,
		.freed = PTHREAD_COND_INITIALIZER };
	struct warc_reader *in = warc_reader_new(in_fd, BLOCK_BYTES);
	int status;

	s.slots = xcalloc(s.slots_count, sizeof(*s.slots));
	for (size_t i = 0; i < s.slots_count; i++)
		slot_init(&s.slots[i]);
	status = workers > 1 ? run_threads(&s, in, workers, err) :
		run_alone(&s, in, err);
	if (status == STATUS_OK && s.feeds > 0 && s.lines == 0) {
		msg_warn("nothing came out: it holds feeds or sitemaps (%zu), "
			"which stet links reads", (size_t)s.feeds);
		status = STATUS_PARTIAL;
	}
	if (status == STATUS_OK && (s.partial || s.tally_told))
		status = STATUS_PARTIAL;
	if (s.write_errno) {
		errno = s.write_errno;
		err_errno(err, "cannot write the output");
		status = STATUS_STOPPED;
	}
	for (size_t i = 0; i < s.slots_count; i++)
		slot_release(&s.slots[i]);
	free(s.slots);
	warc_reader_free(in);
	return status;
}
