#include "common/site/statics.h"

#include "common/base/isotime.h"
#include "common/page/markup.h"
#include "common/page/names.h"
#include "common/page/style.h"

/* A line struck through above one that is underlined. */
static const char favicon[] =
	"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\">"
	"<rect width=\"32\" height=\"32\" rx=\"6\" fill=\"#fff\"/>"
	"<path d=\"M6 11h20\" stroke=\"#b71c1c\" stroke-width=\"5\"/>"
	"<path d=\"M4 11h24\" stroke=\"#1a1a1e\" stroke-width=\"1.5\"/>"
	"<path d=\"M6 21h14\" stroke=\"#0d6b33\" stroke-width=\"5\"/>"
	"<path d=\"M6 26h14\" stroke=\"#1a1a1e\" stroke-width=\"1.5\"/>"
	"</svg>\n";

enum { SITEMAP_URLS = 50000 };

static int
write_headers(struct work *w, struct err *err)
{
	struct strbuf *out = &w->page;

	/* Hosts that read this file join it with the policy in the page, so
	 * it must allow what the search page needs. */
	markup_add(out, "/*\n  Content-Security-Policy: ");
	frame_policy(out, &w->options, w->options.pagefind);
	markup_add(out, "; frame-ancestors 'none'\n"
		"  X-Content-Type-Options: nosniff\n"
		"  X-Robots-Tag: noindex, noarchive\n"
		"  Referrer-Policy: no-referrer\n");
	return work_write(w, "_headers", err);
}

/* How a reader finds something without a search box. */
static void
search_note(struct work *w, const struct frame *f)
{
	struct strbuf *out = &w->page;

	markup_add(out, "<!-- For a search box here: stet-render(1), "
		"--pagefind. -->\n<p>There is no search box on this site. "
		"What you are looking for can be found all the same:</p>\n"
		"<ul class=\"plain\">\n<li>An article that you know the "
		"address of has the same address here, behind "
		"<code>/a/</code>: what stood at "
		"<code>https://news.example/2026/03/02/bridge</code> has the "
		"page <code>a/news.example/2026/03/02/bridge.html</code>. "
		"</li>\n<li>Each of the <a");
	frame_href(out, f, STR("sources.html"));
	markup_add(out, ">sources</a> has a list of all its articles by "
		"headline, the newest first; your browser’s own search looks "
		"through a page of it at once.</li>\n<li>Withdrawn articles "
		"are in the <a");
	frame_href(out, f, STR("removed/index.html"));
	markup_add(out, ">list of removed ones</a>.</li>\n<li>The archive "
		"behind these pages can be searched for every word that ever "
		"stood in an article, also one that was taken out since: ask "
		"whoever keeps it, or for a copy of it.</li>\n</ul>\n");
}

static void
search_box(struct strbuf *out)
{
	markup_add(out, "<link rel=\"stylesheet\" "
		"href=\"pagefind/pagefind-ui.css\">\n"
		"<div id=\"search\"></div>\n"
		"<script src=\"pagefind/pagefind-ui.js\"></script>\n"
		"<script src=\"search.js\"></script>\n"
		"<noscript><p>The search box needs scripts; all other pages "
		"do not.</p></noscript>\n");
}

/* stet-web has the whole form, with what was found. */
static void
search_form(struct work *w, const struct frame *f)
{
	markup_add(&w->page, "<form class=\"search\" method=\"get\" "
		"role=\"search\"");
	frame_web(&w->page, f, "action", STR("search"));
	markup_add(&w->page, ">\n<p><label for=\"q\">Words</label> <input "
		"id=\"q\" name=\"q\" type=\"search\"></p>\n<p><button>Search"
		"</button></p>\n</form>\n<p>Every version of every article is "
		"looked through, also what was taken out since.</p>\n");
}

static int
write_search(struct work *w, struct err *err)
{
	struct frame f = { .site = &w->options, .path = "search.html",
		.title = STR("Search"), .section = "search.html",
		.scripts = w->options.pagefind && w->options.web.len == 0 };

	frame_begin(&w->page, &f);
	markup_add(&w->page, "<h1>Search</h1>\n");
	if (w->options.web.len > 0)
		search_form(w, &f);
	else if (w->options.pagefind)
		search_box(&w->page);
	else
		search_note(w, &f);
	frame_end(&w->page, &f);
	if (work_write(w, f.path, err) < 0 || !f.scripts)
		return w->unwritable ? -1 : 0;
	markup_add(&w->page, "new PagefindUI({ element: \"#search\", "
		"showSubResults: false });\n");
	return work_write(w, "search.js", err);
}

/* --- sitemap --- */

static void
sitemap_url(struct work *w, int64_t id)
{
	struct index_article a;
	struct strbuf stem, path;
	char iso[ISOTIME_BYTES];

	arena_reset(&w->article);
	if (hidden_has(&w->hidden, id) ||
		index_get(&a, w->index, id, &w->article, NULL) <= 0)
		return;
	strbuf_init(&stem, WORK_PATH_BYTES);
	strbuf_init(&path, WORK_PATH_BYTES);
	names_stem(&stem, a.path);
	names_article(&path, strbuf_str(&stem));
	markup_add(&w->page, "<url><loc>");
	markup_url(&w->page, w->options.base_url);
	markup_url(&w->page, strbuf_str(&path));
	strbuf_addf(&w->page, "</loc><lastmod>%s</lastmod></url>\n",
		isotime_format(iso, a.last_s));
	strbuf_release(&stem);
	strbuf_release(&path);
}

static int
sitemap_part(struct work *w, size_t number, struct err *err)
{
	struct strbuf path;
	int failed;

	markup_add(&w->page, "</urlset>\n");
	strbuf_init(&path, WORK_PATH_BYTES);
	strbuf_addf(&path, "sitemap-%zu.xml", number);
	failed = work_write(w, path.ptr, err);
	strbuf_release(&path);
	return failed;
}

static int
sitemap_index(struct work *w, size_t parts, struct err *err)
{
	markup_add(&w->page, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<sitemapindex xmlns="
		"\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
	for (size_t i = 1; i <= parts; i++) {
		markup_add(&w->page, "<sitemap><loc>");
		markup_url(&w->page, w->options.base_url);
		strbuf_addf(&w->page, "sitemap-%zu.xml</loc></sitemap>\n", i);
	}
	markup_add(&w->page, "</sitemapindex>\n");
	return work_write(w, "sitemap.xml", err);
}

static int
write_sitemap(struct work *w, struct err *err)
{
	size_t urls = 0, parts = 0;

	for (size_t i = 0; i < w->catalog->sources_count; i++) {
		const struct catalog_source *s = &w->catalog->sources[i];

		for (size_t n = 0; n < s->articles_count; n++) {
			if (urls % SITEMAP_URLS == 0) {
				if (parts && sitemap_part(w, parts, err) < 0)
					return -1;
				parts++;
				markup_add(&w->page, "<?xml version=\"1.0\" "
					"encoding=\"UTF-8\"?>\n<urlset xmlns="
					"\"http://www.sitemaps.org/schemas/"
					"sitemap/0.9\">\n");
			}
			sitemap_url(w, s->articles[n]);
			urls++;
		}
	}
	if (parts && sitemap_part(w, parts, err) < 0)
		return -1;
	return sitemap_index(w, parts, err);
}

int
statics_write(struct work *w, struct str css, bool sitemap, struct err *err)
{
	strbuf_adds(&w->page, style_sheet());
	if (work_write(w, "stet.css", err) < 0)
		return -1;
	strbuf_adds(&w->page, css);
	if (css.len > 0 && work_write(w, "user.css", err) < 0)
		return -1;
	markup_add(&w->page, favicon);
	if (work_write(w, "favicon.svg", err) < 0)
		return -1;
	if (write_headers(w, err) < 0 || write_search(w, err) < 0)
		return -1;
	return sitemap ? write_sitemap(w, err) : 0;
}

int
statics_one(struct work *w, struct str path, struct err *err)
{
	if (str_eq(path, STR("stet.css"))) {
		strbuf_adds(&w->page, style_sheet());
		return work_write(w, "stet.css", err) < 0 ? -1 : 1;
	}
	if (str_eq(path, STR("favicon.svg"))) {
		markup_add(&w->page, favicon);
		return work_write(w, "favicon.svg", err) < 0 ? -1 : 1;
	}
	if (str_eq(path, STR("search.html")))
		return write_search(w, err) < 0 ? -1 : 1;
	return 0;
}
