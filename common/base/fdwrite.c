#include "common/base/fdwrite.h"

#include <errno.h>
#include <unistd.h>

int
fdwrite_all(int fd, struct str bytes, struct err *err)
{
	size_t done = 0;

	while (done < bytes.len) {
		ssize_t n = write(fd, bytes.ptr + done, bytes.len - done);

		if (n < 0 && errno != EINTR)
			return err_errno(err, "cannot write");
		if (n > 0)
			done += (size_t)n;
	}
	return 0;
}
