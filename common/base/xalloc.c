#include "common/base/xalloc.h"

#include <string.h>
#include <unistd.h>

#include "common/base/status.h"

static void *
checked(void *p)
{
	static const char message[] = "stet: out of memory\n";

	if (p)
		return p;
	if (write(2, message, sizeof(message) - 1) < 0)
		_exit(STATUS_STOPPED);
	_exit(STATUS_STOPPED);
}

void *
xmalloc(size_t size)
{
	return checked(malloc(size ? size : 1));
}

void *
xcalloc(size_t count, size_t size)
{
	return checked(calloc(count ? count : 1, size ? size : 1));
}

void *
xrealloc(void *old, size_t size)
{
	return checked(realloc(old, size ? size : 1));
}

void *
xreallocarray(void *old, size_t count, size_t size)
{
	return checked(reallocarray(old, count ? count : 1, size ? size : 1));
}

char *
xstrdup(const char *c)
{
	return checked(strdup(c));
}

char *
xmemdup0(const void *bytes, size_t len)
{
	char *copy = xmalloc(len + 1);

	if (len)
		memcpy(copy, bytes, len);
	copy[len] = '\0';
	return copy;
}

void *
xgrow(void *array, size_t count, size_t *cap, size_t size)
{
	if (count < *cap)
		return array;
	*cap = *cap ? *cap * 2 : 16;
	return xreallocarray(array, *cap, size);
}
