/*
 * extract-measures titles|authors|sureness: for each line "URL<tab>FILE" of standard
 * input what the extractor weighs on that page of HTML, for the scripts that
 * learn the weights. A line "page<tab>FILE", then for each candidate a line of tab-
 * separated score, measures and text; the first line has the measures' names.
 */
#include <stdio.h>
#include <string.h>

#include "cmd/extract/extract.h"
#include "cmd/extract/meta/authorlists.h"
#include "cmd/extract/meta/title.h"
#include "cmd/extract/meta/titles.h"
#include "cmd/extract/verdict/sureness.h"

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

/* The names of a list are told with "; " between them. */
static void
print_authors(const struct reading *r)
{
	struct authorlists a;
	struct title title;
	uint32_t heading;
	struct strbuf line;

	title_find(&title, &r->facts, &r->body);
	heading = title.heading != HTML_NONE ? title.heading :
		r->body.heading;
	strbuf_init(&line, PAGE_BYTES);
	if (authorlists_collect(&a, &r->facts, &r->body, heading) < 0)
		return;
	for (size_t i = 0; i < a.count; i++) {
		const struct strlist *names = &a.items[i].names;

		strbuf_reset(&line);
		for (size_t k = 0; k < names->count; k++) {
			strbuf_adds(&line, k ? STR("; ") : STR(""));
			strbuf_adds(&line, names->items[k]);
		}
		print_item(a.items[i].score, a.items[i].measures,
			AUTHORLISTS_MEASURES_COUNT, strbuf_str(&line));
	}
	strbuf_release(&line);
}

/* The text is told as the scorers want it: the standfirst, a tab, the rest. */
static void
print_sureness(struct article *a, const struct reading *r)
{
	struct sureness s;
	struct strbuf text;

	extract_tell(a, r);
	sureness_find(&s, &r->facts, &r->body, a);
	strbuf_init(&text, PAGE_BYTES);
	strbuf_adds(&text, a->summary);
	strbuf_addc(&text, '\t');
	for (size_t i = 0; i < a->blocks_count; i++) {
		if (a->blocks[i].kind == BLOCK_CREDIT)
			continue;
		for (size_t k = 0; k < a->blocks[i].text.len; k++)
			strbuf_addc(&text, a->blocks[i].text.ptr[k] < ' ' &&
				a->blocks[i].text.ptr[k] >= 0 ? ' ' :
				a->blocks[i].text.ptr[k]);
		strbuf_addc(&text, ' ');
	}
	print_item(s.value, s.measures, SURENESS_MEASURES_COUNT,
		strbuf_str(&text));
	strbuf_release(&text);
}

static void
print_what(const char *what, struct article *a, const struct reading *r)
{
	if (strcmp(what, "authors") == 0)
		print_authors(r);
	else if (strcmp(what, "titles") == 0)
		print_titles(r);
	else
		print_sureness(a, r);
}

static void
print_head(const char *what)
{
	if (strcmp(what, "authors") == 0)
		print_names(authorlists_measure_names,
			AUTHORLISTS_MEASURES_COUNT);
	else if (strcmp(what, "titles") == 0)
		print_names(titles_measure_names, TITLES_MEASURES_COUNT);
	else
		print_names(sureness_measure_names, SURENESS_MEASURES_COUNT);
}

int
main(int argc, char **argv)
{
	const char *what = argc > 1 ? argv[1] : "titles";

	static struct reading r;
	struct extract x;
	struct strbuf page;
	char line[8192];

	extract_init(&x);
	strbuf_init(&page, PAGE_BYTES);
	print_head(what);
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
		if (extract_read(&r, &x, &article, &event, NULL, &err) < 0)
			continue;
		print_what(what, &article, &r);
	}
	strbuf_release(&page);
	extract_release(&x);
	return 0;
}
