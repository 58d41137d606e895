#include "cmd/fetch/left.h"

#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "common/base/atomicfile.h"

size_t
left_read(struct strbuf *out, struct linebuf *in, int signals)
{
	struct pollfd fds[2] = { { in->fd, POLLIN, 0 },
		{ signals, POLLIN, 0 } };
	struct str line;
	size_t count = 0;

	for (;;) {
		while (linebuf_ready(in)) {
			if (linebuf_next(in, &line, NULL) != LINEBUF_LINE)
				return count;
			strbuf_adds(out, line);
			strbuf_addc(out, '\n');
			count += line.len > 0;
		}
		if (poll(fds, 2, -1) < 0 || fds[1].revents ||
			linebuf_fill(in, NULL) < 0)
			return count;
	}
}

int
left_write(const char *path, const struct strbuf *left, struct err *err)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	struct strbuf folder;
	struct atomicfile f;
	int dirfd, result = -1;

	if (!path)
		return 0;
	strbuf_init(&folder, 8192);
	strbuf_adds(&folder, slash ? (struct str){ path,
		(size_t)(slash - path) + 1 } : STR("."));
	dirfd = open(folder.ptr, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dirfd < 0) {
		err_errno(err, "cannot open '%s'", folder.ptr);
	} else if (atomicfile_open(&f, dirfd, slash ? slash + 1 : path, err) ==
		0) {
		atomicfile_write(&f, left->ptr, left->len);
		result = atomicfile_commit(&f, ATOMICFILE_SYNC, err);
	}
	if (dirfd >= 0)
		close(dirfd);
	strbuf_release(&folder);
	return result;
}
