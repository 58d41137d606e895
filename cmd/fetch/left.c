#include "cmd/fetch/left.h"

#include <poll.h>

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
