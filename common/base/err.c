#include "common/base/err.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int
err_set(struct err *err, const char *format, ...)
{
	va_list args;

	if (!err)
		return -1;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	return -1;
}

int
err_prefix(struct err *err, const char *format, ...)
{
	struct err old;
	va_list args;
	size_t len;

	if (!err)
		return -1;
	old = *err;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	len = strlen(err->text);
	snprintf(err->text + len, sizeof(err->text) - len, ": %s", old.text);
	return -1;
}

static bool of_system;

void
err_note(int number)
{
	static const int hard[] = { EIO, ENOSPC, EDQUOT, EFBIG, EMFILE, ENFILE,
		ENOMEM, ENOLCK, ESTALE };

	for (size_t i = 0; i < sizeof(hard) / sizeof(hard[0]); i++)
		of_system |= number == hard[i];
}

bool
err_of_system(void)
{
	return of_system;
}

int
err_errno(struct err *err, const char *format, ...)
{
	int saved = errno;
	va_list args;
	size_t len;

	err_note(saved);
	if (!err)
		return -1;
	va_start(args, format);
	vsnprintf(err->text, sizeof(err->text), format, args);
	va_end(args);
	len = strlen(err->text);
	snprintf(err->text + len, sizeof(err->text) - len, ": %s",
		strerror(saved));
	return -1;
}

static void (*teller)(const char *text);

void
err_on_tell(void (*tell)(const char *text))
{
	teller = tell;
}

void
err_tell(const char *format, ...)
{
	char text[ERR_TEXT_BYTES];
	va_list args;

	if (!teller)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	teller(text);
}
