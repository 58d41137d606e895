#include "common/site/numberspage.h"

#include "common/page/facts.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/phrase.h"
#include "common/site/numbers.h"

enum { BAR = 20, GAP = 6, HEIGHT = 120, BARS_MAX = 120 };

/* A drawing in the making: the bars go with the rows of the table. */
struct chart {
	const char *measure;
	struct strbuf rows;
	int64_t counts[BARS_MAX]; /* of the last so many */
	size_t count;
	int64_t most;
};

static struct str
label(const char *measure, struct str key)
{
	return str_eq(str_from(measure), STR("class")) ? facts_class(key) :
		key;
}

static void
add_count(void *context, const char *measure, struct str key, int64_t count)
{
	struct chart *c = context;

	if (!str_eq(str_from(measure), str_from(c->measure)))
		return;
	markup_add(&c->rows, "<tr><th scope=\"row\">");
	markup_text(&c->rows, label(measure, key));
	markup_add(&c->rows, "</th><td class=\"n\">");
	phrase_number(&c->rows, count);
	markup_add(&c->rows, "</td></tr>\n");
	if (c->count == BARS_MAX) {
		for (size_t i = 1; i < BARS_MAX; i++)
			c->counts[i - 1] = c->counts[i];
		c->count--;
	}
	c->counts[c->count++] = count;
	if (count > c->most)
		c->most = count;
}

static void
bars(struct strbuf *out, const struct chart *c, const char *title)
{
	strbuf_addf(out, "<svg class=\"bars\" role=\"img\" "
		"viewBox=\"0 0 %zu %d\" aria-label=\"%s; the table has the "
		"numbers\">", c->count * (BAR + GAP), HEIGHT, title);
	for (size_t i = 0; i < c->count; i++) {
		int high = c->most ? (int)(c->counts[i] * (HEIGHT - 2) /
			c->most) : 0;

		if (c->counts[i] > 0 && high < 2)
			high = 2;
		strbuf_addf(out, "<rect x=\"%zu\" y=\"%d\" width=\"%d\" "
			"height=\"%d\"/>", i * (BAR + GAP), HEIGHT - high, BAR,
			high);
	}
	markup_add(out, "</svg>\n");
}

static void
chart(struct strbuf *out, const struct numbers_of *n, const char *measure,
	const char *title, const char *column)
{
	struct chart c = { .measure = measure };

	strbuf_init(&c.rows, WORK_PAGE_BYTES);
	numbers_each(n, add_count, &c);
	strbuf_addf(out, "<h2>%s</h2>\n", title);
	if (c.count > 0) {
		bars(out, &c, title);
		strbuf_addf(out, "<details><summary>Table: %s</summary>\n"
			"<table class=\"list\"><thead><tr><th scope=\"col\">%s"
			"</th><th scope=\"col\">Number</th></tr></thead>"
			"<tbody>\n", title, column);
		strbuf_adds(out, strbuf_str(&c.rows));
		markup_add(out, "</tbody></table></details>\n");
	}
	strbuf_release(&c.rows);
}

static void
sums(struct strbuf *out, const struct numbers_of *n)
{
	markup_add(out, "<p class=\"lead\">");
	phrase_count(out, n->articles, "article", "articles");
	markup_add(out, " in ");
	phrase_count(out, n->versions, "version", "versions");
	markup_add(out, ". ");
	phrase_number(out, n->changed);
	if (n->articles > 0)
		strbuf_addf(out, " of them (%.1f %%)",
			100.0 * (double)n->changed / (double)n->articles);
	markup_add(out, " were changed after they were first seen, by ");
	phrase_count(out, n->edits, "edit", "edits");
	markup_add(out, "; ");
	phrase_number(out, n->minor);
	markup_add(out, " small changes are not counted as such. ");
	phrase_count(out, n->withdrawals, "withdrawal", "withdrawals");
	markup_add(out, " and ");
	phrase_count(out, n->returns, "return", "returns");
	markup_add(out, " were seen.</p>\n");
}

static void
charts(struct strbuf *out, const struct numbers_of *n)
{
	chart(out, n, "seen", "New articles by month", "Month");
	chart(out, n, "edits", "Edits by month", "Month");
	chart(out, n, "first edit", "How soon the first edit came", "After");
	chart(out, n, "hour", "Edits by hour of day (UTC)", "Hour");
	chart(out, n, "class", "Kinds of change", "Kind");
	chart(out, n, "size", "Size of edits", "Words added and removed");
}

/* Where the numbers of a source are; those of all without. */
static void
name_page(struct strbuf *out, const struct numbers *n,
	const struct numbers_of *of)
{
	if (of != &n->total)
		names_source(out, of->source);
	markup_add(out, "numbers.html");
}

static int
write_page(struct work *w, const struct numbers *n,
	const struct numbers_of *of, struct err *err)
{
	struct frame f = { .site = &w->options, .title = STR("Numbers"),
		.section = "sources.html" };
	struct strbuf path, title;
	int failed;

	strbuf_init(&path, WORK_PATH_BYTES);
	strbuf_init(&title, WORK_PATH_BYTES);
	name_page(&path, n, of);
	f.path = path.ptr;
	strbuf_adds(&title, STR("Numbers"));
	if (of != &n->total) {
		strbuf_adds(&title, STR(": "));
		strbuf_adds(&title, names_source_title(of->source));
	}
	f.title = strbuf_str(&title);
	frame_begin(&w->page, &f);
	markup_add(&w->page, "<h1><bdi>");
	markup_text(&w->page, f.title);
	markup_add(&w->page, "</bdi></h1>\n");
	sums(&w->page, of);
	charts(&w->page, of);
	frame_end(&w->page, &f);
	failed = work_write(w, path.ptr, err);
	strbuf_release(&path);
	strbuf_release(&title);
	return failed;
}

int
numberspage_write(struct work *w, struct err *err)
{
	struct numbers *n;
	int failed;

	if (numbers_load(&n, w->index, &w->hidden, err) < 0)
		return -1;
	failed = write_page(w, n, &n->total, err);
	for (size_t i = 0; !failed && i < n->sources_count; i++)
		failed = write_page(w, n, &n->sources[i], err);
	numbers_free(n);
	return failed;
}

int
numberspage_one(struct work *w, struct str path, struct err *err)
{
	struct numbers *n;
	struct strbuf name;
	int got = 0;

	if (!str_eq(path, STR("numbers.html")) &&
		!(str_starts(path, STR("source/")) &&
			str_ends(path, STR("/numbers.html"))))
		return 0;
	if (numbers_load(&n, w->index, &w->hidden, err) < 0)
		return -1;
	strbuf_init(&name, WORK_PATH_BYTES);
	for (size_t i = 0; i <= n->sources_count && got == 0; i++) {
		const struct numbers_of *of = i == n->sources_count ?
			&n->total : &n->sources[i];

		strbuf_reset(&name);
		name_page(&name, n, of);
		if (str_eq(strbuf_str(&name), path))
			got = write_page(w, n, of, err) < 0 ? -1 : 1;
	}
	strbuf_release(&name);
	numbers_free(n);
	return got;
}
