/*
 * stet-links as a whole: any bytes as a document or a WARC. Every line that
 * it prints is a link.
 */
#include "cmd/links/links.h"

#include <sys/mman.h>
#include <unistd.h>

#include "common/article/link.h"
#include "common/base/linebuf.h"
#include "common/base/msg.h"
#include "common/text/charset.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_BYTES = 16 << 20 };

static void
rewind_file(int fd)
{
	if (lseek(fd, 0, SEEK_SET) < 0)
		abort();
}

static void
check_lines(int fd)
{
	struct linebuf in;
	struct arena arena;
	struct link link;
	struct str line;

	arena_init(&arena, ARENA_BYTES);
	linebuf_init(&in, fd, LINK_LINE_BYTES);
	while (linebuf_next(&in, &line, NULL) > 0) {
		FUZZ_SAY("%.*s\n", STR_ARGS(line));
		FUZZ_CHECK(link_parse(&link, line, &arena, NULL) == 0);
		arena_reset(&arena);
	}
	linebuf_release(&in);
	arena_release(&arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static int in = -1, out;
	struct links_options options = { .mode = SINK_ARTICLES,
		.base = STR("https://news.example/feed"), .source = STR("n"),
		.now_s = 1479859200, .receipts_fd = -1 };
	struct err err;
	int status;

	if (in < 0) {
		charset_init();
		in = memfd_create("in", MFD_CLOEXEC);
		out = memfd_create("out", MFD_CLOEXEC);
		/* libFuzzer says where it found something there, and closes
		 * it for us: -close_fd_mask. */
		if (&fuzz_said && !freopen("/dev/null", "w", stderr))
			abort();
	}
	if (ftruncate(in, 0) < 0 || ftruncate(out, 0) < 0 ||
		pwrite(in, bytes, len, 0) != (ssize_t)len)
		abort();
	rewind_file(in);
	rewind_file(out);
	rules_init(&options.rules);
	options.mode = len % 2 ? SINK_ARTICLES : SINK_FEEDS;
	err.text[0] = '\0';
	status = links_run(&options, in, out, &err);
	FUZZ_SAY("%d %s\n", status, err.text);
	rules_release(&options.rules);
	rewind_file(out);
	check_lines(out);
	return 0;
}
