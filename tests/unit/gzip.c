#include "common/web/gzip.h"

#include <malloc.h>
#include <stdint.h>
#include <string.h>

#include "common/base/xalloc.h"
#include "tests/unit/test.h"

enum { TEXT_BYTES = 200000, CAP = 1 << 20 };

static char text[TEXT_BYTES];

static void
make_text(void)
{
	unsigned seed = 7;

	for (size_t i = 0; i < sizeof(text); i++) {
		seed = seed * 1103515245u + 12345u;
		text[i] = "etaoin shrdlu"[(seed >> 16) % 13];
	}
}

static struct str
all(void)
{
	return (struct str){ text, sizeof(text) };
}

static void
members(struct strbuf *gz, size_t count)
{
	struct gzip_writer *w = gzip_writer_new(6);

	for (size_t i = 0; i < count; i++)
		gzip_member(gz, w, str_sub(all(), i * (TEXT_BYTES / count),
			TEXT_BYTES / count));
	gzip_writer_free(w);
}

static void
test_whole(void)
{
	struct strbuf gz, out;
	struct err err;

	strbuf_init(&gz, CAP);
	strbuf_init(&out, CAP);
	for (size_t count = 1; count <= 4; count *= 2) {
		strbuf_reset(&gz);
		strbuf_reset(&out);
		members(&gz, count);
		TEST(gzip_sniff(strbuf_str(&gz)), "a member is known");
		TEST(gzip_inflate(&out, strbuf_str(&gz), CAP, &err) == 0 &&
			str_eq(strbuf_str(&out), all()),
			"%zu members give the text back", count);
	}
	strbuf_adds(&gz, STR("\0\0garbage"));
	strbuf_reset(&out);
	TEST(gzip_inflate(&out, strbuf_str(&gz), CAP, &err) == 0 &&
		out.len == TEXT_BYTES, "bytes behind the members are ignored");
	strbuf_release(&gz);
	strbuf_release(&out);
}

/* zlib and raw deflate of "stet stet stet stet\n", made by python3's zlib. */
static void
test_forms(void)
{
	static const char zlib[] = "\x78\x9c\x2b\x2e\x49\x2d\x51\x28\x46\x21"
		"\xb8\x00\x51\x56\x07\x6b";
	struct str raw = { zlib + 2, sizeof(zlib) - 1 - 6 };
	struct strbuf out;
	struct err err;

	strbuf_init(&out, CAP);
	TEST(gzip_inflate(&out, STR(zlib), CAP, &err) == 0 &&
		str_eq(strbuf_str(&out), STR("stet stet stet stet\n")),
		"zlib form");
	strbuf_reset(&out);
	TEST(gzip_inflate(&out, raw, CAP, &err) == 0 &&
		str_eq(strbuf_str(&out), STR("stet stet stet stet\n")),
		"raw deflate");
	strbuf_reset(&out);
	TEST(gzip_inflate(&out, STR("<html>plain"), CAP, &err) < 0,
		"text is not deflate");
	TEST(gzip_inflate(&out, STR(""), CAP, &err) < 0, "nothing is cut");
	strbuf_release(&out);
}

static void
test_caps(void)
{
	struct gzip_writer *w = gzip_writer_new(6);
	char *zeros = xcalloc(1, 64 << 20);
	struct strbuf gz, out;
	struct err err;

	strbuf_init(&gz, 128 << 20);
	strbuf_init(&out, 64 << 20);
	gzip_member(&gz, w, (struct str){ zeros, 64 << 20 });
	TEST(gzip_inflate(&out, strbuf_str(&gz), CAP, &err) < 0 &&
		out.len == CAP && out.cap <= 4 * CAP,
		"a bomb ends at the cap");
	strbuf_reset(&out);
	strbuf_reset(&gz);
	members(&gz, 1);
	TEST(gzip_inflate(&out, strbuf_str(&gz), TEXT_BYTES, &err) == 0,
		"the cap itself is allowed");
	strbuf_reset(&out);
	TEST(gzip_inflate(&out, strbuf_str(&gz), TEXT_BYTES - 1, &err) < 0 &&
		str_eq(strbuf_str(&out), str_sub(all(), 0, TEXT_BYTES - 1)),
		"a byte less is not, and the beginning is kept");
	free(zeros);
	gzip_writer_free(w);
	strbuf_release(&gz);
	strbuf_release(&out);
}

static void
test_cut(void)
{
	size_t bad = 0, prefixes = 0;
	struct strbuf gz, out;
	struct err err;

	strbuf_init(&gz, CAP);
	strbuf_init(&out, CAP);
	members(&gz, 1);
	for (size_t len = 0; len < gz.len; len += 97) {
		struct str cut = { gz.ptr, len };

		strbuf_reset(&out);
		bad += gzip_inflate(&out, cut, CAP, &err) == 0;
		prefixes += str_starts(all(), strbuf_str(&out)) &&
			(len < 1000 || out.len > 0);
	}
	TEST(bad == 0, "every cut is an error");
	TEST(prefixes == (gz.len + 96) / 97, "and leaves what came before");
	gz.ptr[gz.len / 2] ^= 0x55;
	strbuf_reset(&out);
	TEST(gzip_inflate(&out, strbuf_str(&gz), CAP, &err) < 0, "damage");
	strbuf_release(&gz);
	strbuf_release(&out);
}

/* Feeds `len` bytes in pieces of `step`; -1 for damage, else members seen. */
static int
stream(struct gzip_stream *z, struct strbuf *out, struct str in, size_t step)
{
	char piece[777];
	int ends = 0;

	while (in.len > 0) {
		size_t in_len = in.len < step ? in.len : step;
		size_t out_len = sizeof(piece);
		int got = gzip_stream_read(z, piece, &out_len, in.ptr, &in_len,
			NULL);

		if (got < 0)
			return -1;
		ends += got;
		strbuf_add(out, piece, out_len);
		in = str_sub(in, in_len, in.len);
	}
	return ends;
}

static void
test_stream(void)
{
	struct gzip_stream *z = gzip_stream_new();
	struct strbuf gz, out;

	strbuf_init(&gz, CAP);
	strbuf_init(&out, CAP);
	members(&gz, 2);
	for (size_t step = 1; step < 5000; step = step * 3 + 1) {
		strbuf_reset(&out);
		TEST(stream(z, &out, strbuf_str(&gz), step) == 2 &&
			str_eq(strbuf_str(&out), all()),
			"two members by %zu", step);
	}
	TEST(stream(z, &out, str_sub(strbuf_str(&gz), 0, 3000), 100) == 0,
		"a cut stream has no end");
	gzip_stream_free(z);
	z = gzip_stream_new();
	TEST(stream(z, &out, STR("no gzip at all"), 100) < 0, "damage");
	gzip_stream_free(z);
	strbuf_release(&gz);
	strbuf_release(&out);
}

/* Length of a member of level 1, made after the heap was filled with `fill`. */
static size_t
fast_member(struct str s, uint16_t fill)
{
	static uint16_t *heap[8];
	struct gzip_writer *w;
	struct strbuf gz;
	size_t len;

	for (size_t i = 0; i < sizeof(heap) / sizeof(heap[0]); i++) {
		heap[i] = xmalloc(TEXT_BYTES);
		for (size_t k = 0; k < TEXT_BYTES / sizeof(fill); k++)
			heap[i][k] = fill;
	}
	for (size_t i = 0; i < sizeof(heap) / sizeof(heap[0]); i++)
		free(heap[i]);
	w = gzip_writer_new(1);
	strbuf_init(&gz, CAP);
	gzip_member(&gz, w, s);
	len = gz.len;
	strbuf_release(&gz);
	gzip_writer_free(w);
	return len;
}

/* Whatever was in memory, the whole window is looked at. */
static void
test_window(void)
{
	enum { PERIOD = 3000 };
	static char again[10 * PERIOD];
	size_t len;

	for (size_t i = 0; i < sizeof(again); i++)
		again[i] = text[i % PERIOD];
	mallopt(M_MMAP_THRESHOLD, 16 << 20);
	len = fast_member((struct str){ again, sizeof(again) }, 0);
	for (uint16_t fill = 1; fill < 20; fill++)
		TEST(fast_member((struct str){ again, sizeof(again) }, fill) <
			len + len / 10, "as short a member after %d", fill);
}

/* The same bytes give the same member, by another writer too. */
static void
test_same(void)
{
	struct strbuf first, second;

	strbuf_init(&first, CAP);
	strbuf_init(&second, CAP);
	members(&first, 2);
	members(&second, 2);
	TEST(str_eq(strbuf_str(&first), strbuf_str(&second)), "the same member");
	strbuf_release(&first);
	strbuf_release(&second);
}

int
main(void)
{
	make_text();
	test_window();
	test_same();
	test_whole();
	test_forms();
	test_caps();
	test_cut();
	test_stream();
	return test_done();
}
