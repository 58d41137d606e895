/*
 * Talk to the person at stderr: one line an event, one write(2) each, with
 * control bytes and bad UTF-8 masked, for much of what is said comes from the
 * network. Only commands print; modules in common/ fill a struct err.
 *
 *	msg_init("stet-fetch", false);
 *	msg_warn("cannot read '%s': %s", url, err.text);
 *	msg_progress("%zu done, %zu failed", done, failed);
 *	msg_progress_end();
 */
#ifndef STET_MSG_H
#define STET_MSG_H

#include <stdbool.h>

/* Sets the name in front of each line; `quiet`: no notes, no progress. */
void msg_init(const char *name, bool quiet);

/* Writes "NAME: TEXT\n" to stderr; TEXT is cut at 4 KiB. */
void msg_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* As msg_warn, but nothing when `quiet` was set. */
void msg_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/*
 * Shows a line of progress in place of the last one. Nothing happens unless
 * stderr is a terminal, nor more than four times a second.
 */
void msg_progress(const char *format, ...)
	__attribute__((format(printf, 1, 2)));

/* Erases the line of progress. */
void msg_progress_end(void);

#endif
