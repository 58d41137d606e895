/*
 * A growing byte buffer with a maximum. Reaching the maximum does not abort
 * and does not cut in silence: the buffer keeps what it had, drops further
 * bytes and remembers it, so that a caller may append freely and ask once.
 *
 *	struct strbuf b;
 *	strbuf_init(&b, 1 << 20);
 *	strbuf_addf(&b, "%zu records", n);
 *	if (strbuf_overflowed(&b))
 *		... more than 1 MiB was wanted
 *	strbuf_release(&b);
 *
 * `ptr` is always NUL-terminated, never NULL. Running out of memory ends the
 * process with status 3.
 */
#ifndef STET_STRBUF_H
#define STET_STRBUF_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "common/base/str.h"

struct strbuf {
	char *ptr;
	size_t len;
	size_t cap;
	size_t max;
	bool overflowed;
};

/* Fills b with an empty buffer of at most `max` bytes; allocates nothing. */
void strbuf_init(struct strbuf *b, size_t max);

/* Empties b, keeps its storage. */
void strbuf_reset(struct strbuf *b);

/* Drops the storage; b is then as after strbuf_init. */
void strbuf_release(struct strbuf *b);

/* Whether an append was refused since the last reset. */
bool strbuf_overflowed(const struct strbuf *b);

/* The contents as a view, valid until b is next changed. */
struct str strbuf_str(const struct strbuf *b);

/* Appends. */
void strbuf_add(struct strbuf *b, const void *bytes, size_t len);
void strbuf_adds(struct strbuf *b, struct str s);
void strbuf_addc(struct strbuf *b, char c);
void strbuf_addf(struct strbuf *b, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * Room for `len` more bytes at the end; returns where to write them, or NULL
 * at the maximum. strbuf_grew tells how many were written.
 */
char *strbuf_room(struct strbuf *b, size_t len);
void strbuf_grew(struct strbuf *b, size_t len);

/* Shortens b to `len` bytes; a larger `len` does nothing. */
void strbuf_cut(struct strbuf *b, size_t len);

#endif
