#include "cmd/fetch/writer.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "cmd/fetch/packers.h"
#include "common/base/utf8.h"
#include "common/base/xalloc.h"
#include "common/warc/warc.h"
#include "common/web/httpmsg.h"

enum {
	HEAD_BYTES = 2 * HTTP_HEAD_BYTES,
	UUID_BYTES = 16,
	RANDOM_BYTES = 256 * UUID_BYTES,
	MAKERS_MAX = 8
};

struct captures {
	struct capture *first, *last;
	size_t bytes;
};

/* What one thread needs to make records. */
struct maker {
	struct warc_writer *out;
	struct strbuf head; /* of the response that is being made */
	unsigned char random[RANDOM_BYTES];
	size_t random_left;
};

struct writer {
	struct writer_info info;
	char *fields; /* info's own copy */
	void (*wake)(void *context);
	void *context;
	pthread_t thread;

	/* the thread's own */
	struct maker *makers; /* the first is its own, the others helpers' */
	size_t makers_count;
	struct packers *packers; /* NULL: records are not compressed */
	struct err err;
	char info_id[WARC_ID_BYTES];

	/* the caller's own */
	struct captures put;
	size_t pending_bytes;
	bool seen_failed;

	/* shared by the two */
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct captures given, written;
	size_t given_bytes; /* and not yet written */
	bool waiting, closed, failed;
};

struct capture *
capture_new(const char *url, const char *via, const struct link *link,
	int64_t date_s)
{
	struct capture *c = xcalloc(1, sizeof(*c));

	c->url = xstrdup(url);
	c->via = via ? xstrdup(via) : NULL;
	c->link = link ? link_copy(link) : NULL;
	c->date_s = date_s;
	strbuf_init(&c->response.request, 0);
	strbuf_init(&c->response.head, 0);
	strbuf_init(&c->response.body, 0);
	strbuf_init(&c->packed, SIZE_MAX / 4);
	return c;
}

static void
capture_free(struct capture *c)
{
	if (!c)
		return;
	free(c->url);
	free(c->via);
	free(c->link);
	strbuf_release(&c->response.request);
	strbuf_release(&c->response.head);
	strbuf_release(&c->response.body);
	strbuf_release(&c->packed);
	free(c);
}

static size_t
capture_bytes(const struct capture *c)
{
	return sizeof(*c) + c->response.request.len + c->response.head.len +
		c->response.body.len;
}

/* Appends all of `from`, and empties it. */
static void
captures_move(struct captures *to, struct captures *from)
{
	if (!from->first)
		return;
	if (to->last)
		to->last->next = from->first;
	else
		to->first = from->first;
	to->last = from->last;
	to->bytes += from->bytes;
	*from = (struct captures){ .first = NULL };
}

static void
captures_free(struct captures *list)
{
	struct capture *c;

	while ((c = list->first)) {
		list->first = c->next;
		capture_free(c);
	}
}

/* The system is asked for many ids at a time: it takes as long as for one. */
static struct str
new_id(struct maker *m, char out[WARC_ID_BYTES])
{
	if (m->random_left == 0) {
		if (getrandom(m->random, RANDOM_BYTES, 0) != RANDOM_BYTES)
			abort();
		m->random_left = RANDOM_BYTES;
	}
	m->random_left -= UUID_BYTES;
	return warc_id(out, m->random + m->random_left);
}

/* Writes a record, or keeps it with its capture when it is compressed. */
static int
put_record(struct maker *m, struct capture *c, const struct warc_head *h,
	const struct str *pieces, size_t count, struct err *err)
{
	if (!err)
		warc_encode(m->out, &c->packed, h, pieces, count);
	return err ? warc_write(m->out, h, pieces, count, err) : 0;
}

static struct str
truncated(enum http_outcome outcome)
{
	switch (outcome) {
	case HTTP_CUT_LENGTH:
		return STR("length");
	case HTTP_CUT_TIME:
		return STR("time");
	case HTTP_CUT_LOST:
		return STR("disconnect");
	default:
		return STR("");
	}
}

/* What all records of a capture have in common. */
static struct warc_head
common_head(const struct capture *c, const char *ip)
{
	return (struct warc_head){
		.date_s = c->date_s,
		.uri = str_from(c->url),
		.ip = str_from(ip),
		.protocols = { str_from(c->response.protocol),
			str_from(c->response.tls) },
		.link = c->link,
		.via = str_from(c->via)
	};
}

static int
write_response(struct maker *m, struct capture *c, struct err *err)
{
	const struct http_response *r = &c->response;
	struct str pieces[2], request = strbuf_str(&r->request);
	char ip[CIDR_TEXT_BYTES], id[WARC_ID_BYTES], request_id[WARC_ID_BYTES];
	struct warc_head h = common_head(c, cidr_addr_text(ip, &r->addr));
	struct warc_field cipher = { STR("WARC-Cipher-Suite"),
		str_from(r->cipher) };

	strbuf_reset(&m->head);
	httpmsg_store_head(&m->head, strbuf_str(&r->head), r->body.len);
	pieces[0] = strbuf_str(&m->head);
	pieces[1] = strbuf_str(&r->body);
	h.type = c->unchanged ? WARC_REVISIT : WARC_RESPONSE;
	h.id = new_id(m, id);
	h.content_type = WARC_HTTP_RESPONSE;
	h.truncated = truncated(r->outcome);
	h.payload_piece = c->unchanged ? 0 : 1;
	h.extra = &cipher;
	h.extra_count = 1;
	if (c->unchanged) {
		h.profile = WARC_NOT_MODIFIED;
		h.refers_to_uri = h.uri;
	}
	if (put_record(m, c, &h, pieces, c->unchanged ? 1 : 2, err) < 0)
		return -1;
	h = common_head(c, ip);
	h.type = WARC_REQUEST;
	h.id = new_id(m, request_id);
	h.content_type = WARC_HTTP_REQUEST;
	h.concurrent_to = str_from(id);
	h.link = NULL;
	h.via = STR("");
	return put_record(m, c, &h, &request, 1, err);
}

/* Text of strangers as a value on one line. */
static void
add_detail(struct strbuf *out, const char *detail)
{
	size_t from = out->len;

	utf8_clean(out, str_from(detail));
	for (size_t i = from; i < out->len; i++)
		if ((unsigned char)out->ptr[i] < ' ' || out->ptr[i] == 127)
			out->ptr[i] = ' ';
}

static int
write_failure(struct maker *m, struct capture *c, struct err *err)
{
	const struct failure_info *info = failure_info(c->failure);
	struct strbuf *b = &m->head;
	struct warc_head h;
	char ip[CIDR_TEXT_BYTES], id[WARC_ID_BYTES];
	struct str block;

	strbuf_reset(b);
	strbuf_addf(b, "fetchStatus: %d\r\nfetchError: %s\r\nfetchDetail: ",
		info->code, info->word);
	add_detail(b, c->response.detail);
	strbuf_addf(b, "\r\nfetchTimeMs: %lld\r\nattempts: %u\r\n",
		(long long)c->response.time_ms, c->attempts);
	if (c->retry_after_s)
		strbuf_addf(b, "retryAfter: %lld\r\n",
			(long long)c->retry_after_s);
	block = strbuf_str(b);
	h = common_head(c, cidr_addr_text(ip, &c->response.addr));
	h.type = WARC_METADATA;
	h.id = new_id(m, id);
	h.content_type = WARC_FIELDS;
	h.protocols[0] = STR("");
	return put_record(m, c, &h, &block, 1, err);
}

static int
write_info(struct writer *w)
{
	struct str block = str_from(w->info.fields);
	struct warc_head h = {
		.type = WARC_INFO,
		.id = new_id(&w->makers[0], w->info_id),
		.date_s = w->info.date_s,
		.content_type = WARC_FIELDS
	};

	return warc_write(w->makers[0].out, &h, &block, 1, &w->err);
}

/* With an `err` the records are written, without they are kept. */
static int
make_records(struct maker *m, struct capture *c, struct err *err)
{
	return c->failure == FAILURE_NONE ? write_response(m, c, err) :
		write_failure(m, c, err);
}

/* What the packers do with a capture. */
static void
pack(void *context, size_t thread, struct capture *c)
{
	struct writer *w = context;

	make_records(&w->makers[thread], c, NULL);
	/* Its bytes are in the records now. */
	strbuf_release(&c->response.body);
}

static int
write_all(struct writer *w, struct capture *list)
{
	struct warc_writer *out = w->makers[0].out;

	if (w->packers)
		packers_run(w->packers, list);
	for (; list; list = list->next) {
		int failed = w->packers ? warc_write_encoded(out,
			strbuf_str(&list->packed), &w->err) :
			make_records(&w->makers[0], list, &w->err);

		if (failed)
			return -1;
	}
	/* Nobody waits for a record that is ready. */
	return warc_writer_flush(out, &w->err);
}

/*
 * Hands back what has been written and takes what is there: false when closed
 * and empty. The lock is held.
 */
static bool
take(struct writer *w, struct captures *list, bool failed)
{
	bool was_full = w->given_bytes > WRITER_PENDING_BYTES;

	w->given_bytes -= list->bytes;
	captures_move(&w->written, list);
	if (failed && !w->failed)
		was_full = w->failed = true;
	if (was_full &&
		(w->failed || w->given_bytes <= WRITER_PENDING_BYTES))
		w->wake(w->context);
	w->waiting = true;
	while (!w->given.first && !w->closed)
		pthread_cond_wait(&w->changed, &w->lock);
	w->waiting = false;
	captures_move(list, &w->given);
	return list->first != NULL;
}

static void *
work(void *context)
{
	struct writer *w = context;
	struct captures list = { .first = NULL };
	bool failed = write_info(w) < 0 ||
		warc_writer_flush(w->makers[0].out, &w->err) < 0;

	pthread_mutex_lock(&w->lock);
	while (take(w, &list, failed)) {
		pthread_mutex_unlock(&w->lock);
		failed = failed || write_all(w, list.first) < 0;
		pthread_mutex_lock(&w->lock);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

/* One for each core, but for the one that the transfers need. */
static size_t
count_makers(unsigned flags)
{
	long cores = flags ? sysconf(_SC_NPROCESSORS_ONLN) : 1;

	return cores < 1 ? 1 : cores < MAKERS_MAX ? (size_t)cores : MAKERS_MAX;
}

static void
open_makers(struct writer *w, int fd)
{
	w->makers_count = count_makers(w->info.flags);
	w->makers = xcalloc(w->makers_count, sizeof(*w->makers));
	for (size_t i = 0; i < w->makers_count; i++) {
		w->makers[i].out = warc_writer_new(fd, w->info.flags);
		strbuf_init(&w->makers[i].head, HEAD_BYTES);
	}
	if (w->info.flags)
		w->packers = packers_new(w->makers_count - 1, pack, w);
}

static void
close_makers(struct writer *w)
{
	packers_free(w->packers);
	for (size_t i = 0; i < w->makers_count; i++) {
		warc_writer_free(w->makers[i].out);
		strbuf_release(&w->makers[i].head);
	}
	free(w->makers);
}

struct writer *
writer_new(int fd, const struct writer_info *info, void (*wake)(void *context),
	void *context)
{
	struct writer *w = xcalloc(1, sizeof(*w));

	w->info = *info;
	w->info.fields = w->fields = xstrdup(info->fields);
	w->wake = wake;
	w->context = context;
	open_makers(w, fd);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->changed, NULL);
	if (pthread_create(&w->thread, NULL, work, w) != 0)
		abort();
	return w;
}

void
writer_put(struct writer *w, struct capture *c)
{
	struct captures one = { c, c, capture_bytes(c) };

	c->next = NULL;
	w->pending_bytes += one.bytes;
	captures_move(&w->put, &one);
}

size_t
writer_held_bytes(const struct writer *w)
{
	return w->put.bytes;
}

void
writer_sync(struct writer *w)
{
	struct captures written = { .first = NULL };

	pthread_mutex_lock(&w->lock);
	w->given_bytes += w->put.bytes;
	captures_move(&w->given, &w->put);
	captures_move(&written, &w->written);
	w->seen_failed = w->failed;
	if (w->given.first && w->waiting)
		pthread_cond_signal(&w->changed);
	pthread_mutex_unlock(&w->lock);
	w->pending_bytes -= written.bytes;
	captures_free(&written);
}

size_t
writer_pending_bytes(const struct writer *w)
{
	return w->pending_bytes;
}

bool
writer_failed(const struct writer *w)
{
	return w->seen_failed;
}

int
writer_close(struct writer *w, struct err *err)
{
	bool failed;

	writer_sync(w);
	pthread_mutex_lock(&w->lock);
	w->closed = true;
	pthread_cond_signal(&w->changed);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	failed = w->failed;
	if (failed && err)
		*err = w->err;
	captures_free(&w->written);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->changed);
	close_makers(w);
	free(w->fields);
	free(w);
	return failed ? -1 : 0;
}
