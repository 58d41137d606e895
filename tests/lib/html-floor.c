/*
 * The floor under the extractor's speed: html-floor floor|gumbo FILE... reads
 * the pages and parses each as stet-extract does (first pass and gumbo, no
 * rule), or by gumbo alone, which is what the first pass is measured against.
 * Prints the CPU seconds that the parsing took, then pages and bytes.
 */
#include <gumbo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/base/strbuf.h"
#include "common/web/html.h"

enum { PAGE_BYTES = 256 << 20 };

static int
read_file(struct strbuf *out, const char *path)
{
	FILE *f = fopen(path, "rb");
	char bytes[65536];
	size_t got;

	strbuf_reset(out);
	if (!f)
		return -1;
	while ((got = fread(bytes, 1, sizeof(bytes), f)) > 0)
		strbuf_add(out, bytes, got);
	fclose(f);
	return 0;
}

static double
cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static size_t
parse(struct str page, int floor, struct arena *arena)
{
	struct html h;
	GumboOutput *tree;

	if (floor) {
		arena_reset(arena);
		if (html_parse(&h, page, NULL, arena, NULL) < 0)
			return 0;
		return h.kept_bytes;
	}
	tree = gumbo_parse_with_options(&kGumboDefaultOptions, page.ptr,
		page.len);
	gumbo_destroy_output(&kGumboDefaultOptions, tree);
	return page.len;
}

int
main(int argc, char **argv)
{
	int floor = argc > 1 && strcmp(argv[1], "floor") == 0;
	size_t read = 0, kept = 0;
	double spent_s = 0;
	struct strbuf page;
	struct arena arena;

	arena_init(&arena, (size_t)1 << 30);
	strbuf_init(&page, PAGE_BYTES);
	for (int i = 2; i < argc; i++) {
		double from = 0;

		if (read_file(&page, argv[i]) < 0) {
			fprintf(stderr, "html-floor: no file '%s'\n", argv[i]);
			return 1;
		}
		from = cpu_s();
		kept += parse(strbuf_str(&page), floor, &arena);
		spent_s += cpu_s() - from;
		read += page.len;
	}
	printf("%.6f %d %zu %zu\n", spent_s, argc - 2, read, kept);
	arena_release(&arena);
	strbuf_release(&page);
	return 0;
}
