/* The XML parser: any bytes, and no close without its open. */
#include "common/xml.h"

#include "common/strbuf.h"
#include "common/utf8.h"
#include "tests/fuzz/fuzz.h"

enum { TEXT_BYTES = 16 << 20 };

struct depth {
	size_t now, most;
};

static int
open_element(void *context, const struct xml_element *element)
{
	struct depth *depth = context;

	FUZZ_CHECK(element->name.len > 0 && utf8_valid(element->name));
	FUZZ_CHECK(element->attrs_count <= XML_ATTRS);
	for (size_t i = 0; i < element->attrs_count; i++)
		FUZZ_CHECK(utf8_valid(element->attrs[i].value));
	if (++depth->now > depth->most)
		depth->most = depth->now;
	return 0;
}

static int
close_element(void *context, const struct xml_element *element)
{
	struct depth *depth = context;

	FUZZ_CHECK(element->name.len > 0 && depth->now > 0);
	depth->now--;
	return 0;
}

static int
add_text(void *context, struct str text)
{
	(void)context;
	FUZZ_CHECK(utf8_valid(text));
	return 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static const struct xml_events events = { open_element, close_element,
		add_text };
	struct depth depth = { 0, 0 };
	struct strbuf text;

	strbuf_init(&text, TEXT_BYTES);
	utf8_clean(&text, (struct str){ (const char *)bytes, len });
	xml_parse(strbuf_str(&text), &events, &depth, NULL);
	FUZZ_CHECK(depth.most <= XML_DEPTH);
	strbuf_release(&text);
	return 0;
}
