#include "cmd/extract/files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/extract/extract.h"
#include "cmd/extract/output.h"
#include "common/base/fdwrite.h"
#include "common/base/msg.h"
#include "common/base/status.h"

enum {
	READ_BYTES = 64 << 10, /* at a time, where the size is not known */
	KEPT_BYTES = 4 << 20   /* of a buffer from file to file */
};

struct files {
	struct extract extract;
	struct strbuf page, line;
	const char *url;
	const struct selectors *rules;
};

static int
read_file(struct strbuf *out, const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat known;
	size_t piece = READ_BYTES;
	ssize_t got = 1;

	if (fd < 0)
		return err_errno(err, "cannot open '%s'", path);
	if (fstat(fd, &known) == 0 && known.st_size > READ_BYTES &&
		known.st_size < EVENT_BODY_BYTES)
		piece = (size_t)known.st_size + 1; /* and its end is seen */
	while (got > 0 && !strbuf_overflowed(out)) {
		char *room = strbuf_room(out, piece);

		got = room ? read(fd, room, piece) : 0;
		if (got > 0)
			strbuf_grew(out, (size_t)got);
		piece = READ_BYTES;
	}
	if (got < 0)
		err_errno(err, "cannot read '%s'", path);
	else if (strbuf_overflowed(out))
		got = err_set(err, "'%s' is larger than 64 MiB", path);
	close(fd);
	return got < 0 ? -1 : 0;
}

static int
take_file(struct files *f, int out_fd, const char *path, struct err *err)
{
	struct article article = { .event = EVENT_FAILED,
		.url = str_from(f->url), .status = 200 };
	struct event event = { .body = { NULL, 0 } };
	bool failed;

	if (read_file(&f->page, path, err) < 0) {
		msg_warn("%s", err->text);
		return STATUS_PARTIAL;
	}
	event.body = strbuf_str(&f->page);
	extract_page(&article, &f->extract, &event, f->rules);
	output_line(&f->line, &article);
	failed = output_failure(&article);
	if (fdwrite_all(out_fd, strbuf_str(&f->line), NULL) < 0) {
		err_errno(err, "cannot write the output");
		return STATUS_STOPPED;
	}
	return failed ? STATUS_PARTIAL : STATUS_OK;
}

/* A huge file's storage is not kept for the small ones behind it. */
static void
clear(struct strbuf *b)
{
	if (b->cap > KEPT_BYTES)
		strbuf_release(b);
	strbuf_reset(b);
}

int
files_run(int out_fd, char *const *paths, const char *url,
	const struct selectors *rules, struct err *err)
{
	struct files f = { .url = url, .rules = rules };
	int status = STATUS_OK;

	extract_init(&f.extract);
	strbuf_init(&f.page, EVENT_BODY_BYTES + READ_BYTES);
	strbuf_init(&f.line, ARTICLE_LINE_BYTES);
	for (; *paths && status != STATUS_STOPPED; paths++) {
		int got = take_file(&f, out_fd, *paths, err);

		if (got > status)
			status = got;
		clear(&f.page);
		clear(&f.line);
	}
	strbuf_release(&f.page);
	strbuf_release(&f.line);
	extract_release(&f.extract);
	return status;
}
