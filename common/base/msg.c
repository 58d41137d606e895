#include "common/base/msg.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "common/base/ascii.h"
#include "common/base/usermask.h"
#include "common/base/utf8.h"

enum { LINE_BYTES = 4096, PROGRESS_EVERY_MS = 250 };

static const char *command = "stet";
static bool notes_wanted = true;
static bool progress_wanted;
static bool progress_shown;
static int64_t progress_last_ms;

void
msg_init(const char *name, bool quiet)
{
	command = name;
	notes_wanted = !quiet;
	progress_wanted = !quiet && isatty(2);
}

/* Replaces what a terminal would act on by '?', in place. */
static size_t
mask(char *line, size_t len)
{
	struct str rest = { line, len };
	char *to = line;

	while (rest.len) {
		const char *from = rest.ptr;
		uint32_t c = utf8_decode(&rest);
		size_t bytes = (size_t)(rest.ptr - from);

		if (c < 32 || utf8_steers(c)) {
			*to++ = '?';
			continue;
		}
		memmove(to, from, bytes);
		to += bytes;
	}
	return (size_t)(to - line);
}

static void
write_all(const char *bytes, size_t len)
{
	/* There is nobody to tell when stderr itself fails. */
	if (write(2, bytes, len) < 0)
		return;
}

__attribute__((format(printf, 3, 0)))
static size_t
format_line(char *line, size_t size, const char *format, va_list args)
{
	size_t prefix = (size_t)snprintf(line, size, "%s: ", command);
	int len = vsnprintf(line + prefix, size - prefix, format, args);
	size_t text = len < 0 ? 0 : (size_t)len;

	if (text > size - prefix - 1)
		text = size - prefix - 1;
	return mask(line, usermask(line, prefix + text));
}

__attribute__((format(printf, 1, 0)))
static void
say(const char *format, va_list args)
{
	char line[LINE_BYTES + 2];
	size_t len = format_line(line, LINE_BYTES, format, args);

	msg_progress_end();
	line[len++] = '\n';
	write_all(line, len);
}

void
msg_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(format, args);
	va_end(args);
}

void
msg_note(const char *format, ...)
{
	va_list args;

	if (!notes_wanted)
		return;
	va_start(args, format);
	say(format, args);
	va_end(args);
}

static int64_t
monotonic_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
msg_progress(const char *format, ...)
{
	char line[LINE_BYTES + 8] = "\r\033[K";
	size_t start = strlen(line);
	va_list args;
	size_t len;

	if (!progress_wanted)
		return;
	if (progress_shown &&
		monotonic_ms() - progress_last_ms < PROGRESS_EVERY_MS)
		return;
	va_start(args, format);
	len = format_line(line + start, LINE_BYTES, format, args);
	va_end(args);
	write_all(line, start + len);
	progress_shown = true;
	progress_last_ms = monotonic_ms();
}

void
msg_progress_end(void)
{
	if (progress_shown)
		write_all("\r\033[K", 4);
	progress_shown = false;
}
