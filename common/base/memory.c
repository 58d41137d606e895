/*
 * malloc and its kin, for the whole process with all its libraries: where
 * there is no memory the process ends with status 3. Several libraries go on
 * after a failed allocation and give a text that is cut or wrong (json-c, the
 * set-up of iconv), and a wrong text in the archive is worse than none; what
 * was acknowledged is durable at any moment, so ending is safe.
 *
 * Only requests up to ENDS_BYTES end it: a library that asks for more on a
 * page's behalf can be refused, and is made for that. The linker takes this
 * file as the first that has a malloc; the C library's does the work, or that
 * of a library that is loaded before it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/base/sanitized.h"
#include "common/base/status.h"

#if !STET_SANITIZED

enum { ENDS_BYTES = 64 << 20 };

extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

/* Until they are looked up, which itself needs memory, the C library's. */
static void *(*next_malloc)(size_t) = __libc_malloc;
static void *(*next_calloc)(size_t, size_t) = __libc_calloc;
static void *(*next_realloc)(void *, size_t) = __libc_realloc;

__attribute__((constructor)) static void
look_up(void)
{
	void *found[3] = { dlsym(RTLD_NEXT, "malloc"),
		dlsym(RTLD_NEXT, "calloc"), dlsym(RTLD_NEXT, "realloc") };

	if (found[0])
		*(void **)(void *)&next_malloc = found[0];
	if (found[1])
		*(void **)(void *)&next_calloc = found[1];
	if (found[2])
		*(void **)(void *)&next_realloc = found[2];
}

static void *
checked(void *p, size_t size)
{
	static const char message[] = "stet: out of memory\n";

	if (p || size > ENDS_BYTES)
		return p;
	if (write(2, message, sizeof(message) - 1) < 0)
		_exit(STATUS_STOPPED);
	_exit(STATUS_STOPPED);
}

void *
malloc(size_t size)
{
	return checked(next_malloc(size), size);
}

void *
calloc(size_t count, size_t size)
{
	size_t all;

	if (__builtin_mul_overflow(count, size, &all))
		all = SIZE_MAX;
	return checked(next_calloc(count, size), all);
}

void *
realloc(void *old, size_t size)
{
	void *p = next_realloc(old, size);

	/* Of no bytes it is a free. */
	return size == 0 && old ? p : checked(p, size);
}

#endif
