#include "cmd/extract/inputs.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cmd/extract/files.h"
#include "cmd/extract/output.h"
#include "cmd/extract/stream.h"
#include "cmd/extract/verdict/sniff.h"
#include "common/base/ascii.h"
#include "common/base/msg.h"
#include "common/base/status.h"

/* What can be read without taking it: of a file, not of a pipe. */
static bool
is_html(int fd)
{
	char head[SNIFF_BYTES];
	off_t at = lseek(fd, 0, SEEK_CUR);
	ssize_t got = at < 0 ? -1 : pread(fd, head, sizeof(head), at);
	struct str s = { head, got > 0 ? (size_t)got : 0 };

	if (str_starts(s, STR("\xef\xbb\xbf")))
		s = str_sub(s, 3, s.len);
	while (s.len > 0 && ascii_space(*s.ptr))
		s = str_sub(s, 1, s.len);
	/* '<', or the mark of UTF-16: a WARC begins with letters. */
	return s.len > 0 && (*s.ptr == '<' || (unsigned char)*s.ptr >= 0xfe) &&
		sniff_page(STR(""), s) == SNIFF_HTML;
}

static int
run_one(const struct inputs *in, struct files *files, int out_fd,
	const char *path, struct err *err)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
	int status;

	if (fd < 0) {
		err_errno(err, "cannot open '%s'", path);
		msg_warn("%s", err->text);
		return STATUS_PARTIAL;
	}
	if (in->url || is_html(fd)) {
		struct file file = { fd, path, in->url };

		status = files_take(files, out_fd, &file, err);
	} else {
		status = stream_run(fd, out_fd, in->rules, in->workers,
			files->tally, err);
		if (status == STATUS_STOPPED && !standard)
			err_prefix(err, "'%s'", path);
	}
	if (!standard)
		close(fd);
	return status;
}

int
inputs_run(const struct inputs *in, int out_fd, struct err *err)
{
	static char standard[] = "-";
	char *const only[] = { standard, NULL };
	char *const *paths = *in->paths ? in->paths : only;
	struct tally tally = { 0, 0 };
	struct files files;
	int status = STATUS_OK;

	files_init(&files, in->rules, &tally);
	for (; *paths && status != STATUS_STOPPED; paths++) {
		int got = run_one(in, &files, out_fd, *paths, err);

		if (got > status)
			status = got;
	}
	msg_progress_end();
	files_release(&files);
	return status;
}
