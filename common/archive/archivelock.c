#include "common/archive/archivelock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/strbuf.h"
#include "common/base/xalloc.h"

enum { PATH_BYTES = 8192 };

static int
open_file(struct archivelock *lock, struct err *err)
{
	lock->fd = open(lock->path,
		O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
	return lock->fd < 0 ? err_errno(err, "cannot open '%s'", lock->path) :
			      0;
}

int
archivelock_open(struct archivelock *lock, const char *path, struct err *err)
{
	struct strbuf name;

	*lock = (struct archivelock){ .fd = -1, .folder = -1 };
	strbuf_init(&name, PATH_BYTES);
	strbuf_addf(&name, "%s/objects", path);
	lock->folder = open(name.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	strbuf_reset(&name);
	strbuf_addf(&name, "%s/stet", path);
	mkdir(name.ptr, 0777);
	strbuf_addf(&name, "/lock");
	lock->path = xstrdup(name.ptr);
	strbuf_release(&name);
	if (lock->folder < 0)
		return err_errno(err, "cannot open the objects of '%s'", path);
	return open_file(lock, err);
}

void
archivelock_close(struct archivelock *lock)
{
	if (lock->fd >= 0)
		close(lock->fd);
	if (lock->folder >= 0)
		close(lock->folder);
	free(lock->path);
	*lock = (struct archivelock){ .fd = -1, .folder = -1 };
}

/* 1: the file is locked; 0: another has it. */
static int
lock_file(struct archivelock *lock, enum archivelock_mode mode,
	struct err *err)
{
	struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int got;

	do
		got = fcntl(lock->fd,
			mode == ARCHIVELOCK_WAIT ? F_OFD_SETLKW : F_OFD_SETLK,
			&whole);
	while (got < 0 && errno == EINTR);
	if (got < 0 && (errno == EAGAIN || errno == EACCES))
		return 0;
	return got < 0 ? err_errno(err, "cannot lock the archive") : 1;
}

static void
unlock_file(struct archivelock *lock)
{
	struct flock whole = { .l_type = F_UNLCK, .l_whence = SEEK_SET };

	fcntl(lock->fd, F_OFD_SETLK, &whole);
}

/* 1; 0: another has it. Where folders cannot be locked (some network file
 * systems) the file has to do. */
static int
lock_folder(struct archivelock *lock, enum archivelock_mode mode)
{
	int got;

	do
		got = flock(lock->folder,
			LOCK_EX | (mode == ARCHIVELOCK_TRY ? LOCK_NB : 0));
	while (got < 0 && errno == EINTR);
	return !(got < 0 && errno == EWOULDBLOCK);
}

/* Whether the locked file is the one that others would open now. */
static bool
is_in_place(const struct archivelock *lock)
{
	struct stat held, there;

	return fstat(lock->fd, &held) == 0 &&
		lstat(lock->path, &there) == 0 &&
		held.st_ino == there.st_ino && held.st_dev == there.st_dev;
}

static int
reopen(struct archivelock *lock, struct err *err)
{
	struct strbuf folder;

	close(lock->fd);
	strbuf_init(&folder, PATH_BYTES);
	strbuf_addf(&folder, "%.*s", (int)(strlen(lock->path) -
			strlen("/lock")), lock->path);
	mkdir(folder.ptr, 0777);
	strbuf_release(&folder);
	return open_file(lock, err);
}

int
archivelock_take(struct archivelock *lock, enum archivelock_mode mode,
	struct err *err)
{
	ssize_t len;
	int got;

	while ((got = lock_file(lock, mode, err)) > 0 && !is_in_place(lock))
		if (reopen(lock, err) < 0)
			return -1;
	if (got <= 0)
		return got;
	if (!lock_folder(lock, mode)) {
		unlock_file(lock);
		return 0;
	}
	len = pread(lock->fd, lock->text, sizeof(lock->text) - 1, 0);
	lock->text[len < 0 ? 0 : len] = '\0';
	lock->unclean = len != 0;
	return 1;
}

void
archivelock_drop(struct archivelock *lock)
{
	flock(lock->folder, LOCK_UN);
	unlock_file(lock);
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
