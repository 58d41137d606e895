#include "common/base/atomicfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { ATTEMPTS = 100 };

static int
create(struct atomicfile *f)
{
	unsigned salt;

	for (int i = 0; i < ATTEMPTS; i++) {
		if (getrandom(&salt, sizeof(salt), 0) != sizeof(salt))
			return -1;
		snprintf(f->temporary, sizeof(f->temporary), ".%s.tmp%06x",
			f->name, salt & 0xffffff);
		f->fd = openat(f->dirfd, f->temporary,
			O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
			0666);
		if (f->fd >= 0 || errno != EEXIST)
			return f->fd;
	}
	return -1;
}

int
atomicfile_open(struct atomicfile *f, int dirfd, const char *name,
	struct err *err)
{
	size_t len = strlen(name);

	*f = (struct atomicfile){ .dirfd = dirfd, .fd = -1 };
	if (len == 0 || len >= sizeof(f->name) || strchr(name, '/'))
		return err_set(err, "bad file name '%s'", name);
	memcpy(f->name, name, len + 1);
	if (create(f) < 0)
		return err_errno(err, "cannot create '%s'", f->temporary);
	return 0;
}

void
atomicfile_write(struct atomicfile *f, const void *bytes, size_t len)
{
	const char *from = bytes;

	while (len > 0 && f->write_errno == 0) {
		ssize_t n = write(f->fd, from, len);

		if (n < 0 && errno != EINTR)
			f->write_errno = errno;
		if (n > 0) {
			from += n;
			len -= (size_t)n;
		}
	}
}

/* Drops the temporary file. */
static void
atomicfile_abort(struct atomicfile *f)
{
	if (f->fd < 0)
		return;
	close(f->fd);
	f->fd = -1;
	unlinkat(f->dirfd, f->temporary, 0);
}

int
atomicfile_commit(struct atomicfile *f, enum atomicfile_sync sync,
	struct err *err)
{
	int failed = f->write_errno;

	if (!failed && sync == ATOMICFILE_SYNC && fsync(f->fd) < 0)
		failed = errno;
	if (!failed && renameat(f->dirfd, f->temporary, f->dirfd, f->name) < 0)
		failed = errno;
	if (failed) {
		atomicfile_abort(f);
		return err_set(err, "cannot write '%s': %s", f->name,
			strerror(failed));
	}
	close(f->fd);
	f->fd = -1;
	if (sync == ATOMICFILE_SYNC && fsync(f->dirfd) < 0)
		return err_errno(err, "cannot sync the folder of '%s'",
			f->name);
	return 0;
}
