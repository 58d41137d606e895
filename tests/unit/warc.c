#include "common/warc/warc.h"

#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "common/web/gzip.h"
#include "tests/unit/test.h"

enum { BLOCK_MAX = 1 << 20 };

static const unsigned char random_bytes[16] = { 0x01, 0x23, 0x45, 0x67, 0x89,
	0xab, 0xcd, 0xef, 0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef };

#define RESPONSE "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
#define BODY "<p>WARC/1.1\r\n\r\nsaid the page"

/* A file in memory with these bytes, read from its start. */
static int
memory_file(struct str bytes)
{
	int fd = memfd_create("warc", MFD_CLOEXEC);

	if (fd < 0 || write(fd, bytes.ptr, bytes.len) != (ssize_t)bytes.len)
		abort();
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void
contents(struct strbuf *out, int fd)
{
	char piece[4096];
	ssize_t got;

	lseek(fd, 0, SEEK_SET);
	while ((got = read(fd, piece, sizeof(piece))) > 0)
		strbuf_add(out, piece, (size_t)got);
}

/* Writes three records: warcinfo, response and a failed fetch. */
static void
write_three(struct strbuf *out, unsigned flags)
{
	struct link link = { .url = STR("https://news.example/a"),
		.source = STR("example"), .title = STR("Dam\r\nburst\x1b["),
		.misses = STR("2/2026-01-01T00:00:00Z") };
	struct str block[] = { STR(RESPONSE), STR("<p>WARC/1.1\r\n"),
		STR("\r\nsaid the page") };
	struct str info = STR("software: stet\r\n");
	struct str failure = STR("fetchStatus: -1\r\nfetchError: dns\r\n");
	char id[WARC_ID_BYTES];
	struct warc_head h = { .type = WARC_INFO, .date_s = 1479859200,
		.id = warc_id(id, random_bytes), .content_type = WARC_FIELDS };
	int fd = memory_file(STR(""));
	struct warc_writer *w = warc_writer_new(fd, flags);

	warc_write(w, &h, &info, 1, NULL);
	h.type = WARC_RESPONSE;
	h.uri = link.url;
	h.content_type = WARC_HTTP_RESPONSE;
	h.payload_piece = 1;
	h.link = &link;
	h.ip = STR("192.0.2.1");
	h.protocols[0] = STR("h2");
	h.protocols[1] = STR("tls/1.3");
	warc_write(w, &h, block, 3, NULL);
	h.type = WARC_METADATA;
	h.payload_piece = 0;
	h.content_type = WARC_FIELDS;
	warc_write(w, &h, &failure, 1, NULL);
	TEST(warc_writer_flush(w, NULL) == 0, "the records are written");
	warc_writer_free(w);
	contents(out, fd);
	close(fd);
}

/* Reads a stream to its end; counts what came. */
struct count {
	int records, skipped, last;
	struct err err;
};

static struct count
count_records(struct str bytes)
{
	struct count n = { 0 };
	int fd = memory_file(bytes);
	struct warc_reader *in = warc_reader_new(fd, BLOCK_MAX);
	struct warc_record r;

	warc_record_init(&r);
	while ((n.last = warc_next(in, &r, &n.err)) > 0) {
		n.records += n.last == WARC_RECORD;
		n.skipped += n.last == WARC_SKIPPED;
	}
	warc_record_release(&r);
	warc_reader_free(in);
	close(fd);
	return n;
}

static void
test_write(void)
{
	static const char want[] = "WARC/1.1\r\n"
		"WARC-Type: response\r\n"
		"WARC-Record-ID: "
		"<urn:uuid:01234567-89ab-4def-8123-456789abcdef>\r\n"
		"WARC-Date: 2016-11-23T00:00:00Z\r\n"
		"WARC-Target-URI: https://news.example/a\r\n"
		"WARC-Payload-Digest: sha1:"
		"BQUMGZATLDMAIKT4DVSYAWCTMSCNMZUE\r\n"
		"WARC-IP-Address: 192.0.2.1\r\n"
		"WARC-Protocol: h2\r\n"
		"WARC-Protocol: tls/1.3\r\n"
		"WARC-Stet-Link: https://news.example/a\r\n"
		"WARC-Stet-Source: example\r\n"
		"WARC-Stet-Title: Dam  burst [\r\n"
		"WARC-Stet-Misses: 2/2026-01-01T00:00:00Z\r\n"
		"Content-Type: application/http;msgtype=response\r\n"
		"Content-Length: 72\r\n\r\n" RESPONSE BODY "\r\n\r\n";
	struct strbuf out;

	strbuf_init(&out, BLOCK_MAX);
	write_three(&out, 0);
	TEST(str_find(strbuf_str(&out), STR(want)) > 0,
		"a response is written as the format says");
	strbuf_release(&out);
}

static void
check_three(struct str bytes, const char *what)
{
	int fd = memory_file(bytes);
	struct warc_reader *in = warc_reader_new(fd, BLOCK_MAX);
	struct warc_record r;
	struct link link;
	struct err err;

	warc_record_init(&r);
	TEST(warc_next(in, &r, &err) == WARC_RECORD && r.type == WARC_INFO &&
		str_eq(r.block, STR("software: stet\r\n")) && r.uri.len == 0,
		"%s: warcinfo", what);
	TEST(warc_next(in, &r, &err) == WARC_RECORD &&
		r.type == WARC_RESPONSE && r.number == 2 &&
		str_eq(r.block, STR(RESPONSE BODY)) &&
		str_eq(r.uri, STR("https://news.example/a")) &&
		r.date_s == 1479859200 &&
		str_eq(r.content_type, WARC_HTTP_RESPONSE) &&
		str_eq(warc_get(&r, STR("warc-protocol")), STR("h2")),
		"%s: response", what);
	warc_link(&link, &r);
	TEST(str_eq(link.source, STR("example")) &&
		str_eq(link.title, STR("Dam  burst [")) &&
		str_eq(link.misses, STR("2/2026-01-01T00:00:00Z")) &&
		link.found.len == 0, "%s: the link came along", what);
	TEST(warc_next(in, &r, &err) == WARC_RECORD &&
		r.type == WARC_METADATA && str_eq(warc_fields_get(r.block,
		STR("fetcherror")), STR("dns")), "%s: metadata", what);
	TEST(warc_next(in, &r, &err) == WARC_END &&
		warc_next(in, &r, &err) == WARC_END, "%s: end", what);
	warc_record_release(&r);
	warc_reader_free(in);
	close(fd);
}

static void
gzip_whole(struct strbuf *out, struct str s)
{
	struct gzip_writer *w = gzip_writer_new(6);

	gzip_member(out, w, s);
	gzip_writer_free(w);
}

static void
test_read(void)
{
	struct strbuf plain, members, whole, all;
	struct count n;

	strbuf_init(&plain, BLOCK_MAX);
	strbuf_init(&members, BLOCK_MAX);
	strbuf_init(&whole, BLOCK_MAX);
	strbuf_init(&all, BLOCK_MAX);
	write_three(&plain, 0);
	write_three(&members, WARC_GZIP);
	gzip_whole(&whole, strbuf_str(&plain));
	check_three(strbuf_str(&plain), "plain");
	check_three(strbuf_str(&members), "member a record");
	check_three(strbuf_str(&whole), "whole file gzip");
	for (int i = 0; i < 8; i++) {
		strbuf_adds(&all, strbuf_str(&plain));
		strbuf_adds(&all, strbuf_str(i & 1 ? &members : &whole));
		strbuf_adds(&all, strbuf_str(i & 2 ? &plain : &members));
	}
	n = count_records(strbuf_str(&all));
	TEST(n.records == 72 && n.last == WARC_END,
		"24 files of each kind behind one another give 72 records");
	strbuf_release(&plain);
	strbuf_release(&members);
	strbuf_release(&whole);
	strbuf_release(&all);
}

/* Every cut but at a record's end is an error, and no cut makes a record. */
static void
check_cuts(struct str bytes, const char *what, int ends)
{
	int clean = 0, wrong = 0, last = 0;

	for (size_t len = 0; len <= bytes.len; len++) {
		struct count n = count_records(str_sub(bytes, 0, len));

		clean += n.last == WARC_END;
		wrong += n.records < last || n.records > last + 1 ||
			n.skipped > 0;
		last = n.records;
	}
	TEST(wrong == 0 && last == 3 && clean == ends,
		"%s: %zu cuts, %d at the end of a record", what, bytes.len,
		clean);
}

static void
test_cuts(void)
{
	struct strbuf plain, out;

	strbuf_init(&plain, BLOCK_MAX);
	strbuf_init(&out, BLOCK_MAX);
	write_three(&plain, 0);
	check_cuts(strbuf_str(&plain), "plain", 4);
	write_three(&out, WARC_GZIP);
	check_cuts(strbuf_str(&out), "member a record", 4);
	strbuf_reset(&out);
	gzip_whole(&out, strbuf_str(&plain));
	check_cuts(strbuf_str(&out), "whole file gzip", 2);
	strbuf_release(&plain);
	strbuf_release(&out);
}

#define MINIMAL \
	"WARC-Type: resource\r\nWARC-Record-ID: <urn:x:1>\r\n" \
	"WARC-Date: 2016-11-23T00:00:00.123456789Z\r\n" \
	"WARC-Target-URI: <http://a.example/b c\xe9>\r\n"
#define LENGTH "Content-Length: 5\r\n"
#define END "\r\nhello\r\n\r\n"
#define GOOD "WARC/1.0\r\n" MINIMAL LENGTH END

static const struct {
	const char *what;
	struct str bytes;
	int records, skipped, last;
	const char *reason;
} shapes[] = {
	{ "nothing", STR_INIT(""), 0, 0, 0, "" },
	{ "1.0", STR_INIT(GOOD), 1, 0, 0, "" },
	{ "1.1", STR_INIT("WARC/1.1\r\n" MINIMAL LENGTH END), 1, 0, 0, "" },
	{ "0.18", STR_INIT("WARC/0.18\r\n" MINIMAL LENGTH END), 1, 0, 0, "" },
	{ "LF alone", STR_INIT("WARC/1.0\nWARC-Type: resource\n"
		"WARC-Record-ID: <urn:x:1>\nWARC-Date: 2016-11-23T00:00:00Z\n"
		"Content-Length: 5\n\nhello\n\n"), 1, 0, 0, "" },
	{ "names in any case, folded value", STR_INIT("WARC/1.0\r\n"
		"warc-type:resource\r\nWARC-RECORD-ID:\t<urn:x:1>\r\n"
		"warc-date:\r\n 2016-11-23T00:00:00Z\r\n"
		"CONTENT-LENGTH:5  \r\n" END), 1, 0, 0, "" },
	{ "blank lines between", STR_INIT(GOOD "\r\n\r\n\n" GOOD), 2, 0, 0,
		"" },
	{ "an unknown type", STR_INIT("WARC/1.0\r\nWARC-Type: x\r\n"
		"WARC-Record-ID: <urn:x:1>\r\nWARC-Date: 2016-11-23T00:00:00Z"
		"\r\n" LENGTH END GOOD), 2, 0, 0, "" },
	{ "an empty block", STR_INIT("WARC/1.0\r\n" MINIMAL
		"Content-Length: 0\r\n\r\n\r\n\r\n" GOOD), 2, 0, 0, "" },
	{ "the same length twice", STR_INIT("WARC/1.0\r\n" MINIMAL LENGTH
		LENGTH END), 1, 0, 0, "" },
	{ "no type", STR_INIT("WARC/1.0\r\nWARC-Record-ID: <urn:x:1>\r\n"
		"WARC-Date: 2016-11-23T00:00:00Z\r\n" LENGTH END GOOD),
		1, 1, 0, "it has no WARC-Type" },
	{ "no id", STR_INIT("WARC/1.0\r\nWARC-Type: resource\r\n"
		"WARC-Date: 2016-11-23T00:00:00Z\r\n" LENGTH END GOOD),
		1, 1, 0, "it has no WARC-Record-ID" },
	{ "no date", STR_INIT("WARC/1.0\r\nWARC-Type: resource\r\n"
		"WARC-Record-ID: <urn:x:1>\r\nWARC-Date: yesterday\r\n" LENGTH
		END GOOD), 1, 1, 0, "it has no valid WARC-Date" },
	{ "NUL in a field", STR_INIT("WARC/1.0\r\n" MINIMAL "X: a\0b\r\n"
		LENGTH END GOOD), 1, 1, 0, "a header field holds NUL" },
	{ "a line without colon", STR_INIT("WARC/1.0\r\n" MINIMAL "oops\r\n"
		LENGTH END GOOD), 1, 1, 0, "a header line has no colon" },
	{ "a block over the limit", STR_INIT("WARC/1.0\r\n" MINIMAL
		"Content-Length: 2000000\r\n\r\n"), 0, 0, -1,
		"cut: 2000000 bytes" },
	{ "no length", STR_INIT("WARC/1.0\r\n" MINIMAL END GOOD), 0, 0, -1,
		"it has no Content-Length" },
	{ "two lengths", STR_INIT("WARC/1.0\r\n" MINIMAL LENGTH
		"Content-Length: 6\r\n" END), 0, 0, -1,
		"two different Content-Length" },
	{ "a negative length", STR_INIT("WARC/1.0\r\n" MINIMAL
		"Content-Length: -5\r\n" END), 0, 0, -1,
		"bad Content-Length '-5'" },
	{ "a length of 2^63", STR_INIT("WARC/1.0\r\n" MINIMAL
		"Content-Length: 9223372036854775808\r\n" END), 0, 0, -1,
		"bad Content-Length" },
	{ "a length of 2^63 - 1", STR_INIT("WARC/1.0\r\n" MINIMAL
		"Content-Length: 9223372036854775807\r\n" END), 0, 0, -1,
		"cut: 9223372036854775798 bytes" },
	{ "a length in hexadecimal", STR_INIT("WARC/1.0\r\n" MINIMAL
		"Content-Length: 0x5\r\n" END), 0, 0, -1,
		"bad Content-Length" },
	{ "a length that is too short", STR_INIT("WARC/1.0\r\n" MINIMAL
		"Content-Length: 4\r\n" END GOOD), 0, 0, -1,
		"does not end where Content-Length says" },
	{ "a length that is too long", STR_INIT("WARC/1.0\r\n" MINIMAL
		"Content-Length: 6\r\n" END GOOD), 2, 0, 0, "" },
	{ "one that is longer than that", STR_INIT("WARC/1.0\r\n" MINIMAL
		"Content-Length: 10\r\n" END GOOD), 0, 0, -1,
		"does not end where Content-Length says" },
	{ "no blank lines after the block", STR_INIT("WARC/1.0\r\n" MINIMAL
		LENGTH "\r\nhello" GOOD), 2, 0, 0, "" },
	{ "one blank line after the block", STR_INIT("WARC/1.0\r\n" MINIMAL
		LENGTH "\r\nhello\r\n" GOOD), 2, 0, 0, "" },
	{ "no blank lines at the end", STR_INIT("WARC/1.0\r\n" MINIMAL
		LENGTH "\r\nhello"), 0, 0, -1, "cut after its block" },
	{ "rubbish behind a record", STR_INIT(GOOD "<html>\r\n\r\n" GOOD),
		1, 0, -1, "does not begin with 'WARC/'" },
	{ "another version", STR_INIT("WARC/2.0\r\n" MINIMAL LENGTH END),
		0, 0, -1, "unknown version 'WARC/2.0'" },
	{ "no WARC", STR_INIT("<!doctype html>"), 0, 0, -1, "record 1 at" },
	{ "cut in the header", STR_INIT(GOOD "WARC/1.0\r\n" MINIMAL),
		1, 0, -1, "record 2 at byte 173: cut within its header" },
	{ "half a gzip mark", STR_INIT("\x1f\x8b"), 0, 0, -1, "header" },
	{ "damaged gzip", STR_INIT("\x1f\x8b\x08garbagegarbage"), 0, 0, -1,
		"damaged gzip" },
};

static void
test_shapes(void)
{
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		struct count n = count_records(shapes[i].bytes);

		TEST(n.records == shapes[i].records &&
			n.skipped == shapes[i].skipped &&
			n.last == shapes[i].last && str_find(
			str_from(n.err.text), str_from(shapes[i].reason)) >= 0,
			"%s: '%s'", shapes[i].what, n.err.text);
	}
}

static void
test_views(void)
{
	int fd = memory_file(STR(GOOD));
	struct warc_reader *in = warc_reader_new(fd, BLOCK_MAX);
	struct warc_record r;
	struct link link;

	warc_record_init(&r);
	TEST(warc_next(in, &r, NULL) == WARC_RECORD &&
		str_eq(r.uri, STR("http://a.example/b c\xe9")) &&
		r.date_s == 1479859200 && str_eq(r.block, STR("hello")),
		"brackets are off the URI, fractions off the date");
	warc_link(&link, &r);
	TEST(str_eq(link.url, r.uri) && link.source.len == 0,
		"a record without a link stands for itself");
	warc_record_release(&r);
	warc_reader_free(in);
	close(fd);
}

/* A record of which one header line, field or block is repeated. */
static void
test_limits(void)
{
	struct strbuf b;
	struct count n;

	strbuf_init(&b, 8 << 20);
	strbuf_adds(&b, STR("WARC/1.0\r\n" MINIMAL "X: "));
	for (size_t i = 0; i < WARC_LINE_BYTES; i++)
		strbuf_addc(&b, 'x');
	n = count_records(strbuf_str(&b));
	TEST(n.last < 0 && str_find(str_from(n.err.text),
		STR("a header line is over 65536 bytes")) > 0, "a long line");

	strbuf_reset(&b);
	strbuf_adds(&b, STR("WARC/1.0\r\n"));
	for (size_t i = 0; i < WARC_HEADER_BYTES / 6; i++)
		strbuf_adds(&b, STR("X: y\r\n"));
	strbuf_adds(&b, STR("\r\n"));
	n = count_records(strbuf_str(&b));
	TEST(n.last < 0, "a long header");

	strbuf_reset(&b);
	strbuf_adds(&b, STR("WARC/1.0\r\n" MINIMAL));
	for (size_t i = 0; i < WARC_FIELDS_MAX; i++)
		strbuf_adds(&b, STR("X: y\r\n"));
	strbuf_adds(&b, STR(LENGTH END GOOD));
	n = count_records(strbuf_str(&b));
	TEST(n.records == 1 && n.skipped == 1 && n.last == 0, "many fields");

	strbuf_reset(&b);
	strbuf_addf(&b, "WARC/1.0\r\n%sContent-Length: %d\r\n\r\n", MINIMAL,
		BLOCK_MAX + 1);
	for (size_t i = 0; i < BLOCK_MAX + 1; i++)
		strbuf_addc(&b, 'x');
	strbuf_adds(&b, STR("\r\n\r\n" GOOD));
	n = count_records(strbuf_str(&b));
	TEST(n.records == 1 && n.skipped == 1 && n.last == 0,
		"a large block is passed over: %s", n.err.text);
	strbuf_release(&b);
}

static void
test_full_disk(void)
{
	int fd = open("/dev/full", O_WRONLY | O_CLOEXEC);
	struct warc_writer *w = warc_writer_new(fd, 0);
	struct str block = STR("x");
	struct warc_head h = { .type = WARC_INFO, .id = STR("<urn:x:1>") };
	struct err err = { "" };

	TEST(warc_write(w, &h, &block, 1, &err) == 0, "a record waits");
	TEST(warc_writer_flush(w, &err) < 0 && str_find(str_from(err.text),
		STR("No space left")) > 0, "a full disk is told: %s",
		err.text);
	TEST(warc_write(w, &h, &block, 1, &err) < 0, "and told again");
	warc_writer_free(w);
	close(fd);
}

/* The example of the man page as a stream, with CRLF for its line ends. */
static void
read_example(struct strbuf *page, struct strbuf *out)
{
	FILE *f = fopen("common/warc/stet-warc.5", "rb");
	struct str text, line;
	bool inside = false;
	size_t got;

	while (f && (got = fread(strbuf_room(page, 4096), 1, 4096, f)) > 0)
		strbuf_grew(page, got);
	if (f)
		fclose(f);
	text = strbuf_str(page);
	while (str_field(&line, &text, '\n')) {
		bool ends = str_eq(line, STR(".Ed"));

		if (inside && !ends) {
			strbuf_adds(out, line);
			strbuf_adds(out, STR("\r\n"));
		}
		inside = !ends && (inside ||
			str_eq(line, STR(".Bd -literal")));
	}
}

/* Whether the page's table has the field. */
static bool
is_in_table(struct str page, struct str name)
{
	struct strbuf row;
	bool found;

	strbuf_init(&row, 1000);
	strbuf_adds(&row, STR("\n.It "));
	strbuf_adds(&row, name);
	strbuf_adds(&row, STR(" Ta "));
	found = str_find(page, strbuf_str(&row)) >= 0;
	strbuf_release(&row);
	return found;
}

static void
test_page(void)
{
	struct strbuf page, stream;
	struct warc_reader *in;
	struct warc_record r;
	struct err err = { "" };
	size_t missing = 0, types = 0, failed = 0;
	struct link link;
	int fd, got;

	strbuf_init(&page, BLOCK_MAX);
	strbuf_init(&stream, BLOCK_MAX);
	read_example(&page, &stream);
	fd = memory_file(strbuf_str(&stream));
	in = warc_reader_new(fd, BLOCK_MAX);
	warc_record_init(&r);
	while ((got = warc_next(in, &r, &err)) == WARC_RECORD) {
		types = types * 10 + r.type;
		for (size_t i = 0; i < r.fields_count; i++)
			missing += !is_in_table(strbuf_str(&page),
				r.fields[i].name);
		warc_link(&link, &r);
		failed += str_eq(link.misses, STR("2/2026-11-18T09:30:00Z"))
			&& str_eq(warc_fields_get(r.block,
			STR("fetchStatus")), STR("-1"));
	}
	TEST(got == WARC_END && types == 124, "the page's example is a "
		"request, a response and metadata: %s", err.text);
	TEST(missing == 0, "every field of it is in the page's table");
	TEST(failed == 1, "the failed fetch has its link");
	warc_record_release(&r);
	warc_reader_free(in);
	strbuf_release(&page);
	strbuf_release(&stream);
	close(fd);
}

/* Blocks above and below the size that is written without a copy. */
static void
test_large(void)
{
	static char bytes[600 << 10];
	int fd = memory_file(STR(""));
	struct warc_writer *w = warc_writer_new(fd, 0);
	struct str block[40];
	struct warc_head h = { .type = WARC_RESOURCE, .id = STR("<urn:x:1>"),
		.uri = STR("http://a.example/"), .payload_piece = 1 };
	struct strbuf out;
	struct count n;

	memset(bytes, 'x', sizeof(bytes));
	for (size_t i = 0; i < 40; i++)
		block[i] = (struct str){ bytes, 1 + 700 * i };
	for (size_t i = 1; i <= 40; i++)
		warc_write(w, &h, block, i, NULL);
	block[0] = (struct str){ bytes, sizeof(bytes) };
	warc_write(w, &h, block, 1, NULL);
	warc_writer_flush(w, NULL);
	warc_writer_free(w);
	strbuf_init(&out, 64 << 20);
	contents(&out, fd);
	n = count_records(strbuf_str(&out));
	TEST(n.records == 41 && n.last == 0, "blocks of every size: %s",
		n.err.text);
	strbuf_release(&out);
	close(fd);
}

int
main(void)
{
	test_write();
	test_read();
	test_cuts();
	test_shapes();
	test_views();
	test_limits();
	test_page();
	test_full_disk();
	test_large();
	return test_done();
}
