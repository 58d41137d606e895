#include "common/web/httpmsg.h"

#include <string.h>

#include "common/base/xalloc.h"
#include "common/web/gzip.h"
#include "tests/unit/test.h"

enum { CAP = 1 << 20 };

#define PAGE "<html><title>Dam</title><p>It burst.</html>"
/* PAGE in each coding, by python3's gzip and zlib. */
#define PAGE_GZIP \
	"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\xb3\xc9\x28\xc9\xcd\xb1" \
	"\xb3\x29\xc9\x2c\xc9\x49\xb5\x73\x49\xcc\xb5\xd1\x87\x30\x6d\x0a" \
	"\xec\x3c\x4b\x14\x92\x4a\x8b\x8a\x4b\xf4\x6c\xf4\xc1\x8a\x00\xfa" \
	"\x2e\xa4\x10\x2b\x00\x00\x00"

/* The same by node's brotliCompressSync and by zstd. */
#define PAGE_BR \
	"\x1b\x2a\x00\xf8\x8d\x54\x35\x7f\xba\xb9\xd8\x34\x94\x61\xb2\x58" \
	"\xa2\x26\x83\xc2\xf9\xf7\x00\x49\x56\x6a\x59\x28\x03\x08\x81\x86" \
	"\xa0\xb9\x63\xf1\x5c\xa8\xc1\xb1\x60\xfd\xfb\x28\xd0\x01"
#define PAGE_ZSTD \
	"\x28\xb5\x2f\xfd\x04\x58\x59\x01\x00\x3c\x68\x74\x6d\x6c\x3e\x3c" \
	"\x74\x69\x74\x6c\x65\x3e\x44\x61\x6d\x3c\x2f\x74\x69\x74\x6c\x65" \
	"\x3e\x3c\x70\x3e\x49\x74\x20\x62\x75\x72\x73\x74\x2e\x3c\x2f\x68" \
	"\x74\x6d\x6c\x3e\x4b\x39\x19\xdb"

/* 64 MiB of zeros in br, 4 MiB in zstd. */
#define BOMB_BR \
	"\xcb\xff\xff\x3f\x00\x24\x00\xe2\xb1\x40\x72\xef\xff\xf8\xff\xff" \
	"\x07\x80\x04\x40\x1c\x16\x80\xee\xfd\x1f\xff\xff\xff\x00\x90\x00" \
	"\x88\xc3\x02\xd0\xbd\xff\xe3\xff\xff\x1f\x00\x12\x00\x71\x58\x00" \
	"\xba\xf7\x7f\xfc\xff\xff\x03\x40\x02\x20\x0e\x0b\x40\xf7\xfe\x8f" \
	"\xff\xff\x7f\x00\x48\x00\xc4\x61\x01\xe8\xde\xff\xf1\xff\xff\x0f" \
	"\x00\x09\x80\x38\x2c\x00\xdd\xfb\xbf\xfc\xff\xff\x03\x20\x01\x10" \
	"\x87\x05\xa0\x7b\xff\x07"
#define BOMB_ZSTD \
	"\x28\xb5\x2f\xfd\x04\x68\x4c\x00\x00\x08\x00\x01\x00\xfc\xff\x39" \
	"\x10\x02\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00" \
	"\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00" \
	"\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00" \
	"\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00" \
	"\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00" \
	"\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00" \
	"\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x02\x00" \
	"\x10\x00\x02\x00\x10\x00\x02\x00\x10\x00\x03\x00\x10\x00\x28\x9d" \
	"\xbc\x7c"

static const struct {
	const char *what;
	struct str bytes;
	int status;
	const char *reason;
	const char *type; /* Content-Type */
	int decoded;      /* of httpmsg_body */
	struct str body;
} shapes[] = {
	{ "identity", STR_INIT("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
		"Content-Length: 43\r\n\r\n" PAGE), 200, "OK", "text/html",
		HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "HTTP/2 without reason", STR_INIT("HTTP/2 200\r\n"
		"content-type: text/html\r\n\r\n" PAGE), 200, "", "text/html",
		HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "LF alone", STR_INIT("HTTP/1.0 404 Not Found\nContent-Type: a\n\n"
		PAGE), 404, "Not Found", "a", HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "a reason without a blank", STR_INIT("HTTP/1.1 200OK\r\n\r\n" PAGE),
		200, "OK", "", HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "no empty line", STR_INIT("HTTP/1.1 204 No Content\r\n"
		"Content-Type: b"), 204, "No Content", "b", HTTPMSG_WHOLE,
		STR_INIT("") },
	{ "folded value", STR_INIT("HTTP/1.1 200 OK\r\nContent-Type: a;\r\n"
		"\tb=c\r\nX: y\r\n\r\n"), 200, "OK", "a;\r\n\tb=c",
		HTTPMSG_WHOLE, STR_INIT("") },
	{ "interim responses", STR_INIT("HTTP/1.1 100 Continue\r\n\r\n"
		"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\n"
		"Content-Type: c\r\n\r\n" PAGE), 200, "OK", "c", HTTPMSG_WHOLE,
		STR_INIT(PAGE) },
	{ "a line without a colon", STR_INIT("HTTP/1.1 200 OK\r\n<odd>\r\n"
		"Content-Type: d\r\n\r\n" PAGE), 200, "OK", "d",
		HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "gzip", STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n"
		PAGE_GZIP), 200, "OK", "", HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "x-gzip, any case", STR_INIT("HTTP/1.1 200 OK\r\n"
		"CONTENT-ENCODING: X-GZip\r\n\r\n" PAGE_GZIP), 200, "OK", "",
		HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "gzip said of a decoded body (Common Crawl before 2019)",
		STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
		"Content-Length: 63\r\n\r\n" PAGE), 200, "OK", "",
		HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "renamed coding (Common Crawl since)", STR_INIT("HTTP/1.1 200 OK\r\n"
		"X-Crawler-Content-Encoding: gzip\r\n"
		"X-Crawler-Content-Length: 63\r\nContent-Length: 43\r\n\r\n"
		PAGE), 200, "OK", "", HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "renamed coding (browsertrix)", STR_INIT("HTTP/1.1 200 OK\r\n"
		"x-orig-content-encoding: br\r\n"
		"x-orig-transfer-encoding: chunked\r\n\r\n" PAGE), 200, "OK",
		"", HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "gzip cut", STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: gzip"
		"\r\n\r\n\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"), 200, "OK",
		"", HTTPMSG_CUT, STR_INIT("") },
	{ "deflate said of text", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: deflate\r\n\r\n" PAGE), 200, "OK", "",
		HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "deflate, zlib form", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: deflate\r\n\r\n\x78\x9c\x2b\x2e\x49\x2d\x51"
		"\x28\x46\x21\xb8\x00\x51\x56\x07\x6b"), 200, "OK", "",
		HTTPMSG_WHOLE, STR_INIT("stet stet stet stet\n") },
	{ "deflate, raw form", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: deflate\r\n\r\n\x2b\x2e\x49\x2d\x51"
		"\x28\x46\x21\xb8\x00"), 200, "OK", "",
		HTTPMSG_WHOLE, STR_INIT("stet stet stet stet\n") },
	{ "br", STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n"
		PAGE_BR), 200, "OK", "", HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "br with bytes behind it", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: BR\r\n\r\n" PAGE_BR "\n\n"), 200, "OK",
		"", HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "br cut", STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n"
		"\r\n\x1b\x2a\x00\xf8\x8d"), 200, "OK", "", HTTPMSG_CUT,
		STR_INIT("") },
	{ "br damaged", STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: br"
		"\r\n\r\n\x91\x92\xff\xff\xff\xff"), 200, "OK", "",
		HTTPMSG_CUT, STR_INIT("") },
	{ "gzip, then br", STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: "
		"gzip, br\r\n\r\n" PAGE_BR), 200, "OK", "", HTTPMSG_WHOLE,
		STR_INIT(PAGE) },
	{ "zstd", STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n"
		"\r\n" PAGE_ZSTD), 200, "OK", "", HTTPMSG_WHOLE,
		STR_INIT(PAGE) },
	{ "zstd in two frames, and rubbish", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: zstd\r\n\r\n" PAGE_ZSTD PAGE_ZSTD "x"),
		200, "OK", "", HTTPMSG_WHOLE, STR_INIT(PAGE PAGE) },
	{ "zstd cut", STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: zstd"
		"\r\n\r\n\x28\xb5\x2f\xfd\x04\x58\x59\x01\x00"), 200,
		"OK", "", HTTPMSG_CUT, STR_INIT("") },
	{ "zstd with a window of 128 MiB", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: zstd\r\n\r\n\x28\xb5\x2f\xfd\x00\x88"
		"\x01\x00\x00"), 200, "OK", "", HTTPMSG_CUT, STR_INIT("") },
	{ "zstd said of a decoded body", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: zstd\r\n\r\nplain"), 200, "OK", "",
		HTTPMSG_WHOLE, STR_INIT("plain") },
	{ "compress", STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: "
		"compress\r\n\r\n\x1f\x9d\x90\x61\xc4"), 200, "OK", "",
		HTTPMSG_BAD, STR_INIT("") },
	{ "br said of a decoded body", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: br\r\n\r\n\n " PAGE), 200, "OK", "",
		HTTPMSG_WHOLE, STR_INIT("\n " PAGE) },
	{ "identity and utf-8 as codings", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: identity, UTF-8\r\n\r\nplain"), 200, "OK",
		"", HTTPMSG_WHOLE, STR_INIT("plain") },
	{ "too many codings", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: gzip,gzip,gzip,gzip,gzip\r\n\r\nx"), 200,
		"OK", "", HTTPMSG_BAD, STR_INIT("") },
	{ "chunks (wget, Heritrix)", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Transfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\n"
		"A;x=y\r\n0123456789\r\n0\r\nTrailer: z\r\n\r\n"), 200, "OK",
		"", HTTPMSG_WHOLE, STR_INIT("<html>0123456789") },
	{ "chunks said of a decoded body (pywb)", STR_INIT("HTTP/1.1 200 OK"
		"\r\nTransfer-Encoding: chunked\r\n\r\n" PAGE), 200, "OK", "",
		HTTPMSG_WHOLE, STR_INIT(PAGE) },
	{ "a decoded body that begins like a chunk", STR_INIT("HTTP/1.1 200 "
		"OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nand a half"),
		200, "OK", "", HTTPMSG_WHOLE, STR_INIT("2\r\nand a half") },
	{ "chunks, cut", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Transfer-Encoding: chunked\r\n\r\n6\r\n<html>\r\nA\r\n0123"),
		200, "OK", "", HTTPMSG_CUT, STR_INIT("<html>0123") },
	{ "chunks of gzip", STR_INIT("HTTP/1.1 200 OK\r\nTransfer-Encoding: "
		"chunked\r\nContent-Encoding: gzip\r\n\r\n37\r\n" PAGE_GZIP
		"\r\n0\r\n\r\n"), 200, "OK", "", HTTPMSG_WHOLE,
		STR_INIT(PAGE) },
	{ "a chunk of 2^64 bytes", STR_INIT("HTTP/1.1 200 OK\r\n"
		"Transfer-Encoding: chunked\r\n\r\n10000000000000000\r\nx"),
		200, "OK", "", HTTPMSG_WHOLE,
		STR_INIT("10000000000000000\r\nx") },
};

static void
test_shapes(void)
{
	struct strbuf storage;

	strbuf_init(&storage, CAP);
	for (size_t i = 0; i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		struct httpmsg m;
		struct str body = STR("");
		struct err err = { "" };
		int parsed = httpmsg_parse(&m, shapes[i].bytes, &err);
		int got = httpmsg_body(&body, &m, &storage, CAP, &err);

		TEST(parsed == 0 && m.status == shapes[i].status &&
			str_eq(m.reason, str_from(shapes[i].reason)) &&
			str_eq(httpmsg_get(&m, STR("content-type")),
			str_from(shapes[i].type)), "%s: head", shapes[i].what);
		TEST(got == shapes[i].decoded && (got == HTTPMSG_BAD ||
			str_eq(body, shapes[i].body)), "%s: body: %d '%s'",
			shapes[i].what, got, err.text);
	}
	strbuf_release(&storage);
}

static void
test_refused(void)
{
	static const struct str bad[] = { STR_INIT(""), STR_INIT("<html>"),
		STR_INIT("HTTP/1.1"), STR_INIT("HTTP/1.1 \r\n\r\n"),
		STR_INIT("HTTP/1.1 20\r\n\r\n"),
		STR_INIT("HTTP/1.1 2000 x\r\n\r\n"),
		STR_INIT("HTTP/1.1 099 x\r\n\r\n"),
		STR_INIT("GET / HTTP/1.1\r\n\r\n") };
	struct httpmsg m;
	struct err err;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		TEST(httpmsg_parse(&m, bad[i], &err) < 0,
			"no response %zu: %s", i, err.text);
}

/* What is small and wants to be large ends at the cap. */
static void
test_bombs(void)
{
	static const struct str bombs[] = {
		STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\n"
			BOMB_BR),
		STR_INIT("HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\n\r\n"
			BOMB_ZSTD)
	};
	struct strbuf storage;

	strbuf_init(&storage, CAP);
	for (size_t i = 0; i < sizeof(bombs) / sizeof(bombs[0]); i++) {
		struct httpmsg m;
		struct str body;
		struct err err = { "" };

		TEST(httpmsg_parse(&m, bombs[i], &err) == 0 &&
			httpmsg_body(&body, &m, &storage, CAP, &err) ==
			HTTPMSG_CUT && body.len == CAP &&
			storage.cap <= 2 * CAP, "bomb %zu: %s", i, err.text);
	}
	strbuf_release(&storage);
}

static void
test_caps(void)
{
	struct gzip_writer *w = gzip_writer_new(6);
	char *zeros = xcalloc(1, 16 << 20);
	struct strbuf bomb, storage;
	struct httpmsg m;
	struct str body;
	struct err err;

	strbuf_init(&bomb, 32 << 20);
	strbuf_init(&storage, CAP);
	strbuf_adds(&bomb, STR("HTTP/1.1 200 OK\r\n"
		"Content-Encoding: gzip\r\n\r\n"));
	gzip_member(&bomb, w, (struct str){ zeros, 16 << 20 });
	TEST(httpmsg_parse(&m, strbuf_str(&bomb), &err) == 0 &&
		httpmsg_body(&body, &m, &storage, CAP, &err) == HTTPMSG_CUT &&
		body.len == CAP, "a bomb ends at the cap: %s", err.text);
	TEST(httpmsg_parse(&m, STR("HTTP/1.1 200 OK\r\n\r\n0123456789"),
		&err) == 0 && httpmsg_body(&body, &m, &storage, 4, &err) ==
		HTTPMSG_CUT && str_eq(body, STR("0123")), "so does identity");
	TEST(httpmsg_parse(&m, STR("HTTP/1.1 200 OK\r\nTransfer-Encoding: "
		"chunked\r\n\r\n4\r\nabcd\r\n4\r\nefgh\r\n0\r\n\r\n"), &err)
		== 0 && httpmsg_body(&body, &m, &storage, 6, &err) ==
		HTTPMSG_CUT && str_eq(body, STR("abcdef")), "and chunks");
	free(zeros);
	gzip_writer_free(w);
	strbuf_release(&bomb);
	strbuf_release(&storage);
}

static void
check_store(const char *what, struct str head, size_t len, struct str want)
{
	struct strbuf out;

	strbuf_init(&out, CAP);
	httpmsg_store_head(&out, head, len);
	TEST(str_eq(strbuf_str(&out), want), "stored head, %s", what);
	strbuf_release(&out);
}

static void
test_store(void)
{
	check_store("as it is", STR("HTTP/1.1 200 OK\r\nA: b\r\n"
		"Content-Length: 5\r\n\r\n"), 5, STR("HTTP/1.1 200 OK\r\n"
		"A: b\r\nContent-Length: 5\r\n\r\n"));
	check_store("HTTP/2, chunked, coding kept", STR("HTTP/2 200\r\n"
		"content-encoding: gzip\r\ntransfer-encoding: chunked\r\n"
		"\r\n"), 7, STR("HTTP/1.1 200 \r\ncontent-encoding: gzip\r\n"
		"X-Crawler-transfer-encoding: chunked\r\n"
		"Content-Length: 7\r\n\r\n"));
	check_store("a length that is not right", STR("HTTP/1.0 200 OK\n"
		"Content-Length: 900\n\n"), 7, STR("HTTP/1.1 200 OK\r\n"
		"X-Crawler-Content-Length: 900\r\nContent-Length: 7\r\n\r\n"));
	check_store("two lengths", STR("HTTP/1.1 200 OK\r\n"
		"Content-Length: 7\r\nContent-Length: 7\r\n\r\n"), 7,
		STR("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n"
		"X-Crawler-Content-Length: 7\r\n\r\n"));
	check_store("304", STR("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n"
		"\r\n"), 0, STR("HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n"
		"\r\n"));
	check_store("control bytes, folds and odd lines",
		STR("HTTP/1.1 200 O\x1bK\r\nA: b\rc\0d\r\n e\r\noops\r\n f\r\n"
		"G: h\r\n\r\nBODY"), 0, STR("HTTP/1.1 200 O K\r\n"
		"A: b c d e\r\nG: h\r\nContent-Length: 0\r\n\r\n"));
	check_store("no response", STR("<html>"), 0, STR(""));
}

int
main(void)
{
	test_shapes();
	test_refused();
	test_bombs();
	test_caps();
	test_store();
	return test_done();
}
