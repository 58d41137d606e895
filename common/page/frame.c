#include "common/page/frame.h"

#include <string.h>

#include "common/base/ascii.h"
#include "common/base/isotime.h"
#include "common/page/markup.h"
#include "common/web/json.h"

static const struct {
	const char *path, *words;
} bar[] = {
	{ "index.html", "Latest changes" },
	{ "sources.html", "Sources" },
	{ "most/index.html", "Most versions" },
	{ "biggest/index.html", "Biggest" },
	{ "quickest/index.html", "Quickest" },
	{ "removed/index.html", "Removed" },
	{ "search.html", "Search" },
};

/* Scheme and host of an absolute address. */
static struct str
origin(struct str url)
{
	size_t host = (size_t)str_find(url, STR("://")) + 3;
	ptrdiff_t end = str_find_byte(str_sub(url, host, url.len), '/');

	return end < 0 ? url : str_sub(url, 0, host + (size_t)end);
}

void
frame_policy(struct strbuf *out, const struct site_options *site, bool scripts)
{
	markup_add(out, "default-src 'none'; style-src 'self'; "
		"img-src 'self'");
	/* Pagefind compiles WebAssembly and has a picture in its style
	 * sheet. */
	if (scripts)
		markup_add(out, " data:; script-src 'self' "
			"'wasm-unsafe-eval'; connect-src 'self'");
	markup_add(out, "; base-uri 'none'; form-action ");
	if (str_find(site->web, STR("://")) >= 0)
		markup_url(out, origin(site->web));
	else
		markup_add(out, site->web.len > 0 ? "'self'" : "'none'");
}

void
frame_web(struct strbuf *out, const struct frame *f, const char *name,
	struct str path)
{
	strbuf_addf(out, " %s=\"", name);
	markup_url(out, f->site->web);
	markup_url(out, path);
	strbuf_addc(out, '"');
}

/* Appends the address of `path` (in the site) as seen from the page. */
static void
frame_address(struct strbuf *out, const struct frame *f, struct str path)
{
	struct str here = str_from(f->path);
	ptrdiff_t slash = str_find_last(here, '/');

	/* Pages of one folder name each other without it: short, and most
	 * links are of this kind. */
	if (slash >= 0 && path.len > (size_t)slash &&
		str_starts(path, str_sub(here, 0, (size_t)slash + 1)) &&
		str_find_last(path, '/') == slash) {
		markup_url(out, str_sub(path, (size_t)slash + 1, path.len));
		return;
	}
	for (const char *c = f->path; *c; c++)
		if (*c == '/')
			strbuf_adds(out, STR("../"));
	markup_url(out, path);
}

void
frame_plain_address(struct strbuf *out, const struct frame *f, struct str path)
{
	if (f->site->base_url.len > 0)
		markup_uri(out, f->site->base_url);
	for (const char *c = f->path; f->site->base_url.len == 0 && *c; c++)
		if (*c == '/')
			strbuf_adds(out, STR("../"));
	markup_uri(out, path);
}

void
frame_href(struct strbuf *out, const struct frame *f, struct str path)
{
	strbuf_adds(out, STR(" href=\""));
	frame_address(out, f, path);
	strbuf_addc(out, '"');
}

void
frame_absolute(struct strbuf *out, const struct frame *f, struct str path)
{
	if (f->site->base_url.len == 0) {
		frame_address(out, f, path);
		return;
	}
	markup_url(out, f->site->base_url);
	markup_url(out, path);
}

void
frame_lang(struct strbuf *out, struct str lang, bool dir)
{
	bool good = lang.len > 1 && lang.len <= 35;

	for (size_t i = 0; i < lang.len; i++)
		good = good && (ascii_alnum(lang.ptr[i]) || lang.ptr[i] == '-');
	if (good)
		markup_attr(out, "lang", lang);
	if (dir)
		strbuf_adds(out, STR(" dir=\"auto\""));
}

static void
head_link(struct strbuf *out, const struct frame *f, const char *attributes,
	struct str path)
{
	if (path.len == 0)
		return;
	markup_add(out, "<link ");
	markup_add(out, attributes);
	frame_href(out, f, path);
	markup_add(out, ">\n");
}

static void
feed_link(struct strbuf *out, const struct frame *f, const char *type,
	struct str path)
{
	if (path.len == 0)
		return;
	markup_add(out, "<link rel=\"alternate\" type=\"");
	markup_add(out, type);
	strbuf_addc(out, '"');
	markup_attr(out, "title", f->feed_title);
	frame_href(out, f, path);
	markup_add(out, ">\n");
}

static void
head_links(struct strbuf *out, const struct frame *f)
{
	head_link(out, f, "rel=\"icon\" type=\"image/svg+xml\"",
		STR("favicon.svg"));
	head_link(out, f, "rel=\"stylesheet\"", STR("stet.css"));
	if (f->site->own_css)
		head_link(out, f, "rel=\"stylesheet\"", STR("user.css"));
	feed_link(out, f, "application/rss+xml", f->rss);
	feed_link(out, f, "application/atom+xml", f->atom);
	head_link(out, f, "rel=\"prev\"", f->previous);
	head_link(out, f, "rel=\"next\"", f->next);
	if (markup_linkable(f->original)) {
		markup_add(out, "<link rel=\"original\" href=\"");
		markup_url(out, f->original);
		markup_add(out, "\">\n");
	}
	head_link(out, f, "rel=\"timemap\" type=\"application/link-format\"",
		f->timemap);
}

/* --- what a shared link shows --- */

static void
property(struct strbuf *out, const char *kind, const char *name,
	struct str value)
{
	if (value.len == 0)
		return;
	strbuf_addf(out, "<meta %s=\"%s\"", kind, name);
	markup_attr(out, "content", value);
	markup_add(out, ">\n");
}

/* The page's title with the site's, as the window has it. */
static void
full_title(struct strbuf *out, const struct frame *f)
{
	strbuf_adds(out, f->title);
	if (f->title.len > 0)
		strbuf_adds(out, STR(" – "));
	strbuf_adds(out, f->site->title);
}

/* A picture needs an absolute address: of the site, or of stet-web. */
static void
picture(struct strbuf *out, const struct frame *f)
{
	const struct site_options *s = f->site;
	bool away = str_find(s->web, STR("://")) >= 0;
	struct str base = s->cards || !away ? s->base_url : s->web;
	struct strbuf url;

	if (f->image.len == 0 || base.len == 0 ||
		(!s->cards && s->web.len == 0)) {
		property(out, "name", "twitter:card", STR("summary"));
		return;
	}
	strbuf_init(&url, 64 << 10);
	markup_uri(&url, base);
	markup_uri(&url, f->image);
	property(out, "property", "og:image", strbuf_str(&url));
	property(out, "property", "og:image:width", STR("1200"));
	property(out, "property", "og:image:height", STR("630"));
	property(out, "property", "og:image:alt", f->image_text);
	property(out, "name", "twitter:card", STR("summary_large_image"));
	property(out, "name", "twitter:image:alt", f->image_text);
	strbuf_release(&url);
}

static void
ld_text(struct strbuf *out, const char *key, struct str value)
{
	if (value.len == 0)
		return;
	json_key(out, key);
	json_add_str(out, value);
}

/* JSON-LD (schema.org): data in an element that runs nothing. No text can end
 * it, as no '<' stays one. */
static void
linked_data(struct strbuf *out, const struct frame *f, struct str url)
{
	struct strbuf json;
	char iso[ISOTIME_BYTES];

	strbuf_init(&json, 256 << 10);
	json_open(&json, '{');
	ld_text(&json, "@context", STR("https://schema.org"));
	ld_text(&json, "@type", STR("WebPage"));
	ld_text(&json, "name", f->title);
	ld_text(&json, "description", f->description);
	ld_text(&json, "url", url);
	if (markup_linkable(f->original))
		ld_text(&json, "isBasedOn", f->original);
	if (f->memento_s)
		ld_text(&json, "dateCreated",
			str_from(isotime_format(iso, f->memento_s)));
	json_key(&json, "isPartOf");
	json_open(&json, '{');
	ld_text(&json, "@type", STR("WebSite"));
	ld_text(&json, "name", f->site->title);
	ld_text(&json, "url", f->site->base_url);
	json_close(&json, '}');
	json_close(&json, '}');
	markup_add(out, "<script type=\"application/ld+json\">");
	for (size_t i = 0; i < json.len; i++) {
		char c = json.ptr[i];

		if (c == '<' || c == '>' || c == '&')
			strbuf_addf(out, "\\u%04x", (unsigned)c);
		else
			strbuf_addc(out, c);
	}
	markup_add(out, "</script>\n");
	strbuf_release(&json);
}

static void
sharing(struct strbuf *out, const struct frame *f)
{
	struct str description = f->description.len > 0 ? f->description :
		STR("What changed in news articles after they were published, "
			"version by version.");
	struct strbuf url;

	strbuf_init(&url, 64 << 10);
	if (f->site->base_url.len > 0) {
		markup_uri(&url, f->site->base_url);
		markup_uri(&url, str_from(f->path));
		markup_add(out, "<link rel=\"canonical\" href=\"");
		markup_text(out, strbuf_str(&url));
		markup_add(out, "\">\n");
	}
	property(out, "name", "description", description);
	property(out, "property", "og:type", f->original.len > 0 ?
		STR("article") : STR("website"));
	property(out, "property", "og:site_name", f->site->title);
	property(out, "property", "og:title", f->title.len > 0 ? f->title :
		f->site->title);
	property(out, "property", "og:description", description);
	property(out, "property", "og:url", strbuf_str(&url));
	picture(out, f);
	linked_data(out, f, strbuf_str(&url));
	strbuf_release(&url);
}

static void
head(struct strbuf *out, const struct frame *f)
{
	char date[ISOTIME_RFC822_BYTES];
	struct strbuf title;

	markup_add(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
		"<meta charset=\"utf-8\">\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"");
	frame_policy(out, f->site, f->scripts);
	markup_add(out, "\">\n<meta name=\"viewport\" "
		"content=\"width=device-width, initial-scale=1\">\n"
		"<meta name=\"robots\" content=\"noindex, noarchive\">\n"
		"<meta name=\"generator\" content=\"stet\">\n");
	if (f->moved_to.len > 0) {
		markup_add(out, "<meta http-equiv=\"refresh\" "
			"content=\"0; url=");
		frame_address(out, f, f->moved_to);
		markup_add(out, "\">\n");
	}
	if (f->memento_s)
		strbuf_addf(out, "<meta http-equiv=\"Memento-Datetime\" "
			"content=\"%s\">\n",
			isotime_rfc822(date, f->memento_s));
	strbuf_init(&title, 64 << 10);
	full_title(&title, f);
	markup_add(out, "<title>");
	markup_text(out, strbuf_str(&title));
	markup_add(out, "</title>\n");
	strbuf_release(&title);
	head_links(out, f);
	if (f->moved_to.len == 0)
		sharing(out, f);
	markup_add(out, "</head>\n");
}

void
frame_begin(struct strbuf *out, const struct frame *f)
{
	head(out, f);
	markup_add(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
		"content</a>\n<header class=\"top\">\n<a class=\"name\"");
	frame_href(out, f, STR("index.html"));
	strbuf_addc(out, '>');
	markup_text(out, f->site->title);
	markup_add(out, "</a>\n<nav aria-label=\"Site\">\n");
	for (size_t i = 0; i < sizeof(bar) / sizeof(bar[0]); i++) {
		markup_add(out, "<a");
		frame_href(out, f, str_from(bar[i].path));
		if (f->section && strcmp(f->section, bar[i].path) == 0)
			markup_add(out, " aria-current=\"page\"");
		strbuf_addf(out, ">%s</a>\n", bar[i].words);
	}
	markup_add(out, "</nav>\n</header>\n<main id=\"main\">\n");
}

void
frame_end(struct strbuf *out, const struct frame *f)
{
	(void)f;
	markup_add(out, "</main>\n<footer class=\"foot\">\n<p>An archive of "
		"changing news articles, kept with stet. Texts belong to their "
		"publishers and are shown to document their changes.</p>\n"
		"</footer>\n</body>\n</html>\n");
}
