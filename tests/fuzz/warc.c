/* The WARC reader: any bytes, and what it makes of the messages inside. */
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/warc/warc.h"
#include "common/web/httpmsg.h"
#include "tests/fuzz/fuzz.h"

enum { BLOCK_MAX = 16 << 10, BODY_MAX = 64 << 10 };

/* Whether a view lies within the record's storage, or is empty. */
static void
check_view(const struct warc_record *r, struct str view)
{
	const char *end = r->storage.ptr + r->storage.len;

	FUZZ_CHECK(view.len == 0 || (view.ptr >= r->storage.ptr &&
		view.ptr + view.len <= end));
}

static void
check_record(const struct warc_record *r)
{
	struct strbuf storage;
	struct httpmsg m;
	struct str body;
	struct link link;

	check_view(r, r->id);
	check_view(r, r->uri);
	check_view(r, r->block);
	FUZZ_CHECK(r->block.len <= BLOCK_MAX);
	for (size_t i = 0; i < r->fields_count; i++)
		check_view(r, r->fields[i].value);
	warc_link(&link, r);
	FUZZ_SAY("%.*s %.*s %.*s %lld %.*s %.*s\n", STR_ARGS(r->id),
		STR_ARGS(r->uri), STR_ARGS(warc_fields_get(r->block,
			STR("fetchStatus"))), (long long)r->date_s,
		STR_ARGS(link.source), STR_ARGS(r->block));
	for (size_t i = 0; i < r->fields_count; i++)
		FUZZ_SAY("%.*s: %.*s\n", STR_ARGS(r->fields[i].name),
			STR_ARGS(r->fields[i].value));
	strbuf_init(&storage, BODY_MAX);
	if (httpmsg_parse(&m, r->block, NULL) == 0 &&
		httpmsg_body(&body, &m, &storage, BODY_MAX, NULL) >= 0)
		FUZZ_CHECK(body.len <= BODY_MAX);
	strbuf_release(&storage);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static int fd = -1;
	struct warc_reader *in;
	struct warc_record r;
	uint64_t number = 0;
	struct err err;
	int got;

	if (fd < 0)
		fd = memfd_create("fuzz", MFD_CLOEXEC);
	if (ftruncate(fd, 0) < 0 || pwrite(fd, bytes, len, 0) !=
		(ssize_t)len || lseek(fd, 0, SEEK_SET) < 0)
		abort();
	in = warc_reader_new(fd, BLOCK_MAX);
	warc_record_init(&r);
	while ((got = warc_next(in, &r, &err)) > 0) {
		FUZZ_CHECK(r.number == ++number);
		FUZZ_CHECK(got != WARC_SKIPPED || r.block.len == 0);
		check_record(&r);
	}
	FUZZ_SAY("%d %s\n", got, got < 0 ? err.text : "");
	FUZZ_CHECK(warc_next(in, &r, &err) == got);
	warc_record_release(&r);
	warc_reader_free(in);
	return 0;
}
