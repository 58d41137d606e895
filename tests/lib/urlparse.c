/*
 * Prints what stet makes of URLs, for tests that compare: for each line, a
 * JSON list [INPUT] or [INPUT, BASE], the href, or an empty line for a failure.
 */
#include <stdio.h>

#include "common/base/linebuf.h"
#include "common/web/json.h"
#include "common/web/url.h"

enum { LINE_MAX_BYTES = 1 << 20, ARENA_BYTES = 16 << 20 };

/* One line: a JSON list [input] or [input, base]. */
static void
answer(struct strbuf *out, struct str line, struct arena *arena)
{
	struct json *list = json_read(line, JSON_STRICT, NULL);
	struct url url, base;
	bool based = json_count(list) > 1;

	if (list && (!based || url_parse(&base, json_text(json_item(list, 1)),
		NULL, arena, NULL) == 0) &&
		url_parse(&url, json_text(json_item(list, 0)),
		based ? &base : NULL, arena, NULL) == 0)
		url_write(out, &url);
	strbuf_addc(out, '\n');
	json_free(list);
}

int
main(void)
{
	struct linebuf in;
	struct strbuf out;
	struct arena arena;
	struct str line;

	arena_init(&arena, ARENA_BYTES);
	strbuf_init(&out, SIZE_MAX / 4);
	linebuf_init(&in, 0, LINE_MAX_BYTES);
	while (linebuf_next(&in, &line, NULL) > 0) {
		strbuf_reset(&out);
		answer(&out, line, &arena);
		fwrite(out.ptr, 1, out.len, stdout);
		arena_reset(&arena);
	}
	linebuf_release(&in);
	strbuf_release(&out);
	arena_release(&arena);
	return 0;
}
