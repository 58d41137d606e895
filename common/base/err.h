/*
 * Why something failed, as one line for a person. Filled once where the cause
 * is known, prefixed on the way up, printed once by the command.
 *
 *	if (fd < 0)
 *		return err_set(err, "cannot open '%s': %s", path,
 *			strerror(errno));
 *	...
 *	return err_prefix(err, "record %zu", number);
 *
 * Lower case, no full stop, the subject in quotes.
 */
#ifndef STET_ERR_H
#define STET_ERR_H

#include <stdbool.h>

enum { ERR_TEXT_BYTES = 512 };

struct err {
	char text[ERR_TEXT_BYTES];
};

/* Sets the text (cut at ERR_TEXT_BYTES - 1); err may be NULL. Returns -1. */
int err_set(struct err *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Puts "PREFIX: " in front of the text; err may be NULL. Returns -1. */
int err_prefix(struct err *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* err_set with ": " and the text of errno behind it. Returns -1. */
int err_errno(struct err *err, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/*
 * What a person is told at once although nothing failed, as of damage that
 * was mended on the way: goes to whom err_on_tell names, else nowhere.
 */
void err_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
void err_on_tell(void (*tell)(const char *text));

/*
 * Whether the system itself failed anywhere so far: a disk that is full or
 * has errors, too many open files, no memory. Then a command ends with status
 * 3, whatever it was about to take for a wrong argument. err_errno notes it
 * by itself; who learns of it otherwise calls err_note.
 */
void err_note(int number);
bool err_of_system(void);

#endif
