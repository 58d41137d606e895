/*
 * What every command does at its start and its end, so that all of them
 * behave alike: descriptors 0-2 are open, SIGPIPE kills quietly, --help and
 * --version answer from one table, a full disk is status 3.
 *
 *	static const struct cmd_option options[] = {
 *		{ 'n', "limit", "N", "print at most N links" },
 *		{ 256, "feeds", NULL, "print the feeds that are due" },
 *		{ 0 }
 *	};
 *	static const struct cmd cmd = { "stet-due", "[-n N] ARCHIVE",
 *		"lets through the links that are due", options };
 *
 *	int id;
 *	cmd_init(&cmd);
 *	while ((id = cmd_getopt(&cmd, argc, argv)) != -1)
 *		switch (id) { case 'n': ... optarg ... }
 *	...
 *	return cmd_finish(status);
 *
 * -q/--quiet, --help and --version exist everywhere and are not in the table.
 * This is the one module of common/ that reads the clock and the environment
 * and that exits.
 */
#ifndef STET_CMD_H
#define STET_CMD_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "common/base/str.h"

struct cmd_option {
	int id;           /* the letter, or 256 and above without one */
	const char *name; /* long name */
	const char *arg;  /* what stands for its argument, or NULL */
	const char *help; /* one line */
};

struct cmd {
	const char *name;     /* "stet-due" */
	const char *synopsis; /* what follows the name in the usage line */
	const char *about;    /* one line: what it does */
	const struct cmd_option *options; /* ends with { 0 }; NULL: none */
};

/* Call first. Opens missing descriptors 0-2 so that using them fails. */
void cmd_init(const struct cmd *cmd);

/*
 * The next option's id with `optarg` set, -1 after the last (then `optind` is
 * the first operand). Answers --help and --version itself; a bad option is a
 * usage error.
 */
int cmd_getopt(const struct cmd *cmd, int argc, char **argv);

/* Prints the reason and the usage line to stderr; exits with status 2. */
void cmd_usage(const struct cmd *cmd, const char *format, ...)
	__attribute__((noreturn, format(printf, 2, 3)));

/* Prints the reason to stderr; exits with `status`. */
void cmd_die(int status, const char *format, ...)
	__attribute__((noreturn, format(printf, 2, 3)));

/* The argument of a numeric option within [min, max], or a usage error. */
int64_t cmd_number(const struct cmd *cmd, const char *option, const char *arg,
	int64_t min, int64_t max);

/* The same for a size in bytes with an optional suffix K, M or G. */
int64_t cmd_size(const struct cmd *cmd, const char *option, const char *arg,
	int64_t min, int64_t max);

/*
 * Writes text to `file`. On a terminal nothing in it steers that: what would
 * is shown as "<U+202E>" (utf8_steers). With `styled` the text has had its
 * ESC characters taken away before, and those that begin a colour are the
 * command's own. What is piped is as it is.
 */
void cmd_print(FILE *file, struct str text, bool styled);

/*
 * Flushes and closes stdout. Returns the exit status of the process: `status`,
 * or STATUS_STOPPED with a message when not all output could be written.
 */
int cmd_finish(int status);

/*
 * Now, in seconds since 1970 UTC: the clock's, or STET_NOW's (seconds or an
 * RFC 3339 time) where that is set, which tests do.
 */
int64_t cmd_now(void);

#endif
