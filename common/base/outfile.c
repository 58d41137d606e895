#include "common/base/outfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/atomicfile.h"
#include "common/base/fdwrite.h"
#include "common/base/xalloc.h"

static int
open_special(struct outfile *f, const char *path, struct err *err)
{
	/* Without O_NONBLOCK a FIFO would wait for its reader. */
	f->fd = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (f->fd < 0)
		return err_errno(err, "cannot open '%s'", path);
	fcntl(f->fd, F_SETFL, fcntl(f->fd, F_GETFL) & ~O_NONBLOCK);
	return 0;
}

static int
open_folder(struct outfile *f, const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');

	f->name = xstrdup(slash ? slash + 1 : path);
	f->folder = slash ? xmemdup0(path, (size_t)(slash - path) + 1) :
			    xstrdup(".");
	f->dirfd = open(f->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return f->dirfd < 0 ? err_errno(err, "cannot open '%s'", f->folder) :
			      0;
}

int
outfile_open(struct outfile *f, const char *path, struct err *err)
{
	struct stat found;
	char *real;
	int result;

	*f = (struct outfile){ .fd = -1, .dirfd = -1 };
	if (stat(path, &found) < 0 && errno != ENOENT)
		return err_errno(err, "cannot open '%s'", path);
	else if (stat(path, &found) == 0 && S_ISDIR(found.st_mode))
		return err_set(err, "'%s' is a folder", path);
	else if (stat(path, &found) == 0 && !S_ISREG(found.st_mode))
		return open_special(f, path, err);
	/* The file at the end of a link is replaced, not the link. */
	real = lstat(path, &found) == 0 && S_ISLNK(found.st_mode) ?
		realpath(path, NULL) : NULL;
	result = open_folder(f, real ? real : path, err);
	free(real);
	if (result < 0)
		outfile_close(f);
	return result;
}

void
outfile_close(struct outfile *f)
{
	if (f->fd >= 0)
		close(f->fd);
	if (f->dirfd >= 0)
		close(f->dirfd);
	free(f->folder);
	free(f->name);
	*f = (struct outfile){ .fd = -1, .dirfd = -1 };
}

const char *
outfile_folder(const struct outfile *f)
{
	return f->folder;
}

int
outfile_put(struct outfile *f, struct str bytes, struct err *err)
{
	struct atomicfile file;

	if (f->fd >= 0)
		return fdwrite_all(f->fd, bytes, err);
	if (atomicfile_open(&file, f->dirfd, f->name, err) < 0)
		return -1;
	atomicfile_write(&file, bytes.ptr, bytes.len);
	return atomicfile_commit(&file, ATOMICFILE_SYNC, err);
}
