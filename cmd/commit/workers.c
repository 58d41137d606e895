#include "cmd/commit/workers.h"

#include "cmd/commit/packwriter.h"
#include "common/base/xalloc.h"

enum { WORKER_ARENA_BYTES = 512 << 20 };

struct job {
	struct workers *workers;
	struct record **records;
	struct change **judges;
};

void
workers_init(struct workers *w, size_t threads)
{
	w->parallel = parallel_new(threads);
	w->count = parallel_threads(w->parallel);
	w->items = xcalloc(w->count, sizeof(*w->items));
	for (size_t i = 0; i < w->count; i++) {
		arena_init(&w->items[i].arena, WORKER_ARENA_BYTES);
		strbuf_init(&w->items[i].text, DOCUMENT_BYTES);
		w->items[i].zlib = gzipzlib_new(PACK_DEFLATE_LEVEL);
	}
}

void
workers_release(struct workers *w)
{
	parallel_free(w->parallel);
	for (size_t i = 0; i < w->count; i++) {
		arena_release(&w->items[i].arena);
		strbuf_release(&w->items[i].text);
		gzipzlib_free(w->items[i].zlib);
	}
	free(w->items);
}

void
workers_reset(struct workers *w)
{
	for (size_t i = 0; i < w->count; i++)
		arena_reset(&w->items[i].arena);
}

static void
parse(void *context, size_t worker, size_t item)
{
	struct job *job = context;

	record_parse(job->records[item], &job->workers->items[worker].arena);
}

void
workers_parse(struct workers *w, struct record **records, size_t count)
{
	struct job job = { w, records, NULL };

	parallel_for(w->parallel, count, parse, &job);
}

static int
fail(struct record *r, const char *reason)
{
	r->failure = str_from(reason);
	r->has_document = false;
	return -1;
}

int
worker_describe(struct worker *worker, struct record *r)
{
	struct str url = r->known ? r->row.url : r->url;

	if (r->article.first_url.len > 0)
		url = r->article.first_url;
	r->has_verdict = r->has_previous = false;
	r->stream = STR("");
	if (document_from_article(&r->document, &r->article, url,
		    &worker->arena, NULL) < 0)
		return fail(r, "record is too large");
	if (r->document.blocks_count == 0 && r->document.title.len == 0)
		return fail(r, "no title and no text");
	strbuf_reset(&worker->text);
	document_print(&worker->text, &r->document);
	r->bytes = arena_dup(&worker->arena, strbuf_str(&worker->text));
	if (!r->bytes.ptr || strbuf_overflowed(&worker->text) ||
		gitoid_of(&r->blob, GIT_BLOB_KIND, r->bytes.ptr, r->bytes.len,
			NULL) < 0)
		return fail(r, "record is too large");
	r->sketches_count = sketch_of(r->sketches, sketch_site(r->key),
		&r->document);
	r->has_document = true;
	return 0;
}

static void
describe(void *context, size_t worker, size_t item)
{
	struct job *job = context;
	struct record *r = job->records[item];

	if (r->failure.len == 0 && r->article.event == EVENT_ARTICLE)
		worker_describe(&job->workers->items[worker], r);
}

void
workers_describe(struct workers *w, struct record **records, size_t count)
{
	struct job job = { w, records, NULL };

	parallel_for(w->parallel, count, describe, &job);
}

int
worker_compare(struct worker *worker, struct change *judge, struct record *r,
	struct err *err)
{
	const struct article *a = &r->article;
	struct change_input in = { &r->previous, &r->document,
		{ r->row.digest, r->row.extractor, r->row.etag,
			r->row.last_modified },
		{ a->payload_digest, a->extractor, a->etag, a->last_modified },
		r->row.source };

	(void)worker;
	r->has_verdict = change_judge(&r->verdict, judge, &in, err) == 0;
	if (r->has_verdict)
		changefacts_of(&r->facts, change_align(judge), &in,
			r->verdict.classes);
	return r->has_verdict ? 0 : -1;
}

static void
deflate(struct worker *worker, struct record *r)
{
	strbuf_reset(&worker->text);
	if (gzipzlib_deflate(worker->zlib, &worker->text, r->bytes) < 0)
		return;
	r->stream = arena_dup(&worker->arena, strbuf_str(&worker->text));
	if (!r->stream.ptr)
		r->stream = STR("");
}

static void
compare(void *context, size_t number, size_t item)
{
	struct job *job = context;
	struct worker *worker = &job->workers->items[number];
	struct record *r = job->records[item];

	if (!r->has_document ||
		(r->known && gitoid_eq(&r->blob, &r->row.blob)))
		return;
	/* Where this fails the one who stores the record meets it again. */
	if (r->has_previous)
		worker_compare(worker, job->judges[number], r, NULL);
	deflate(worker, r);
}

void
workers_compare(struct workers *w, struct change **judges,
	struct record **records, size_t count)
{
	struct job job = { w, records, judges };

	parallel_for(w->parallel, count, compare, &job);
}
