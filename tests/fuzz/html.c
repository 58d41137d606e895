/*
 * The HTML parser behind the decoder: any bytes. The nodes nest as their
 * numbers say, so that a walk by index ends.
 */
#include "common/web/html.h"

#include "common/base/utf8.h"
#include "common/text/charset.h"
#include "tests/fuzz/fuzz.h"

enum { ARENA_BYTES = 256 << 20, TEXT_BYTES = 16 << 20 };

static void
check_node(const struct html *h, uint32_t i, struct arena *arena)
{
	const struct html_node *n = &h->nodes[i];

	FUZZ_SAY("%u %u %u %d %.*s", i, n->parent, n->end, (int)n->tag,
		STR_ARGS(n->text));
	FUZZ_CHECK(n->end > i && n->end <= h->count);
	FUZZ_CHECK(i == 0 || (n->parent < i &&
		n->end <= h->nodes[n->parent].end));
	FUZZ_CHECK(n->attrs_count == 0 ||
		n->attrs + n->attrs_count <= h->attrs_count);
	for (uint32_t c = html_first(h, i); c != HTML_NONE; c = html_next(h, c))
		FUZZ_CHECK(h->nodes[c].parent == i);
	for (uint32_t k = n->attrs; k < n->attrs + n->attrs_count; k++)
		FUZZ_SAY(" %d=%.*s", (int)h->attrs[k].name,
			STR_ARGS(h->attrs[k].value));
	FUZZ_SAY("\n");
	if (i % 16 == 0)
		FUZZ_SAY("%.*s\n", STR_ARGS(html_text(h, i, arena)));
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len)
{
	static bool ready;
	struct str input = { (const char *)bytes, len }, text;
	struct html_options options = { .links = len % 2 };
	struct strbuf storage;
	struct charset charset;
	struct arena arena;
	struct html h;

	if (!ready)
		charset_init();
	ready = true;
	arena_init(&arena, ARENA_BYTES);
	strbuf_init(&storage, TEXT_BYTES);
	text = charset_decode(&charset, &storage, input,
		len % 3 ? STR("") : STR("text/html; charset=shift_jis"));
	FUZZ_CHECK(utf8_valid(text));
	if (html_parse(&h, text, &options, &arena, NULL) == 0)
		for (uint32_t i = 0; i < h.count; i++)
			check_node(&h, i, &arena);
	strbuf_release(&storage);
	arena_release(&arena);
	return 0;
}
