/*
 * The WARC output of a run, made in a thread of its own: the digests and a
 * slow reader hold up no transfer. Where records are compressed, one thread
 * more for each core beyond the first does so too, in any order; they are
 * written in the order in which they were put.
 *
 *	struct writer *w = writer_new(1, flags, &info, wake, context);
 *	writer_put(w, capture);	(for all that there is)
 *	writer_sync(w);
 *	if (writer_pending_bytes(w) > WRITER_PENDING_BYTES)
 *		... start nothing new for now
 *	if (writer_close(w, &err) < 0)
 *		... not all could be written
 */
#ifndef STET_FETCH_WRITER_H
#define STET_FETCH_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cmd/fetch/failure.h"
#include "cmd/fetch/http.h"
#include "cmd/fetch/job.h"
#include "common/article/link.h"
#include "common/base/err.h"

enum { WRITER_PENDING_BYTES = 1 << 20 }; /* stays in the caches */

/*
 * What one request gave: with a response a request record and a response (or,
 * with `unchanged`, a revisit), without one a metadata record.
 */
struct capture {
	struct capture *next;
	char *url;
	char *via;         /* the address before, or NULL */
	struct link *link; /* or NULL */
	int64_t date_s;
	struct http_response response; /* its buffers are the capture's own */
	bool unchanged;
	enum failure failure; /* FAILURE_NONE: there is a response */
	struct strbuf packed; /* its records, compressed */
	unsigned attempts;
	int64_t retry_after_s; /* 0: nothing asked for */
};

struct capture *capture_new(const char *url, const char *via,
	const struct link *link, int64_t date_s);
struct writer_info {
	int64_t date_s;
	const char *fields; /* the warcinfo's block, application/warc-fields */
	unsigned flags;     /* WARC_GZIP, WARC_ZSTD or 0 */
};

struct writer;

/*
 * Writes to `fd`, the warcinfo first. `wake(context)` is called, in the
 * thread, when pending bytes fall below WRITER_PENDING_BYTES or writing fails.
 */
struct writer *writer_new(int fd, const struct writer_info *info,
	void (*wake)(void *context), void *context);

/* Takes a capture, for the next writer_sync. */
void writer_put(struct writer *w, struct capture *c);

/* Bytes of the captures that writer_sync has not handed over yet. */
size_t writer_held_bytes(const struct writer *w);

/*
 * Hands what was put to the thread, and frees what that has written. Memory
 * goes back where it came from, so that neither thread waits for the other's
 * heap, and many captures wake the thread once.
 */
void writer_sync(struct writer *w);

/* Bytes of the captures that were not yet written at the last writer_sync. */
size_t writer_pending_bytes(const struct writer *w);

/* Whether the output could not be written any more then. */
bool writer_failed(const struct writer *w);

/* Writes what is there, ends the thread, frees w. */
int writer_close(struct writer *w, struct err *err);

#endif
