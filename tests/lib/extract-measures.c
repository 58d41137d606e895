/*
 * extract-measures WHAT: for each line "URL<tab>FILE" of the standard input
 * what the extractor weighs on that page of HTML, for the scripts that learn
 * the weights. A line "page<tab>FILE", then for each candidate a line of tab-
 * separated score, measures and text; the first line has the measures' names.
 */
#include <stdio.h>
#include <string.h>

#include "cmd/extract/extract.h"
#include "cmd/extract/meta/titles.h"

enum { PAGE_BYTES = 64 << 20 };

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

static void
print_item(double score, const double *measures, size_t count, struct str text)
{
	printf("%.4f", score);
	for (size_t i = 0; i < count; i++)
		printf("\t%.4g", measures[i]);
	printf("\t%.*s\n", STR_ARGS(text));
}

static void
print_names(const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		printf("%s%s", i ? "\t" : "", names[i]);
	putchar('\n');
}

static void
print_titles(const struct reading *r)
{
	struct titles t;

	titles_collect(&t, &r->facts, &r->body);
	for (size_t i = 0; i < t.count; i++)
		print_item(t.items[i].score, t.items[i].measures,
			TITLES_MEASURES_COUNT, t.items[i].text);
}

int
main(void)
{
	static struct reading r;
	struct extract x;
	struct strbuf page;
	char line[8192];

	extract_init(&x);
	strbuf_init(&page, PAGE_BYTES);
	print_names(titles_measure_names, TITLES_MEASURES_COUNT);
	while (fgets(line, sizeof(line), stdin)) {
		char *path = strchr(line, '\t');
		struct article article = { .event = EVENT_FAILED };
		struct event event = { .body = { NULL, 0 } };
		struct err err;

		if (!path)
			continue;
		*path++ = '\0';
		path[strcspn(path, "\n")] = '\0';
		printf("page\t%s\n", path);
		article.url = str_from(line);
		if (read_file(&page, path) < 0)
			continue;
		event.body = strbuf_str(&page);
		if (extract_read(&r, &x, &article, &event, NULL, &err) == 0)
			print_titles(&r);
	}
	strbuf_release(&page);
	extract_release(&x);
	return 0;
}
