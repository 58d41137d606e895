#include "cmd/commit/archivelock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/strbuf.h"

int
archivelock_open(struct archivelock *lock, const char *path, struct err *err)
{
	struct strbuf name;

	*lock = (struct archivelock){ .fd = -1 };
	strbuf_init(&name, 8192);
	strbuf_addf(&name, "%s/stet", path);
	mkdir(name.ptr, 0777);
	strbuf_addf(&name, "/lock");
	lock->fd = open(name.ptr, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
	if (lock->fd < 0)
		err_errno(err, "cannot open '%s'", name.ptr);
	strbuf_release(&name);
	return lock->fd < 0 ? -1 : 0;
}

void
archivelock_close(struct archivelock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	lock->fd = -1;
}

int
archivelock_take(struct archivelock *lock, enum archivelock_mode mode,
	struct err *err)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	ssize_t len;
	int got;

	do
		got = fcntl(lock->fd,
			mode == ARCHIVELOCK_WAIT ? F_OFD_SETLKW : F_OFD_SETLK,
			&whole);
	while (got < 0 && errno == EINTR);
	if (got < 0 && (errno == EAGAIN || errno == EACCES))
		return 0;
	if (got < 0)
		return err_errno(err, "cannot lock the archive");
	len = pread(lock->fd, lock->text, sizeof(lock->text) - 1, 0);
	lock->text[len < 0 ? 0 : len] = '\0';
	lock->unclean = len > 0;
	return 1;
}

void
archivelock_drop(struct archivelock *lock)
{
	struct flock whole = { .l_type = F_UNLCK, .l_whence = SEEK_SET };

	fcntl(lock->fd, F_OFD_SETLK, &whole);
}

int
archivelock_begin(struct archivelock *lock, const char *text, struct err *err)
{
	size_t len = strlen(text);

	if (ftruncate(lock->fd, 0) < 0 ||
		pwrite(lock->fd, text, len, 0) != (ssize_t)len)
		return err_errno(err, "cannot write the lock of the archive");
	return 0;
}

void
archivelock_end(struct archivelock *lock)
{
	/* Where this fails the next holder cleans up for nothing. */
	if (ftruncate(lock->fd, 0) < 0)
		lock->unclean = true;
}
