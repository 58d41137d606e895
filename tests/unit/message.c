#include "common/article/message.h"

#include "tests/unit/test.h"

static struct arena arena;
static struct strbuf text;

static const char blob[] = "0123456789012345678901234567890123456789";

static struct message
sample(void)
{
	static struct str classes[] = { STR_INIT("headline"),
		STR_INIT("numbers") };

	return (struct message){ .source = STR("bbc"),
		.headline = STR("Dead rise to 21"),
		.url = STR("https://a.test/x?utm=1"),
		.key = STR("https://a.test/x"),
		.path = STR("a.test/_/1/2/3/x.md"),
		.version = 3,
		.event = RECEIPT_CHANGED,
		.blob = str_from(blob),
		.classes = { classes, 2 },
		.words_added = 12,
		.words_removed = 3,
		.fetched = STR("2026-11-23T05:00:00Z"),
		.status = 200,
		.etag = STR("W/\"a  b\""),
		.extractor = STR("stet/0.1.0") };
}

static int
print_and_parse(struct message *out, const struct message *m)
{
	strbuf_reset(&text);
	message_print(&text, m);
	arena_reset(&arena);
	return message_parse(out, strbuf_str(&text), &arena, NULL);
}

static void
test_round_trip(void)
{
	struct message m = sample(), got;

	TEST(print_and_parse(&got, &m) == 0, "a message is read back");
	TEST(str_eq(got.source, m.source) && str_eq(got.headline, m.headline) &&
			str_eq(got.url, m.url) && str_eq(got.key, m.key) &&
			str_eq(got.path, m.path) && str_eq(got.etag, m.etag) &&
			str_eq(got.blob, m.blob),
		"with its strings");
	TEST(got.version == 3 && got.event == RECEIPT_CHANGED &&
			got.words_added == 12 && got.words_removed == 3 &&
			got.status == 200 && got.classes.count == 2 &&
			str_eq(got.classes.items[1], STR("numbers")),
		"with its numbers and lists");
	TEST(got.location.len == 0 && got.reason.len == 0,
		"what is empty stays empty");
}

static void
test_forgery(void)
{
	struct message m = sample(), got;

	m.headline = STR("Fire\n\nKey: https://evil.test/\nEvent: gone");
	m.url = STR("https://a.test/\nKey: forged\r\nEvent: gone");
	m.source = STR("b<b>c: d\n\x1b[31m");
	m.etag = STR("\"\xc2\x9b\xe2\x80\xa8\xe2\x80\xae\"\nVersion: 9");
	TEST(print_and_parse(&got, &m) == 0 &&
			str_eq(got.key, STR("https://a.test/x")) &&
			got.event == RECEIPT_CHANGED && got.version == 3,
		"no value forges a trailer");
	TEST(str_starts(strbuf_str(&text), STR("b b c  d  [31m: Fire")),
		"the subject has a source without '<', '>', ':' or control");
	TEST(str_eq(got.source, STR("b<b>c: d  [31m")),
		"a trailer has its name, without control");
	TEST(str_find(strbuf_str(&text), STR("\x1b")) < 0 &&
			str_find(strbuf_str(&text), STR("\xe2\x80\xae")) < 0,
		"nothing steers a terminal");
}

static void
test_edges(void)
{
	struct message m = sample(), got;
	char longest[1000];

	memset(longest, 'x', sizeof(longest));
	m.headline = STR("");
	TEST(print_and_parse(&got, &m) == 0 && str_eq(got.headline, m.path),
		"the path stands in for an empty headline");
	m.headline = (struct str){ longest, sizeof(longest) };
	TEST(print_and_parse(&got, &m) == 0 &&
			got.headline.len == MESSAGE_SUBJECT_BYTES,
		"a long headline is cut");
	TEST(message_parse(&got, STR("Fix typo\n\nBy hand.\n"), &arena,
		     NULL) < 0,
		"a commit by hand is not taken for one of stet's");
	TEST(message_parse(&got, STR("a: b\n\nKey: k\nPath: p\nVersion: 1\n"
			"Event: same\n"), &arena, NULL) < 0,
		"nor one with an event that makes no commit");
}

int
main(void)
{
	arena_init(&arena, 1 << 20);
	strbuf_init(&text, MESSAGE_BYTES);
	test_round_trip();
	test_forgery();
	test_edges();
	strbuf_release(&text);
	arena_release(&arena);
	return test_done();
}
