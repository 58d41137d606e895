/*
 * XML of the wild: any bytes, made UTF-8 first as its contract asks. Opens and
 * closes pair up, text and names are valid UTF-8 without control bytes, the
 * same bytes give the same events, and what looks like a date is tried as one.
 */
#include "cmd/links/xml.h"
#include "common/base/ascii.h"
#include "common/base/utf8.h"
#include "common/text/date.h"
#include "tests/fuzz/fuzz.h"

struct seen {
	size_t depth, events;
	uint64_t hash;
};

static void
add(struct seen *seen, struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		seen->hash = (seen->hash ^ (unsigned char)s.ptr[i]) *
			0x100000001b3u;
	seen->events++;
}

static void
check_text(struct str s)
{
	FUZZ_CHECK(utf8_valid(s));
	for (size_t i = 0; i < s.len; i++)
		FUZZ_CHECK((unsigned char)s.ptr[i] >= 32 ||
			ascii_space(s.ptr[i]));
}

static int
on_open(void *context, const struct xml_element *e)
{
	struct seen *seen = context;

	FUZZ_CHECK(++seen->depth <= XML_DEPTH);
	FUZZ_CHECK(e->name.len > 0 && e->attrs_count <= XML_ATTRS);
	check_text(e->name);
	add(seen, e->name);
	FUZZ_SAY("%*s%.*s", (int)seen->depth, "<", STR_ARGS(e->name));
	for (size_t i = 0; i < e->attrs_count; i++) {
		check_text(e->attrs[i].value);
		add(seen, e->attrs[i].value);
		FUZZ_SAY(" %.*s", STR_ARGS(e->attrs[i].value));
	}
	return 0;
}

static int
on_close(void *context, const struct xml_element *e)
{
	struct seen *seen = context;

	FUZZ_CHECK(seen->depth-- > 0);
	add(seen, e->name);
	return 0;
}

static int
on_text(void *context, struct str text)
{
	struct seen *seen = context;
	int64_t s;

	check_text(text);
	add(seen, text);
	FUZZ_SAY("\n%.*s", STR_ARGS(text));
	if (date_parse(&s, text) == 0) {
		FUZZ_SAY(" %lld", (long long)s);
		FUZZ_CHECK(s > -INT64_C(70000000000) &&
			s < INT64_C(300000000000));
	}
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct xml_events events = { on_open, on_close, on_text };
	struct str input = { (const char *)bytes, len };
	struct seen once = { 0, 0, 1 }, again = { 0, 0, 1 };
	struct strbuf clean;
	struct err err = { "" };

	strbuf_init(&clean, SIZE_MAX / 4);
	utf8_clean(&clean, input);
	if (xml_parse(strbuf_str(&clean), &events, &once, &err) < 0)
		FUZZ_CHECK(err.text[0]);
	xml_parse(strbuf_str(&clean), &events, &again, NULL);
	FUZZ_SAY("%s\n", err.text);
	FUZZ_CHECK(once.hash == again.hash && once.events == again.events);
	strbuf_release(&clean);
	return 0;
}
