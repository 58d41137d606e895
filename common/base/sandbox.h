/*
 * Giving up rights before the first byte of input is read. What a tool may
 * call is named (stet-security(7)); all else is refused, by seccomp everywhere
 * and as to paths by Landlock, as far as the kernel's goes.
 *
 *	if (sandbox_stdio(&err) < 0)
 *		cmd_die(STATUS_STOPPED, "%s", err.text);
 *
 * Whatever opens files lazily (iconv's modules, configuration) is loaded
 * before. Built with AddressSanitizer the filters are not installed, as its
 * run time needs the calls.
 */
#ifndef STET_SANDBOX_H
#define STET_SANDBOX_H

#include "common/base/err.h"

/*
 * From here on the process (all its threads) computes on the descriptors that
 * it has: no file can be opened, no socket made, no program run. Threads may
 * still be started.
 */
int sandbox_stdio(struct err *err);

/*
 * From here on files can be opened only below these folders: `read_paths` for
 * reading, `write_paths` for reading and writing (NULL-terminated lists; a
 * path that does not exist is passed over). No socket can be made and no
 * program run. Without Landlock only the latter holds.
 */
int sandbox_folders(const char *const *read_paths,
	const char *const *write_paths, struct err *err);

/*
 * From here on files can be opened only below these paths, as with
 * sandbox_folders (a path may be a file here), connections can be made but
 * not accepted, and no program can be run.
 */
int sandbox_network(const char *const *read_paths,
	const char *const *write_paths, struct err *err);

#endif
