/*
 * Prints the path of each URL on standard input, a line each, for tests:
 * "PATH<TAB>KEY". Lines that are no URL are passed over.
 */
#include <stdio.h>

#include "common/archive/urlpath.h"
#include "common/base/linebuf.h"
#include "common/web/urlkey.h"

enum { ARENA_BYTES = 16 << 20 };

int
main(void)
{
	struct linebuf in;
	struct strbuf path;
	struct arena arena;
	struct str line, key;

	arena_init(&arena, ARENA_BYTES);
	strbuf_init(&path, 2 * URLPATH_BYTES);
	linebuf_init(&in, 0, URL_INPUT_BYTES);
	while (linebuf_next(&in, &line, NULL) > 0) {
		arena_reset(&arena);
		strbuf_reset(&path);
		if (urlkey_of(&key, line, NULL, &arena, NULL) == 0 &&
			urlpath_of(&path, key, URLPATH_DIGITS, NULL) == 0)
			printf("%s\t%.*s\n", path.ptr, STR_ARGS(key));
	}
	linebuf_release(&in);
	strbuf_release(&path);
	arena_release(&arena);
	return 0;
}
