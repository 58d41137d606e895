#include "common/base/strbuf.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "common/base/xalloc.h"

static char empty[1] = "";

void
strbuf_init(struct strbuf *b, size_t max)
{
	*b = (struct strbuf){ .ptr = empty, .max = max };
}

void
strbuf_reset(struct strbuf *b)
{
	b->len = 0;
	b->overflowed = false;
	if (b->cap)
		b->ptr[0] = '\0';
}

void
strbuf_release(struct strbuf *b)
{
	if (b->cap)
		free(b->ptr);
	strbuf_init(b, b->max);
}

bool
strbuf_overflowed(const struct strbuf *b)
{
	return b->overflowed;
}

struct str
strbuf_str(const struct strbuf *b)
{
	return (struct str){ b->ptr, b->len };
}

char *
strbuf_room(struct strbuf *b, size_t len)
{
	size_t cap = b->cap ? b->cap : 64;

	if (b->overflowed || len > b->max || b->len > b->max - len) {
		b->overflowed = true;
		return NULL;
	}
	/* max is below SIZE_MAX / 2 in every use, so doubling cannot wrap. */
	while (cap < b->len + len + 1)
		cap *= 2;
	if (cap != b->cap) {
		b->ptr = xrealloc(b->cap ? b->ptr : NULL, cap);
		b->cap = cap;
	}
	return b->ptr + b->len;
}

void
strbuf_grew(struct strbuf *b, size_t len)
{
	b->len += len;
	b->ptr[b->len] = '\0';
}

void
strbuf_add(struct strbuf *b, const void *bytes, size_t len)
{
	char *room = strbuf_room(b, len);

	if (!room || len == 0)
		return;
	memcpy(room, bytes, len);
	strbuf_grew(b, len);
}

void
strbuf_adds(struct strbuf *b, struct str s)
{
	strbuf_add(b, s.ptr, s.len);
}

void
strbuf_addc(struct strbuf *b, char c)
{
	strbuf_add(b, &c, 1);
}

__attribute__((format(printf, 2, 0)))
static void
strbuf_addvf(struct strbuf *b, const char *format, va_list args)
{
	size_t left = b->cap ? b->cap - b->len : 0;
	va_list again;
	int len;

	/* Into the room that there is; once more when it was too small. */
	va_copy(again, args);
	len = vsnprintf(left ? b->ptr + b->len : NULL, left, format, args);
	if (len >= 0 && strbuf_room(b, (size_t)len)) {
		if ((size_t)len >= left)
			vsnprintf(b->ptr + b->len, (size_t)len + 1, format,
				again);
		strbuf_grew(b, (size_t)len);
	} else if (left) {
		b->ptr[b->len] = '\0';
	}
	va_end(again);
}

void
strbuf_addf(struct strbuf *b, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	strbuf_addvf(b, format, args);
	va_end(args);
}

void
strbuf_cut(struct strbuf *b, size_t len)
{
	if (len >= b->len)
		return;
	b->len = len;
	b->ptr[len] = '\0';
}
